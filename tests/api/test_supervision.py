"""The lead agency's requests: as JSON and as CSV, on a real store; who may not is recorded."""

# ruff: noqa: F811 - fixtures are imported, and named again by the tests that ask for them

import csv
import io
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from chalice.config import Config
from chalice.local import LocalGateway

import app as application
from chalicelib import wiring
from chalicelib.api.clock import PartlyDoneError, for_each
from chalicelib.services.board import noted
from tests import applications
from tests.api.gateway import Answer, Api
from tests.api.rights import policy, used
from tests.api.test_environments import only  # noqa: F401 - a fixture
from tests.api.test_functions import CONTEXT, batch, mails, outside, taken, texts, tick  # noqa: F401 - fixtures
from tests.emulator import Aws
from tests.issuer import OTHER_RSA, token

LEAD = token(agency="administrative-approval", role="supervisor")
HEALTH, POLICE = token(agency="health"), token(agency="police")
LISTS = ("overdue", "soon", "blocked", "undelivered", "dormant", "unsure", "certificates", "trend")
READS = [f"jining/supervision/{name}" for name in ("summary", *LISTS, "tasks", "cases/123456789012")]
WRITES = [
    "jining/tasks/123456789012-01/chase",
    "jining/supervision/cases/123456789012/close",
    "jining/supervision/notes/undelivered/d1/settle",
]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """`later(10)`: the application's clock is ten days ahead."""

    def move(days: int) -> None:
        moved = SimpleNamespace(now=lambda zone: datetime.now(zone) + timedelta(days=days))
        monkeypatch.setattr(wiring, "datetime", moved)

    return move


def asked(path: str, accept: str) -> Answer:
    """With an `Accept` header, which the gateway's own stand-in is handed as it is."""
    headers = {"authorization": f"Bearer {LEAD}", "accept": accept}
    given = LocalGateway(application.app, Config()).handle_request("GET", f"/api/{path}", headers, None)
    return Answer(given["statusCode"], given["headers"], given["body"])


def submitted(api: Api, **changes: Any) -> dict[str, Any]:
    receipt: dict[str, Any] = api.post("jining/applications", applications.jining(**changes)).json
    return receipt


def first_task(receipt: dict[str, Any]) -> str:
    return str(receipt["tasks"][0]["task_id"])


def number_of(receipt: dict[str, Any]) -> str:
    return str(receipt["case_number"].replace(" ", ""))


def declined(api: Api) -> dict[str, Any]:
    receipt = submitted(api)
    report = {"report_id": "r", "action": "decline", "reason": "=1+1，姓名不一致"}
    assert api.post(f"jining/tasks/{first_task(receipt)}/report", report, HEALTH).status == 200
    return receipt


@pytest.mark.parametrize("path", [*READS, *WRITES])
def test_without_a_sound_token_nobody_gets_in(api: Api, path: str) -> None:
    forged = token(OTHER_RSA, agency="administrative-approval", role="supervisor")
    for who in (None, "", "x", forged, token(exp=1, agency="administrative-approval", role="supervisor")):
        answer = api.get(path, who) if path in READS else api.post(path, {"note": "好"}, who)
        assert answer.status == 401


STRANGERS = [
    (token(agency="administrative-approval", role=role), 403) for role in ("agency", "counter", "certifier", "auditor")
] + [
    (token(agency="health", role="supervisor"), 403),
    (token(agency="administrative-approval", role="supervisor", locality="guyang"), 404),
]


