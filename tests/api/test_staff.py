"""Agencies' requests: who may do what, and what is recorded of those who may not."""

import json
import logging
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.adapters.opener import LambdaOpener
from tests import applications
from tests.api.gateway import Api
from tests.issuer import OTHER_RSA, token

POLICE, HEALTH = token(agency="police"), token(agency="health")
CERTIFIER = token(agency="health", role="certifier")
PERSON = {"id_number": applications.deceased()["id_number"], "name": applications.deceased()["name"]}
CALLS = [
    ("GET", "jining/tasks"),
    ("GET", "jining/tasks/123456789018-01"),
    ("POST", "jining/tasks/123456789018-01/report"),
    ("POST", "jining/tasks/123456789018-01/unit"),
    ("PUT", "jining/certificates/death-certificate/r1"),
]


def submitted(api: Api) -> dict[str, Any]:
    receipt: dict[str, Any] = api.post("jining/applications", applications.jining()).json
    return receipt


def task_id(receipt: dict[str, Any], item: str) -> str:
    return next(task["task_id"] for task in receipt["tasks"] if task["item"] == item)


def report(action: str, report_id: str = "r1", **more: str) -> dict[str, str]:
    return {"report_id": report_id, "action": action, **more}


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_without_a_token_nobody_gets_in(api: Api, method: str, path: str) -> None:
    answer = api.ask(method, path, b"{}", "application/json")
    assert (answer.status, answer.problems) == (401, [("", "no_token")])
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize("forged", ["", "x", token(OTHER_RSA), token(exp=1), POLICE + " " + POLICE])
def test_with_a_bad_token_nobody_gets_in(api: Api, method: str, path: str, forged: str) -> None:
    answer = api.ask(method, path, b"{}", "application/json", forged)
    assert (answer.status, answer.problems) == (401, [("", "bad_token")])


def test_an_agency_sees_its_own_tasks_of_one_state(api: Api) -> None:
    receipt = submitted(api)
    listed = api.get("jining/tasks", HEALTH).json
    assert [task["task_id"] for task in listed["tasks"]] == [task_id(receipt, "death-certificate")]
    assert api.get("jining/tasks?state=open", POLICE).json["tasks"] == []
    waiting = api.get("jining/tasks?state=waiting", POLICE).json["tasks"]
    assert [task["item"] for task in waiting] == ["hukou-cancellation"]


def test_a_task_is_given_to_a_unit_that_the_agency_has_and_to_no_other(api: Api) -> None:
    path = f"jining/tasks/{task_id(submitted(api), 'death-certificate')}/unit"
    assert api.post(path, {"unit": "-"}, HEALTH).json["unit"] == "-"
    assert api.get("jining/tasks?unit=-", HEALTH).json["unit"] == "-"
    for wrong in ({"unit": "east"}, {"unit": None}, {}, {"unit": "-", "x": 1}, {"unit": "x" * 900_000}):
        assert api.post(path, wrong, HEALTH).status == 422
    for query in ("unit=east", "unit=%00", "unit=" + "x" * 5000, "unit=a%23b"):
        assert api.get(f"jining/tasks?{query}", HEALTH).problems == [("unit", "choice")]


@pytest.mark.parametrize("query", ["state=nonsense", "state=", "cursor=nonsense", "cursor=%FF", "cursor=" + "A" * 5000])
def test_a_hostile_query_is_refused(api: Api, query: str) -> None:
    answer = api.get(f"jining/tasks?{query}", POLICE)
    assert answer.status == (200 if query == "state=" else 422)


def test_an_agency_reads_what_its_item_discloses_and_the_family_sees_that(api: Api) -> None:
    receipt = submitted(api)
    answer = api.get(f"jining/tasks/{task_id(receipt, 'death-certificate')}", HEALTH)
    assert answer.status == 200
    assert answer.json["fields"]["deceased.name"] == applications.deceased()["name"]
    assert "accounts.card.account_number" not in answer.json["fields"]
    numbers = {name: receipt[name] for name in ("case_number", "lookup_code")}
    assert [one["agency"] for one in api.post("jining/lookup", numbers).json["openings"]] == ["health"]


