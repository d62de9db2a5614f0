"""A family's opinion over HTTP, from a program and from a form; and the call that it makes somebody owe."""

from typing import Any

import pytest

from tests import applications
from tests.api.gateway import Answer, Api
from tests.issuer import token

HEALTH, LEAD = token(agency="health"), token(agency="administrative-approval")


@pytest.fixture
def task(api: Api) -> dict[str, Any]:
    """Numbers of a case and its first task, which was declined."""
    receipt = api.post("jining/applications", applications.jining()).json
    task_id = receipt["tasks"][0]["task_id"]
    decline = {"report_id": "1", "action": "decline", "reason": "x"}
    assert api.post(f"jining/tasks/{task_id}/report", decline, HEALTH).status == 200
    return {"case_number": receipt["case_number"], "lookup_code": receipt["lookup_code"], "task_id": task_id}


def test_a_program_rates_and_gets_the_case_as_it_is(api: Api, task: dict[str, Any]) -> None:
    answer = api.post("jining/ratings", {**task, "score": 4})
    assert (answer.status, answer.json["tasks"][0]["score"], answer.json["call_backs"]) == (200, 4, [])


def test_a_bad_mark_reaches_the_lead_agencys_list_and_is_closed_with_a_note(api: Api, task: dict[str, Any]) -> None:
    api.post("jining/ratings", {**task, "score": 1, "comment": "等了一上午"})
    (call,) = api.get("jining/tasks", LEAD).json["tasks"]
    assert (call["kind"], call["item"]) == ("call-back", None)
    path = f"jining/tasks/{call['task_id']}"
    opened = api.get(path, LEAD).json
    assert opened["fields"]["applicant.phone"] == applications.applicant()["phone"]
    assert opened["marks"][0]["comment"] == "等了一上午"
    done = {"report_id": "1", "action": "complete"}
    assert api.post(f"{path}/report", done, LEAD).problems == [("result", "note_required")]
    assert api.post(f"{path}/report", {**done, "result": "已回电"}, LEAD).json["state"] == "completed"


def form(api: Api, task: dict[str, Any], *more: tuple[str, str]) -> Answer:
    return api.form("jining/ratings", *task.items(), *more)


@pytest.mark.usefixtures("pages")
def test_a_form_rates_and_gets_the_cases_page(api: Api, task: dict[str, Any]) -> None:
    answer = form(api, task, ("score", "5"), ("comment", ""))
    assert answer.status == 200
    assert '"case_page"' in answer.body or '"case"' in answer.body
    assert '"score": 5' in answer.body


@pytest.mark.usefixtures("pages")
def test_a_form_says_that_nothing_goes_on(api: Api, task: dict[str, Any]) -> None:
    assert form(api, task, ("stuck", "true"), ("comment", "没人接电话")).status == 200
    assert [one["kind"] for one in api.get("jining/tasks", LEAD).json["tasks"]] == ["call-back"]


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("score", ["", "0", "6", "５", "five", "1.0", "-1"])
def test_a_form_without_a_sound_score_comes_back_with_the_case(api: Api, task: dict[str, Any], score: str) -> None:
    answer = form(api, task, ("score", score))
    assert answer.status == 422
    assert '"case_number"' in answer.body


HOSTILE = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'{"score": 1e999}',
    b'{"score": NaN}',
    b'{"task_id": {"a": 1}}',
    b'{"a": 1, "a": 2}',
]


@pytest.mark.parametrize("body", HOSTILE)
def test_what_is_no_rating_is_refused(api: Api, task: dict[str, Any], body: bytes) -> None:
    assert api.ask("POST", "jining/ratings", body, "application/json").status in (400, 404)
    assert api.get("jining/tasks", LEAD).json["tasks"] == []


def test_another_method_or_type_is_refused(api: Api) -> None:
    assert api.ask("GET", "jining/ratings").status == 405
    assert api.ask("POST", "jining/ratings", b"score=5", "text/plain").status == 415