@pytest.mark.parametrize("path", [*READS, *WRITES])
def test_who_does_not_supervise_here_is_refused_and_recorded_without_what_they_typed(
    api: Api, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    for who, status in STRANGERS:
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            answer = (
                api.get(path, who) if path in READS else api.post(path, {"note": "王秀英", "reason": "王秀英"}, who)
            )
        assert answer.status == status
        (line,) = (json.loads(one.message) for one in caplog.records if one.name == "chalicelib.api.staff")
        assert (line["event"], line["verdict"]) == ("refused", status)
        assert line["task"] == ("123456789012-01" if "/tasks/" in path else "")
        assert "王秀英" not in caplog.text


def test_a_summary_counts_what_there_is(api: Api) -> None:
    declined(api)
    given = api.get("jining/supervision/summary", LEAD)
    assert given.headers["Vary"] == "Accept"
    answer = given.json
    health = next(one for one in answer["agencies"] if one["agency"] == "health")
    assert health["counts"]["open"] == 0
    assert answer["totals"]["waiting"] == answer["totals"]["blocked"] == 3
    assert answer["board"]["blocked"] == 3


def test_late_tasks_are_listed_and_pressed_for_and_the_agency_sees_it(api: Api, later: Callable[[int], None]) -> None:
    task = first_task(submitted(api))
    assert api.get("jining/supervision/overdue", LEAD).json == {"tasks": [], "cursor": None}
    later(30)
    (row,) = api.get("jining/supervision/overdue?agency=health", LEAD).json["tasks"]
    assert (row["task_id"], row["agency"]) == (task, "health")
    assert row["days_late"] > 10
    chased = api.post(f"jining/tasks/{task}/chase", {"note": "请尽快办理"}, LEAD)
    assert (chased.status, chased.json["chases"][0]["note"]) == (200, "请尽快办理")
    (listed,) = api.get("jining/tasks", HEALTH).json["tasks"]
    assert listed["chased_at"] == chased.json["chases"][0]["at"]
    assert api.get(f"jining/tasks/{task}/outline", HEALTH).json["chases"] == chased.json["chases"]


def test_pages_follow_each_other_on_a_real_store(api: Api, later: Callable[[int], None]) -> None:
    for _ in range(52):
        submitted(api, matters=["death-certificate"], payee=None)
    later(30)
    first = api.get("jining/supervision/overdue", LEAD).json
    second = api.get(
        f"jining/supervision/overdue?cursor={first['cursor'].replace('#', '%23').replace('+', '%2B')}", LEAD
    )
    ids = [row["task_id"] for row in [*first["tasks"], *second.json["tasks"]]]
    assert (len(first["tasks"]), len(ids), len(set(ids))) == (50, 52, 52)
    assert second.json["cursor"] is None
    assert len(list(csv.reader(io.StringIO(asked("jining/supervision/overdue", "text/csv").body)))) == 53


def test_a_blocked_task_names_who_holds_it_up_in_json_and_in_csv(api: Api) -> None:
    declined(api)
    rows = api.get("jining/supervision/blocked?agency=police", LEAD).json["tasks"]
    assert [(row["item"], row["blocked_by"], row["reason"]) for row in rows] == [
        ("hukou-cancellation", "health", "=1+1，姓名不一致")
    ]
    sheet = asked("jining/supervision/blocked?agency=police", "text/csv")
    header, row = csv.reader(io.StringIO(sheet.body.removeprefix("\ufeff")))
    shown = dict(zip(header, row, strict=True))
    assert (shown["办理部门"], shown["卡在哪个部门"]) == ("公安机关", "卫健部门")
    assert shown["原因"] == "'=1+1，姓名不一致", "what an agency typed is no formula"


@pytest.mark.parametrize("name", ["summary", *LISTS, "tasks"])
def test_every_list_comes_as_csv_that_opens_in_excel(api: Api, later: Callable[[int], None], name: str) -> None:
    declined(api)
    submitted(api)
    wiring.store().commit([noted("jining", "unsure", "1", datetime.now(UTC), case_number="123456789012")])
    later(70)
    application.nightly(tick(), CONTEXT)
    sheet = asked(f"jining/supervision/{name}" + "?agency=health&state=open" * (name == "tasks"), "text/csv")
    assert sheet.status == 200, sheet.body
    assert sheet.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert sheet.headers["Content-Disposition"].startswith(f'attachment; filename="{name}-jining-20')
    assert sheet.headers["Vary"] == "Accept"
    assert sheet.body.startswith("\ufeff")
    assert sheet.body.endswith("\r\n")
    rows = list(csv.reader(io.StringIO(sheet.body.removeprefix("\ufeff"))))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) > (0 if name in ("undelivered", "certificates", "soon") else 1)


def test_a_dormant_case_is_found_at_night_listed_and_closed(api: Api, later: Callable[[int], None]) -> None:
    receipt = submitted(api)
    later(70)
    assert application.nightly(tick(), CONTEXT)["jining"].items() >= {"days": 7, "dormant": 1}.items()
    assert application.nightly(tick(), CONTEXT)["jining"].items() >= {"days": 0, "dormant": 0}.items()
    (row,) = api.get("jining/supervision/dormant", LEAD).json["cases"]
    assert (row["case_number"], row["days"]) == (number_of(receipt), 70)
    path = f"jining/supervision/cases/{number_of(receipt)}"
    assert api.get(path, LEAD).json["dormant_since"]
    closed = api.post(f"{path}/close", {"reason": "多次联系不上家属"}, LEAD)
    assert (closed.status, closed.json["state"]) == (200, "withdrawn")
    assert api.get("jining/supervision/dormant", LEAD).json["cases"] == []
    numbers = {name: receipt[name] for name in ("case_number", "lookup_code")}
    family = api.post("jining/lookup", numbers).json
    assert {task["reason"] for task in family["tasks"]} == {"多次联系不上家属"}
    assert api.post(f"{path}/close", {"reason": "好"}, LEAD).problems == [("", "not_dormant")]