def test_through_the_opening_function_the_answers_are_the_same(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """The function runs here, but everything passes through the shape in which it travels."""

    class Client:
        def invoke(self, FunctionName: str, Payload: bytes) -> Any:  # noqa: N803
            assert FunctionName == "open"
            body = json.dumps(wiring.open_envelope(json.loads(Payload))).encode()
            return {"Payload": type("Stream", (), {"read": lambda _: body})()}

    receipt = submitted(api)
    monkeypatch.setattr(wiring, "_opener", lambda: LambdaOpener(Client, lambda: "open"))  # type: ignore[arg-type]
    wiring.backend.cache_clear()
    path = f"jining/tasks/{task_id(receipt, 'death-certificate')}"
    assert api.get(path, HEALTH).json["fields"]["deceased.name"] == applications.deceased()["name"]
    assert (api.get(path, POLICE).status, api.get(path, CERTIFIER).status) == (404, 403)


@pytest.mark.parametrize("request_", [None, [], {}, {"token": "x"}, {"token": 1, "locality": "jining", "task_id": "1"}])
def test_the_opening_function_gives_nothing_to_a_malformed_call(api: Api, request_: Any) -> None:
    assert wiring.open_envelope(request_)["refused"]["status"] == 404


def test_the_opening_function_looks_at_the_token_itself(api: Api) -> None:
    receipt = submitted(api)
    call = {"locality": "jining", "task_id": task_id(receipt, "death-certificate")}
    assert "answer" in wiring.open_envelope(call | {"token": HEALTH})
    assert wiring.open_envelope(call | {"token": token(OTHER_RSA, agency="health")})["refused"]["status"] == 401


def test_another_agencys_or_places_task_is_not_found(api: Api) -> None:
    path = f"jining/tasks/{task_id(submitted(api), 'death-certificate')}"
    elsewhere = token(agency="health", locality="guyang")
    for stranger in (POLICE, elsewhere, token(agency="no-such")):
        for answer in (api.get(path, stranger), api.post(f"{path}/report", report("accept"), stranger)):
            assert answer.status == 404
    assert api.get(path.replace("jining", "guyang"), HEALTH).status == 404


def test_an_agency_reports_and_repeating_changes_nothing(api: Api) -> None:
    path = f"jining/tasks/{task_id(submitted(api), 'death-certificate')}/report"
    first, again = api.post(path, report("accept"), HEALTH), api.post(path, report("accept"), HEALTH)
    assert (first.status, first.json["state"]) == (200, "accepted")
    assert again.json == first.json
    conflict = api.post(path, report("fail", reason="x"), HEALTH)
    assert (conflict.status, conflict.problems) == (409, [("report_id", "report_conflict")])
    done = api.post(path, report("complete", "r2", result="已出具"), HEALTH)
    assert done.json["state"] == "completed"


def test_a_shared_certificate_opens_what_waits_and_starts_what_is_silent(api: Api) -> None:
    submitted(api)
    for _ in range(2):
        answer = api.put("jining/certificates/death-certificate/ref-1", PERSON, CERTIFIER)
        assert (answer.status, answer.json["status"]) == (200, "valid")
    items = [task["item"] for task in api.get("jining/tasks", POLICE).json["tasks"]]
    assert items == ["hukou-cancellation", "licence-cancellation"]


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain"])
def test_staff_send_json(api: Api, kind: str) -> None:
    answer = api.ask("POST", "jining/tasks/123456789018-01/report", b"{}", kind, POLICE)
    assert answer.status == 415


REFUSED = [
    ("GET", "jining/tasks", CERTIFIER, 403, ""),
    ("GET", "guyang/tasks", POLICE, 404, ""),
    ("GET", "jining/tasks/123456789018-01", POLICE, 404, "123456789018-01"),
    ("GET", "jining/tasks/123456789018-01", CERTIFIER, 403, "123456789018-01"),
    ("GET", "jining/tasks/370800194503010018", POLICE, 404, ""),
    ("POST", "jining/tasks/123456789018-01/report", POLICE, 404, "123456789018-01"),
    ("PUT", "jining/certificates/death-certificate/370800194503010018", POLICE, 403, ""),
    ("PUT", "jining/certificates/cremation-certificate/1", CERTIFIER, 403, ""),
    ("PUT", "nowhere/certificates/1/1", CERTIFIER, 404, ""),
]


@pytest.mark.parametrize(("method", "path", "who", "status", "task"), REFUSED)
def test_what_is_refused_to_a_valid_token_is_recorded_without_personal_data(
    api: Api, caplog: pytest.LogCaptureFixture, method: str, path: str, who: str, status: int, task: str
) -> None:
    body = report("accept") if "report" in path else PERSON
    with caplog.at_level(logging.WARNING):
        answer = api.ask(method, path, json.dumps(body).encode(), "application/json", who)
    assert answer.status == status
    (line,) = (json.loads(record.message) for record in caplog.records if record.name == "chalicelib.api.staff")
    assert (line["event"], line["verdict"], line["of"], line["task"]) == ("refused", status, "jining", task)
    assert line["locality"] == (path.split("/")[0] if "nowhere" not in path else "")
    assert (line["role"], line["agency"]) == (("agency", "police") if who == POLICE else ("certifier", "health"))
    assert "3708" not in caplog.text
    assert PERSON["name"] not in caplog.text


def test_what_is_granted_is_not_recorded_as_refused(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    submitted(api)
    api.get("jining/tasks", POLICE)
    assert not caplog.records
