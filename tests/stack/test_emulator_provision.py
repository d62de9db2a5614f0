"""resources.yaml becomes tables, queues, buckets and keys on the emulator, once and for good."""

import copy
from pathlib import Path
from typing import Any

import pytest

from scripts.local.provision import ProvisionError, provision
from scripts.local.template import Evaluator, TemplateError, load
from tests.stack.processes import Emulator

TEMPLATE = load(Path(__file__).parent / "sample" / "resources.yaml")


def evaluated(node: Any, **template: Any) -> Any:
    return Evaluator(template, {"AWS::Region": "r"}, lambda name: f"<{name}>", lambda a, b: f"<{a}.{b}>").value(node)


@pytest.mark.parametrize(
    ("node", "value"),
    [
        ({"Ref": "Queue"}, "<Queue>"),
        ({"Ref": "AWS::Region"}, "r"),
        ({"Ref": "Given"}, "7"),
        ({"Ref": "Asked"}, ""),
        ({"Fn::GetAtt": "Queue.Arn"}, "<Queue.Arn>"),
        ({"Fn::GetAtt": ["Queue", "Arn"]}, "<Queue.Arn>"),
        ({"Fn::Sub": "${AWS::Region}-${Queue}-${Queue.Arn}"}, "r-<Queue>-<Queue.Arn>"),
        ({"Fn::Sub": ["${x}-${Queue}", {"x": {"Ref": "Given"}}]}, "7-<Queue>"),
        ({"Fn::Join": ["/", ["a", {"Ref": "Given"}]]}, "a/7"),
        ({"Fn::If": ["Yes", "then", "else"]}, "then"),
        ({"Fn::If": ["No", "then", "else"]}, "else"),
        ({"Fn::Or": [{"Condition": "No"}, {"Condition": "Yes"}]}, True),
        ({"Fn::And": [{"Condition": "No"}, {"Condition": "Yes"}]}, False),
        ({"a": [1, {"Ref": "Given"}], "b": "c"}, {"a": [1, "7"], "b": "c"}),
    ],
)
def test_the_template_language_is_understood(node: Any, value: Any) -> None:
    parameters = {"Given": {"Default": 7}, "Asked": {}}
    conditions = {"Yes": {"Fn::Equals": [1, 1]}, "No": {"Fn::Not": [{"Condition": "Yes"}]}}
    assert evaluated(node, Parameters=parameters, Conditions=conditions) == value


def test_an_unknown_function_is_an_error_and_not_a_value() -> None:
    with pytest.raises(TemplateError, match="Fn::Cidr"):
        evaluated({"Fn::Cidr": []})


@pytest.mark.stack
def test_provisioning_twice_and_across_a_kill_gives_the_same_names_and_keeps_the_content(emulator: Emulator) -> None:
    emulator.start()
    first = provision(TEMPLATE, emulator.client)
    table = first.environment["NOTES_TABLE"]
    emulator.client("dynamodb").put_item(TableName=table, Item={"pk": {"S": "kept"}})
    emulator.kill()
    emulator.start()
    second = provision(TEMPLATE, emulator.client)
    assert (second.arns, second.names["SealingKey"]) == (first.arns, first.names["SealingKey"])
    assert emulator.client("dynamodb").get_item(TableName=table, Key={"pk": {"S": "kept"}})["Item"]
    queues = emulator.client("sqs")
    attributes = queues.get_queue_attributes(QueueUrl=second.names["Notes"], AttributeNames=["All"])["Attributes"]
    assert attributes["VisibilityTimeout"] == "1"
    assert second.arns["NotesDead"] in attributes["RedrivePolicy"]
    ttl = emulator.client("dynamodb").describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    assert ttl == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}


@pytest.mark.stack
def test_the_functions_environments_become_one(emulator: Emulator) -> None:
    made = provision(TEMPLATE, emulator.start().client)
    assert made.environment == {
        "NOTES_TABLE": "local-notes",
        "NOTES_QUEUE_URL": made.names["Notes"],
        "KEY_ID": made.names["SealingKey"],
        "OTHER_FUNCTION": "Take",
        "OIDC_AUDIENCE": "",
    }


@pytest.mark.stack
def test_an_index_that_was_added_to_the_description_is_added_to_the_table(emulator: Emulator) -> None:
    emulator.start()
    older = copy.deepcopy(TEMPLATE)
    properties = older["Resources"]["NotesTable"]["Properties"]
    del properties["GlobalSecondaryIndexes"]
    properties["AttributeDefinitions"] = properties["AttributeDefinitions"][:1]
    provision(older, emulator.client)
    provision(TEMPLATE, emulator.client)
    table = emulator.client("dynamodb").describe_table(TableName="local-notes")["Table"]
    assert [index["IndexName"] for index in table["GlobalSecondaryIndexes"]] == ["by-state"]


@pytest.mark.stack
@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"New": {"Type": "AWS::EC2::Instance"}}, TemplateError),
        ({"Other": {"Properties": {"Environment": {"Variables": {"NOTES_TABLE": "x"}}}}}, ProvisionError),
    ],
)
def test_what_cannot_be_provisioned_is_an_error(
    emulator: Emulator, change: dict[str, Any], error: type[Exception]
) -> None:
    template = {**TEMPLATE, "Resources": TEMPLATE["Resources"] | change}
    with pytest.raises(error):
        provision(template, emulator.start().client)
