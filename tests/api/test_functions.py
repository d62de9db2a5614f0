"""The functions behind the endpoints: the clock, the queues, and whole deliveries between real servers."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller

import app as application
from chalicelib import wiring
from chalicelib.api.queue import each
from tests import applications
from tests.adapters.servers import HttpServer, http_server
from tests.api.gateway import Api
from tests.emulator import Aws
from tests.stack.processes import free_ports

CONTEXT = SimpleNamespace(function_name="f", aws_request_id="1")


def records(*bodies: str) -> dict[str, Any]:
    return {"Records": [{"messageId": f"m{n}", "body": body} for n, body in enumerate(bodies)]}


def batch(name: str, *bodies: str) -> list[str]:
    event = {
        "Records": [
            {"messageId": f"m{n}", "body": body, "receiptHandle": "r", "attributes": {}, "messageAttributes": {}}
            for n, body in enumerate(bodies)
        ]
    }
    answer = getattr(application, name)(event, CONTEXT)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def taken(aws: Aws, name: str) -> list[str]:
    bodies: list[str] = []
    client, url = aws.client("sqs"), aws.resources.names[name]
    while messages := client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        bodies += [message["Body"] for message in messages]
    return bodies


@pytest.fixture
def texts() -> Iterator[HttpServer]:
    with http_server(lambda _: (200, b"", {})) as server:
        yield server


@pytest.fixture
def mails() -> Iterator[Any]:
    kept = SimpleNamespace(to=[], port=free_ports())

    class Keep:
        async def handle_DATA(self, _s: Any, _x: Any, envelope: Any) -> str:  # noqa: N802
            kept.to += envelope.rcpt_tos
            return "250 OK"

    controller = Controller(Keep(), hostname="127.0.0.1", port=kept.port)
    controller.start()
    yield kept
    controller.stop(no_assert=True)


@pytest.fixture
def outside(api: Api, texts: HttpServer, mails: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXT_URL", f"{texts.address}/texts")
    monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("SMTP_PORT", str(mails.port))
    monkeypatch.setenv("QUIET_HOURS", "off")  # these tests run at night too


@pytest.mark.usefixtures("outside")
def test_what_an_application_causes_reaches_agencies_and_family_once(
    api: Api, aws: Aws, texts: HttpServer, mails: Any
) -> None:
    receipt = api.post("jining/applications", applications.jining()).json
    counts = application.sweep({"version": "0"} | tick(), CONTEXT)
    deliveries, messages = taken(aws, "Deliveries"), taken(aws, "Messages")
    assert counts["queued"] == len(deliveries) + len(messages) == len(receipt["tasks"]) + 1
    for _ in range(2):  # queues deliver at least once
        assert batch("deliver", *deliveries) == []
        assert batch("tell", *messages) == []
    assert sorted(mails.to) == sorted(f"{task['agency']}@jining.example" for task in receipt["tasks"])
    (text,) = (json.loads(asked.body) for asked in texts.asked)
    assert text["to"] == applications.applicant()["phone"]
    assert receipt["case_number"] in text["text"]
    assert not application.sweep(tick(), CONTEXT)["queued"]


def tick() -> dict[str, Any]:
    return {
        "version": "0",
        "account": "0",
        "region": "us-east-1",
        "detail": {},
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "time": "2026-11-23T10:00:00Z",
        "id": "1",
        "resources": [],
    }


@pytest.mark.usefixtures("outside")
def test_a_poisonous_message_holds_no_other_up(api: Api, aws: Aws, mails: Any) -> None:
    api.post("jining/applications", applications.jining())
    application.sweep(tick(), CONTEXT)
    good = taken(aws, "Deliveries")
    poison = [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"pk": 7, "sk": "delivery#"}',
        '{"pk": "unknown", "sk": "delivery#unknown"}',
        '{"pk": "\\u0000", "sk": "delivery#\\u0000"}',
    ]
    assert batch("deliver", *poison, *good) == [f"m{n}" for n in range(len(poison))]
    assert len(mails.to) == len(good)
    assert batch("tell", *good[:1]) == ["m0"]


def test_a_server_that_is_away_is_tried_again_later_and_nothing_is_lost(
    api: Api, aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("SMTP_PORT", "1")
    api.post("jining/applications", applications.jining())
    application.sweep(tick(), CONTEXT)
    good = taken(aws, "Deliveries")
    assert batch("deliver", *good) == []
    record = aws.client("dynamodb").get_item(
        TableName=aws.resources.names["CasesTable"],
        Key={name: {"S": value} for name, value in json.loads(good[0]).items()},
    )["Item"]
    assert record["attempts"] == {"N": "1"}
    assert "next_try" in record


def test_what_a_message_said_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    def work(body: Any) -> None:
        raise ValueError(body["name"])

    assert each(records('{"name": "王秀英"}'), work) == {"batchItemFailures": [{"itemIdentifier": "m0"}]}
    assert "ValueError at" in caplog.text
    assert "王秀英" not in caplog.text


def test_an_agencys_own_address_goes_before_the_pattern(api: Api) -> None:
    from dataclasses import replace

    from tests.catalogues import catalogue

    place = catalogue("jining")
    assert wiring.agency_address(place, "police") == "police@jining.example"
    known = replace(place, agencies=place.agencies | {"police": replace(place.agencies["police"], mail="a@b.example")})
    assert wiring.agency_address(known, "police") == "a@b.example"
