"""The counter's requests: who may do what, and that nothing personal comes back."""

import json
from typing import Any

import pytest

from chalicelib.cases.form_code import encode
from tests import applications
from tests.api.gateway import Api
from tests.api.test_families import UNREADABLE
from tests.catalogues import catalogue
from tests.issuer import token

COUNTER = token(agency="administrative-approval", role="counter")
POLICE, HEALTH = token(agency="police"), token(agency="health")
APPLY = "jining/counter/applications"
CALLS = [
    ("POST", APPLY),
    ("GET", "jining/counter/forms/STXH6WG9"),
    ("GET", "jining/counter/cases/123456789018"),
    ("POST", "jining/counter/cases/123456789018/code"),
    ("POST", "jining/counter/cases/123456789018/corrections"),
    ("POST", "jining/counter/cases/123456789018/handover"),
]


def paper(**changes: Any) -> dict[str, Any]:
    return {**applications.jining(), "paper": True, "counter": "3 号窗口", **changes}


def taken(api: Api, **changes: Any) -> dict[str, Any]:
    receipt: dict[str, Any] = api.post(APPLY, paper(**changes), COUNTER).json
    return receipt


def case(receipt: dict[str, Any], rest: str = "") -> str:
    return f"jining/counter/cases/{receipt['case_number'].replace(' ', '')}{rest}"


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_only_the_counter_of_the_place_gets_in(api: Api, method: str, path: str) -> None:
    ask = lambda who, path=path: api.ask(method, path, b"{}", "application/json", who)  # noqa: E731
    assert (ask(None).status, ask("x").status) == (401, 401)
    assert (ask(POLICE).status, ask(token(agency="health", role="certifier")).status) == (403, 403)
    elsewhere = token(agency="government-service", role="counter", locality="guyang")
    assert (ask(elsewhere).status, ask(COUNTER, path.replace("jining", "guyang")).status) == (404, 404)
    assert ask(COUNTER, path.replace("jining", "nowhere")).status == 404


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_any_other_method_is_answered_with_what_is_allowed(api: Api, method: str, path: str) -> None:
    answer = api.ask("DELETE", path, token=COUNTER)
    assert (answer.status, answer.headers["Allow"]) == (405, method)


@pytest.mark.parametrize(("body", "kind", "status", "code"), UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("path", [path for method, path in CALLS if method == "POST"])
def test_an_unreadable_body_is_refused(
    api: Api, path: str, body: bytes | None, kind: str | None, status: int, code: str
) -> None:
    wrong = (415, "wrong_media") if kind == "application/x-www-form-urlencoded" else (status, code)
    answer = api.ask("POST", path, body, kind, COUNTER)
    assert (answer.status, answer.problems) == (wrong[0], [("", wrong[1])])


def test_a_paper_application_goes_through_to_its_result(api: Api) -> None:
    body = paper(matters=["death-certificate", "hukou-cancellation"], payee=None, accounts=None)
    body = {name: value for name, value in body.items() if value is not None}
    body["helper"] = {"name": "李代办", "phone": "13900008888"}
    first, again = api.post(APPLY, body, COUNTER), api.post(APPLY, body, COUNTER)
    assert (first.status, again.status) == (201, 200)
    assert first.json == again.json
    assert "李代办" not in first.body
    receipt, task = first.json, first.json["tasks"][0]["task_id"]
    asked = {"report_id": "r1", "action": "ask", "reason": "x", "materials": ["id-card-deceased"]}
    assert api.post(f"jining/tasks/{task}/report", asked, HEALTH).status == 200
    handed_in = api.post(case(receipt, "/corrections"), {"seen": ["id-card-deceased"], "tasks": [task]}, COUNTER)
    assert "id-card-deceased" not in [one["material"] for one in handed_in.json["missing"]]
    for action in ("accept", "complete"):
        api.post(f"jining/tasks/{task}/report", {"report_id": action, "action": action, "result": "已出具"}, HEALTH)
    handed = api.post(case(receipt, "/handover"), {"task_id": task}, COUNTER)
    assert (handed.status, handed.json["result"]) == (200, "已出具")
    states = api.get(case(receipt), COUNTER)
    assert states.status == 200
    assert [one["state"] for one in states.json["tasks"]][:2] == ["completed", "open"]
    assert "已出具" not in states.body


def test_a_family_with_a_new_code_gets_in_and_with_the_old_one_does_not(api: Api) -> None:
    receipt = taken(api)
    fresh = api.post(case(receipt, "/code"), {"reason": "回执丢了"}, COUNTER)
    assert fresh.status == 200
    assert api.post("jining/lookup", fresh.json).status == 200
    assert api.post("jining/lookup", {name: receipt[name] for name in fresh.json}).status == 404
    assert api.post(case(receipt, "/code"), {}, COUNTER).problems == [("reason", "reason_required")]


def test_a_printed_form_opens_with_its_matters(api: Api) -> None:
    code = encode(catalogue("jining"), ["hukou-cancellation", "death-certificate"])
    answer = api.get(f"jining/counter/forms/{code.replace(' ', '-').lower()}", COUNTER)
    assert answer.json == {
        "matters": ["death-certificate", "hukou-cancellation"],
        "names": ["出具死亡证明（正常死亡）", "死亡、宣告死亡办理户口注销"],
        "current": True,
    }
    for wrong in ("STXH6WG8", "0", "%00", "A" * 3000, "%E7%BC%96"):
        refused = api.get(f"jining/counter/forms/{wrong}", COUNTER)
        assert (refused.status, refused.problems) == (422, [("form_code", "form_code")])


def test_hostile_bodies_are_refused_within_reason(api: Api) -> None:
    receipt = taken(api)
    many: dict[str, Any] = {f"f{n}": n for n in range(40_000)}
    for path, body in (
        (APPLY, {**paper(), "seen": ["x"] * 100_000}),
        (APPLY, {**paper(), "helper": many}),
        (APPLY, {**paper(), "counter": "窗" * 100_000}),
        (case(receipt, "/corrections"), many),
        (case(receipt, "/corrections"), {"seen": ["id-card-applicant"] * 40_000}),
        (case(receipt, "/code"), {"reason": "x" * 900_000}),
        (case(receipt, "/handover"), {"task_id": "x" * 900_000}),
    ):
        answer = api.ask("POST", path, json.dumps(body).encode(), "application/json", COUNTER)
        assert answer.status in (404, 422)
        assert len(answer.body) < 20_000
