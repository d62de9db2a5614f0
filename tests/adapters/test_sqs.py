import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.adapters.sqs import SqsQueue
from tests.emulator import Aws


def received(aws: Aws, name: str) -> list[Any]:
    bodies: list[Any] = []
    client, url = aws.client("sqs"), aws.resources.names[name]
    while messages := client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        bodies += [json.loads(message["Body"]) for message in messages]
    return bodies


def queue(aws: Aws, name: str = "Deliveries") -> SqsQueue:
    return SqsQueue(lambda: aws.client("sqs"), lambda: aws.resources.names[name])


def test_every_message_lands_in_batches_of_ten(aws: Aws) -> None:
    bodies = [{"delivery_id": f"户-{n}"} for n in range(23)]
    assert queue(aws).send(list(bodies)) == [True] * 23
    assert sorted(received(aws, "Deliveries"), key=str) == sorted(bodies, key=str)


def test_nothing_to_send_is_no_call(aws: Aws) -> None:
    assert queue(aws, "CasesTable").send([]) == []


def test_a_message_that_did_not_land_is_named(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    client = aws.client("sqs")
    given = {"Successful": [{"Id": "1"}], "Failed": [{"Id": "0", "Code": "InternalError", "SenderFault": False}]}
    monkeypatch.setattr(client, "send_message_batch", lambda **_: given)
    assert SqsQueue(lambda: client, lambda: "url").send([{"n": 1}, {"n": 2}]) == [False, True]


def test_a_queue_that_does_not_answer_has_taken_nothing(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(**_: Any) -> Any:
        raise ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, "SendMessageBatch")

    client = aws.client("sqs")
    monkeypatch.setattr(client, "send_message_batch", busy)
    assert SqsQueue(lambda: client, lambda: "url").send([{}] * 12) == [False] * 12


def test_a_queue_that_is_not_there_is_a_mistake_of_ours(aws: Aws) -> None:
    gone = SqsQueue(lambda: aws.client("sqs"), lambda: aws.resources.names["Deliveries"] + "-gone")
    with pytest.raises(ClientError):
        gone.send([{}])
