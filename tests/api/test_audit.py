"""What the auditor reads over HTTP, and the refusals that are kept in a chain of their own."""

import logging
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.cases.moments import beijing_date
from chalicelib.services.store import UnavailableError
from tests import applications
from tests.api.gateway import Api
from tests.issuer import token

LEAD = "administrative-approval"
AUDITOR = token(agency=LEAD, role="auditor")
POLICE = token(agency="police")
PATHS = ["cases/123456789018", "verify", "verify?case=123456789018", "refusals?day=2026-11-23"]


def today() -> str:
    return beijing_date(wiring.ports().clock()).isoformat()


@pytest.fixture
def number(api: Api) -> str:
    receipt = api.post("jining/applications", applications.jining()).json
    return str(receipt["tasks"][0]["task_id"][:12])


def test_the_auditor_reads_a_cases_trail_and_that_it_is_sound(api: Api, number: str) -> None:
    trail = api.get(f"jining/audit/cases/{number}", AUDITOR).json
    assert [(one["place"], one["role"], one["action"]) for one in trail["entries"]] == [(1, "family", "submitted")]
    assert applications.deceased()["name"] not in str(trail)
    assert api.get(f"jining/audit/verify?case={number}", AUDITOR).json == {"sound": True, "findings": []}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("role", ["agency", "counter", "supervisor"])
def test_nobody_else_does(api: Api, path: str, role: str) -> None:
    assert api.get(f"jining/audit/{path}", token(agency=LEAD, role=role)).status == 403
    assert api.get(f"jining/audit/{path}", token(agency="police", role="auditor")).status == 403
    assert api.get(f"jining/audit/{path}").status == 401
    assert api.get(f"guyang/audit/{path}", AUDITOR).status == 404


@pytest.mark.parametrize("path", ["cases/x", "cases/123456789018", "verify?case=", "verify?case=1", "cases/%00"])
def test_what_is_no_case_is_not_found(api: Api, path: str) -> None:
    assert api.get(f"jining/audit/{path}", AUDITOR).status == 404


@pytest.mark.parametrize("day", ["", "?day=", "?day=x", "?day=2026-11-23%23"])
def test_what_is_no_day_is_said(api: Api, day: str) -> None:
    assert api.get(f"jining/audit/refusals{day}", AUDITOR).problems == [("day", "date")]


def test_refusals_to_a_valid_token_stand_in_a_chain(api: Api) -> None:
    api.get("jining/tasks/123456789018-01", POLICE)
    api.get("jining/tasks/370800194503010018", POLICE)
    api.get("guyang/tasks", POLICE)
    api.get("nowhere/tasks", POLICE)
    said = api.get(f"jining/audit/refusals?day={today()}", AUDITOR).json
    kept = [(one["agency"], one["of"], one["call"], one["task"], one["verdict"]) for one in said["entries"]]
    assert kept == [
        ("police", "jining", "task", "123456789018-01", 404),
        ("police", "jining", "task", "", 404),
        ("police", "jining", "tasks", "", 404),
    ]
    assert said["sound"] is True
    guyang = api.get(
        f"guyang/audit/refusals?day={today()}", token(agency=lead("guyang"), role="auditor", locality="guyang")
    )
    assert [(one["of"], one["call"]) for one in guyang.json["entries"]] == [("jining", "tasks")]


def lead(locality: str) -> str:
    from tests.catalogues import catalogue

    return catalogue(locality).lead


def test_a_store_that_is_away_does_not_change_the_answer(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: Any) -> None:
        raise UnavailableError

    monkeypatch.setattr("chalicelib.api.add_refusal", away)
    with caplog.at_level(logging.WARNING):
        assert api.get("jining/tasks", token(agency="health", role="certifier")).status == 403
    assert "in the log only" in caplog.text
