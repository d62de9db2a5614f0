"""What `chalice package` and resources.yaml make together, up to the zip: that is packed and looked at elsewhere."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chalice import package
from chalice.awsclient import TypedAWSClient
from chalice.cli.factory import CLIFactory
from chalice.deploy import models
from chalice.deploy.validate import validate_configuration
from chalice.package import PackageOptions

from scripts.local.template import load
from tests.architecture.imports import ROOT

BACKEND = ROOT / "backend"
ROLES = {
    "APIHandler": "ApiHandlerRole",
    "OpenEnvelope": "OpenEnvelopeRole",
    "Sweep": "SweepRole",
    "Nightly": "NightlyRole",
    "Anchor": "AnchorRole",
    "Shred": "ShredRole",
    "Digest": "DigestRole",
    "Deliver": "DeliverRole",
    "Tell": "TellRole",
}
ENVELOPES, CASES = "-envelopes", "-cases"


class NoZip:
    """In the place of the step that fetches wheels and packs."""

    def __init__(self, folder: Path) -> None:
        self._zip = folder / "nothing.zip"
        self._zip.touch()

    def handle(self, _: Any, resource: Any) -> None:
        if isinstance(resource, models.DeploymentPackage):
            resource.filename = str(self._zip)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Any:
    out, here = tmp_path_factory.mktemp("package"), Path.cwd()
    os.chdir(BACKEND)  # where Chalice expects to be
    try:
        factory = CLIFactory(".")
        config = factory.create_config_obj("dev")
        validate_configuration(config)
        options = PackageOptions(TypedAWSClient(factory.create_botocore_session()))
        packager = package.create_app_packager(config, options, merge_template="resources.yaml")
        stage = packager._resource_builder._build_stage
        stage._steps = [NoZip(out) if "Packager" in type(step).__name__ else step for step in stage._steps]
        packager.package_app(config, str(out), "dev")
    finally:
        os.chdir(here)
    return load(out / "sam.yaml")["Resources"]


def statements(template: Any, function: str) -> list[dict[str, Any]]:
    (policy,) = template[ROLES[function]]["Properties"]["Policies"]
    found: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
    return found


def granted(template: Any, function: str, part: str) -> set[str]:
    """The actions on resources whose ARN has this part."""
    return {
        action
        for statement in statements(template, function)
        if part in json.dumps(statement["Resource"])
        for action in statement["Action"]
    }


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(one)


def test_there_are_these_functions_and_each_has_its_own_role(template: Any) -> None:
    functions = {name for name, one in template.items() if one["Type"] == "AWS::Serverless::Function"}
    assert functions == set(ROLES)
    for function, role in ROLES.items():
        assert template[function]["Properties"]["Role"] == {"Fn::GetAtt": [role, "Arn"]} or template[function][
            "Properties"
        ]["Role"] == {"Fn::GetAtt": f"{role}.Arn"}
        assert statements(template, function)


def test_no_value_is_computed_in_two_ways_at_once(template: Any) -> None:
    doubled = [node for node in nodes(template) if len(node) > 1 and any(str(key).startswith("Fn::") for key in node)]
    assert not doubled


def test_nothing_is_granted_on_everything(template: Any) -> None:
    for function in ROLES:
        for statement in statements(template, function):
            assert statement["Resource"] != "*"
            assert not any("*" in action for action in statement["Action"])


def test_what_seals_cannot_open(template: Any) -> None:
    assert granted(template, "APIHandler", ENVELOPES) == {"dynamodb:PutItem"}
    assert not granted(template, "APIHandler", ":kms:")


def test_only_two_functions_unwrap_keys_and_neither_the_others(template: Any) -> None:
    unwraps = {function for function in ROLES if granted(template, function, ":kms:")}
    assert unwraps == {"OpenEnvelope", "Tell"}
    conditions = {
        function: next(one["Condition"] for one in statements(template, function) if ":kms:" in one["Resource"])
        for function in unwraps
    }
    recipient = {"kms:EncryptionContext:recipient": "messenger"}
    assert conditions["OpenEnvelope"]["StringNotEquals"] == recipient
    assert conditions["Tell"]["StringEquals"] == recipient


def test_the_clock_and_the_mailer_see_no_envelope(template: Any) -> None:
    for function in ("Sweep", "Deliver", "Nightly", "Digest", "Anchor"):
        assert not granted(template, function, ENVELOPES)
    assert granted(template, "Sweep", CASES) == {"dynamodb:Query", "dynamodb:UpdateItem"}


def test_what_shreds_cannot_open_and_touches_no_key(template: Any) -> None:
    assert granted(template, "Shred", ENVELOPES) == {"dynamodb:Query", "dynamodb:DeleteItem"}
    (condition,) = (one["Condition"] for one in statements(template, "Shred") if "Condition" in one)
    assert condition == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["case#*"]}}


def test_nothing_takes_anything_out_of_the_archive(template: Any) -> None:
    keeping = {function for function in ROLES if granted(template, function, "-archive")}
    assert keeping == {"Anchor", "Shred"}
    assert {action for function in keeping for action in granted(template, function, "-archive")} == {"s3:PutObject"}
    assert template["Archive"]["Properties"]["VersioningConfiguration"] == {"Status": "Enabled"}
    assert set(template["Archive"]["Properties"]["PublicAccessBlockConfiguration"].values()) == {True}


def test_secrets_are_told_to_the_endpoints_alone(template: Any) -> None:
    told = {name for name in ROLES if "SECRETS" in template[name]["Properties"]["Environment"]["Variables"]}
    assert told == {"APIHandler"}


@pytest.mark.parametrize("name", ["CHANNEL_SECRETS", "CHANNEL_NETWORKS", "AGENCY_MAIL"])
def test_how_agencies_are_reached_is_told_to_who_reaches_them_alone(template: Any, name: str) -> None:
    told = {one for one in ROLES if name in template[one]["Properties"]["Environment"]["Variables"]}
    assert told == {"Deliver"}


@pytest.mark.parametrize(("function", "queue"), [("Deliver", "Deliveries"), ("Tell", "Messages")])
def test_a_batch_may_fail_in_part_and_a_message_waits_long_enough(template: Any, function: str, queue: str) -> None:
    (event,) = template[function]["Properties"]["Events"].values()
    assert event["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert event["Properties"]["Queue"] in ({"Fn::GetAtt": f"{queue}.Arn"}, {"Fn::GetAtt": [queue, "Arn"]})
    waiting = template[queue]["Properties"]["VisibilityTimeout"]
    assert waiting >= 6 * template[function]["Properties"]["Timeout"]
    assert template[queue]["Properties"]["RedrivePolicy"]["maxReceiveCount"] >= 3


def test_envelopes_leave_no_trace_after_a_week(template: Any) -> None:
    table = template["EnvelopesTable"]["Properties"]
    assert "StreamSpecification" not in table
    recovery = {"PointInTimeRecoveryEnabled": True, "RecoveryPeriodInDays": 7}
    assert table["PointInTimeRecoverySpecification"] == recovery


@pytest.mark.parametrize("name", ["CasesTable", "EnvelopesTable", "SealingKey", "Archive"])
def test_what_cannot_be_made_again_outlives_the_stack(template: Any, name: str) -> None:
    assert template[name]["DeletionPolicy"] == template[name]["UpdateReplacePolicy"] == "Retain"


def test_the_api_stays_in_its_region(template: Any) -> None:
    assert template["RestAPI"]["Properties"]["EndpointConfiguration"] in ("REGIONAL", {"Type": "REGIONAL"})