def test_the_trend_tells_the_days_that_were_rolled_up(api: Api, later: Callable[[int], None]) -> None:
    submitted(api)
    later(1)
    application.nightly(tick(), CONTEXT)
    days = api.get("jining/supervision/trend?days=90", LEAD).json["days"]
    assert len(days) == 7
    assert (days[-1]["opened"], days[-1]["agencies"]["health"]["opened"]) == (1, 1)
    assert api.get("jining/supervision/trend?days=31", LEAD).problems == [("days", "choice")]


def test_a_note_is_taken_off_the_board(api: Api) -> None:
    delivery = "123456789012-01.new-task.police"
    wiring.store().commit([noted("jining", "undelivered", delivery, datetime.now(UTC), case_number="", kind="agency")])
    (row,) = api.get("jining/supervision/undelivered", LEAD).json["messages"]
    path = f"jining/supervision/notes/undelivered/{row['id']}/settle"
    assert api.post(path, {}, LEAD).problems == [("note", "required")]
    assert api.post(path, {"note": "已打电话"}, LEAD).status == 200
    assert api.post(path, {"note": "已打电话"}, LEAD).status == 404
    assert api.get("jining/supervision/undelivered", LEAD).json["messages"] == []


HOSTILE = [
    (b"", "application/json", 400),
    (b"{", "application/json", 400),
    (b"[]", "application/json", 400),
    (b'{"note":"a","note":"b"}', "application/json", 400),
    (b'{"note":"\xff"}', "application/json", 400),
    (b"note=x", "application/x-www-form-urlencoded", 415),
    (b"{}", "text/plain", 415),
    (b'{"note":"' + b"x" * 1_000_001 + b'"}', "application/json", 413),
    (b"{}", "application/json", 422),
]


@pytest.mark.parametrize("path", WRITES)
def test_a_hostile_body_is_refused(api: Api, path: str) -> None:
    for body, kind, status in HOSTILE:
        assert api.ask("POST", path, body, kind, LEAD).status == status


@pytest.mark.parametrize("name", ["overdue", "soon", "tasks"])
def test_a_hostile_query_is_refused(api: Api, name: str) -> None:
    for query in (
        "agency=no-such",
        "agency=%00",
        "agency=" + "A" * 5000,
        "cursor=x",
        "cursor=%FF",
        "cursor=" + "9" * 5000,
    ):
        more = "" if name != "tasks" else "state=open&" if query.startswith("agency") else "agency=health&state=open&"
        answer = api.get(f"jining/supervision/{name}?{more}{query}", LEAD)
        assert (answer.status, answer.problems) == (422, [(query.partition("=")[0], "choice")])


def test_another_method_is_answered_with_what_is_allowed(api: Api) -> None:
    for path in [*READS, *WRITES]:
        answer = api.ask("DELETE", path, token=LEAD)
        assert (answer.status, answer.problems) == (405, [("", "method")])


@pytest.mark.usefixtures("outside")
def test_the_digest_reaches_the_lead_agency_once(
    api: Api, aws: Aws, mails: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted(api)
    application.sweep(tick(), CONTEXT)
    for name in ("Deliveries", "Messages"):
        taken(aws, name)
    monday = datetime(2031, 6, 2, 1, 0, tzinfo=UTC)  # a plain Monday, nine in Beijing
    monkeypatch.setattr(wiring, "datetime", SimpleNamespace(now=lambda _: monday))
    assert application.digest(tick(), CONTEXT) == {"guyang": False, "jining": True}
    assert application.digest(tick(), CONTEXT) == {"guyang": False, "jining": False}
    application.sweep(tick(), CONTEXT)
    digests = [body for body in taken(aws, "Deliveries") if "digest" in body]
    for _ in range(2):
        assert batch("deliver", *digests) == []
    assert mails.to == ["administrative-approval@jining.example"]


@pytest.mark.usefixtures("outside")
def test_what_the_clock_starts_has_what_it_needs_and_no_other_right(
    api: Api, aws: Aws, only: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted(api)
    monday = datetime(2031, 6, 2, 1, 0, tzinfo=UTC)
    monkeypatch.setattr(wiring, "datetime", SimpleNamespace(now=lambda _: monday))
    for function, handler in (("Nightly", application.nightly), ("Digest", application.digest)):
        with only(function), used() as rights:
            handler(tick(), CONTEXT)
        given = {action for one in policy(function) if one["Sid"] != "Logs" for action in one["Action"]}
        assert given == {action for action, _ in rights}
    application.sweep(tick(), CONTEXT)
    digests = [body for body in taken(aws, "Deliveries") if "digest" in body]
    with only("Deliver"):
        assert batch("deliver", *digests) == []


def test_a_place_that_fails_holds_no_other_up(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def work(slug: str) -> None:
        if slug == "a":
            raise ValueError("王秀英")
        done.append(slug)

    with pytest.raises(PartlyDoneError, match=r"^a$"):
        for_each(["a", "b"], work)
    assert done == ["b"]
    assert "ValueError at" in caplog.text
    assert "王秀英" not in caplog.text
