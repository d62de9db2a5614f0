"""Whole deliveries by other channels, between real servers, with the settings of a deployment."""

# ruff: noqa: F811 - fixtures are imported, and named again by the tests that ask for them

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

import app as application
from chalicelib import wiring
from chalicelib.cases.moments import BEIJING
from chalicelib.cases.numbers import tidy
from chalicelib.catalogue import Catalogue, Way
from chalicelib.services.board import notes
from chalicelib.services.ledger import of_case
from chalicelib.settings import MissingSettingError, Settings
from tests import applications
from tests.adapters.servers import HttpServer, http_server
from tests.api.conftest import place
from tests.api.gateway import Api
from tests.api.test_functions import CONTEXT, batch, mails, outside, taken, texts, tick  # noqa: F401 - fixtures
from tests.emulator import Aws
from tests.issuer import token

SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()
ONE = {"matters": ["death-certificate"], "payee": None}


@pytest.fixture
def hooks() -> Iterator[HttpServer]:
    with http_server(lambda _: (200, b'{"errcode":0}', {})) as server:
        yield server


@pytest.fixture
def notified(hooks: HttpServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The health department has a webhook and falls back on mail."""
    ways = (Way("webhook", url=f"{hooks.address}/hook", secret_name="health"), Way("mail"))

    def catalogue(slug: str) -> Catalogue:
        known = place(slug)
        return replace(known, agencies=known.agencies | {"health": replace(known.agencies["health"], notify=ways)})

    monkeypatch.setattr(wiring, "for_locality", catalogue)
    monkeypatch.setenv("CHANNEL_SECRETS", json.dumps({"health": [SECRET]}))


def ledger(receipt: Any) -> list[tuple[str, str, str]]:
    ports = wiring.backend().ports
    (entry,) = [one for one in of_case(ports, "jining", tidy(receipt["case_number"])) if one["to"] == "health"]
    return [(one["channel"], one["outcome"], one["reason"]) for one in entry["tries"]]


def carry_out(aws: Aws) -> None:
    application.sweep(tick(), CONTEXT)
    assert batch("deliver", *taken(aws, "Deliveries")) == []
    assert batch("tell", *taken(aws, "Messages")) == []


@pytest.mark.usefixtures("outside", "notified")
def test_an_agency_with_a_webhook_is_told_by_it(
    api: Api, aws: Aws, hooks: HttpServer, mails: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHANNEL_NETWORKS", "127.0.0.0/8")
    receipt = api.post("jining/applications", applications.jining(**ONE)).json
    carry_out(aws)
    (asked,) = hooks.asked
    told = json.loads(asked.body)
    assert (told["type"], told["data"]["task_id"]) == ("new-task", receipt["tasks"][0]["task_id"])
    assert asked.headers["webhook-signature"].startswith("v1,")
    assert not mails.to
    assert ledger(receipt) == [("webhook", "delivered", "")]


@pytest.mark.usefixtures("outside", "notified")
def test_a_deployment_that_allows_no_inside_address_falls_back_on_mail(
    api: Api, aws: Aws, hooks: HttpServer, mails: Any
) -> None:
    receipt = api.post("jining/applications", applications.jining(**ONE)).json
    carry_out(aws)
    carry_out(aws)
    assert not hooks.asked
    assert mails.to == ["health@jining.example"]
    assert ledger(receipt) == [("webhook", "refused", "address refused"), ("mail", "delivered", "")]


@pytest.mark.usefixtures("outside", "notified")
def test_what_nobody_takes_ends_on_the_board_in_one_transaction(
    api: Api, aws: Aws, texts: HttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts.answer = lambda _: (422, b"", {})
    receipt = api.post("jining/applications", applications.jining(**ONE)).json
    carry_out(aws)
    (note,) = notes(wiring.store(), "jining", "undelivered")
    assert (note["case_number"], note["kind"], note["why"]) == (tidy(receipt["case_number"]), "family", "http 422")


def test_supervision_sees_what_was_told_about_a_case(api: Api) -> None:
    receipt = api.post("jining/applications", applications.jining(**ONE)).json
    lead = token(agency="administrative-approval", role="supervisor")
    shown = api.get(f"jining/supervision/cases/{tidy(receipt['case_number'])}", lead).json["messages"]
    assert sorted((one["to"], one["message"], one["outcome"]) for one in shown) == [
        ("family", "receipt", "waiting"),
        ("health", "new-task", "waiting"),
    ]


@pytest.mark.usefixtures("outside")
def test_a_second_provider_of_text_messages_is_asked_when_the_first_refuses(
    api: Api, aws: Aws, texts: HttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts.answer = lambda asked: ((410 if asked.path == "/one" else 200), b"", {})
    monkeypatch.setenv("TEXT_URL", f"{texts.address}/one {texts.address}/two")
    api.post("jining/applications", applications.jining(**ONE))
    carry_out(aws)
    carry_out(aws)
    assert [asked.path for asked in texts.asked] == ["/one", "/two"]


def test_at_night_a_deployed_function_waits(
    api: Api, aws: Aws, texts: HttpServer, outside: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUIET_HOURS")
    now = datetime.now(BEIJING)
    hours = tuple(f"{now + timedelta(hours=off):%H:%M}" for off in (-1, 1))
    monkeypatch.setattr(wiring, "for_locality", lambda slug: replace(place(slug), quiet_hours=hours))
    api.post("jining/applications", applications.jining(**ONE))
    carry_out(aws)
    assert not texts.asked


@pytest.mark.parametrize("text", ["{", "[]", "5", '"x"'])
def test_unreadable_secrets_of_channels_are_a_missing_setting(text: str) -> None:
    with pytest.raises(MissingSettingError):
        _ = Settings({"CHANNEL_SECRETS": text}).channel_secrets


def test_without_secrets_and_networks_there_are_none() -> None:
    assert Settings({}).channel_secrets == {}
    assert Settings({"CHANNEL_SECRETS": ""}).channel_secrets == {}
    assert Settings({}).channel_networks == ()
    assert Settings({}).rest


@pytest.mark.parametrize("text", ["10.0.0.1/8", "inside", "10.0.0.0/8,127.0.0.0/8", "::/200"])
def test_unreadable_networks_are_a_missing_setting(text: str) -> None:
    with pytest.raises(MissingSettingError):
        _ = Settings({"CHANNEL_NETWORKS": text}).channel_networks
