"""The commands of the auditor and of the archive, on a real store and a real bucket."""

import json
from typing import Any

import pytest

import app as application
from chalicelib import wiring
from chalicelib.services import retention
from scripts import archive, audit
from tests import applications
from tests.api import conftest as api_fixtures
from tests.api.gateway import Api
from tests.api.test_environments import later
from tests.api.test_functions import CONTEXT, tick
from tests.catalogues import compiled
from tests.emulator import Aws
from tests.issuer import token

api, key_set_address, places = api_fixtures.api, api_fixtures.key_set_address, api_fixtures.places


@pytest.fixture
def number(api: Api, monkeypatch: pytest.MonkeyPatch) -> str:
    for module in (audit, archive):
        monkeypatch.setattr(module, "localities", lambda: tuple(compiled()))
    receipt = api.post("jining/applications", applications.jining(matters=["death-certificate"], payee=None)).json
    return str(receipt["tasks"][0]["task_id"][:12])


def record(aws: Aws, number: str, sk: str) -> dict[str, Any]:
    return {"TableName": aws.resources.names["CasesTable"], "Key": _key(f"case#jining#{number}", sk)}


def _key(pk: str, sk: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def test_what_nobody_touched_is_sound(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main(["verify"]) == 0
    assert audit.main(["verify", "--locality", "jining", "--case", f"{number[:4]} {number[4:]}"]) == 0
    assert "没有发现问题" in capsys.readouterr().out


def test_a_hand_in_the_database_is_found_with_its_place(
    aws: Aws,
    number: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    at = record(aws, number, "audit#000001")
    change = {"UpdateExpression": "SET actor = :who", "ExpressionAttributeValues": {":who": {"S": "nobody"}}}
    aws.client("dynamodb").update_item(**at, **change)
    for arguments in ([], ["--case", number], ["--locality", "jining"]):
        assert audit.main(["verify", *arguments]) == 1
        said = capsys.readouterr().out
        assert f"jining: 受理编号 {number[:4]} {number[4:8]} {number[8:]} 第 1 条被改过" in said
    assert audit.main(["verify", "--locality", "guyang"]) == 0


def test_a_case_that_was_taken_away_whole_is_missed(
    aws: Aws,
    number: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for sk in ("audit#000001", "file#case"):
        aws.client("dynamodb").delete_item(**record(aws, number, sk))
    assert audit.main(["verify", "--locality", "jining", "--case", number]) == 1
    assert "不见了" in capsys.readouterr().out


def test_a_number_that_is_no_cases_is_said_to_be_none(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main(["verify", "--case", "1234 5678 9018"]) == 2
    assert "没有这个受理编号" in capsys.readouterr().err


@pytest.mark.parametrize("typed", ["", "1", "x" * 200, "123456789012"])
def test_what_is_no_number_is_refused(number: str, typed: str) -> None:
    with pytest.raises(SystemExit) as ended:
        audit.main(["verify", "--case", typed])
    assert ended.value.code == 2


def test_the_help_tells_how_to_run_it_beside_the_local_stack(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        audit.main(["--help"])
    assert ". .state/environment" in capsys.readouterr().out


@pytest.mark.slow
def test_the_nightly_functions_anchor_and_shred_and_the_archive_opens(
    api: Api,
    aws: Aws,
    number: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    health = token(agency="health")
    path = f"jining/tasks/{number}-01/report"
    assert api.post(path, {"report_id": "1", "action": "decline", "reason": "王秀英不在"}, health).status == 200
    monkeypatch.setattr(wiring, "datetime", later(days=400))
    assert application.shred(tick(), CONTEXT)["jining"] == {"shredded": 1, "left": 0}
    assert application.shred(tick(), CONTEXT)["jining"] == {"shredded": 0, "left": 0}
    assert application.anchor(tick(), CONTEXT)["jining"]
    assert archive.main(["--locality", "jining", "--case", number]) == 0
    file = json.loads(capsys.readouterr().out)
    assert file["sealed"]["whole"]["deceased.name"] == applications.deceased()["name"]
    assert file["tasks"][0]["reason"] == "王秀英不在"
    assert archive.main(["--locality", "jining", "--case", "123456789018"]) == 1
    assert audit.main(["verify"]) == 0
    assert "存证到" in capsys.readouterr().out
    bucket = aws.resources.names["Archive"]
    assert aws.client("s3").list_objects_v2(Bucket=bucket)["KeyCount"] >= 2


def test_what_the_tables_can_bring_back_is_what_the_proof_says(aws: Aws) -> None:
    """The proof counts the days that resources.yaml allows; 35 is what a table has where nothing is said."""
    from scripts.local.template import load
    from tests.emulator import RESOURCES

    tables = load(RESOURCES)["Resources"]
    recovery = {
        name: tables[name]["Properties"]["PointInTimeRecoverySpecification"].get("RecoveryPeriodInDays", 35)
        for name in ("EnvelopesTable", "CasesTable")
    }
    assert recovery == {
        "EnvelopesTable": retention.SEALED_RECOVERY.days,
        "CasesTable": retention.TEXTS_RECOVERY.days,
    }
