"""The forms of a browser without script, step by step."""

import json
from typing import Any

import pytest

from chalicelib.adapters.dynamodb import DynamoStore
from chalicelib.services.store import UnavailableError
from tests import applications
from tests.api.gateway import Answer, Api
from tests.issuer import token

pytestmark = pytest.mark.usefixtures("pages")


def fields(body: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """As a browser sends them."""
    pairs: list[tuple[str, str]] = []
    for name, value in body.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict):
            pairs += fields(value, f"{path}.")
        elif isinstance(value, list):
            pairs += [(path, str(one)) for one in value]
        else:
            pairs.append(
                (path, {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value))
            )
    return pairs


def page(answer: Answer) -> tuple[int, str, str, list[Any]]:
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    name, slug, *given = json.loads(answer.body)
    return answer.status, name, slug, given


def without_key(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "submission_key"}


def test_a_form_is_checked_then_taken_and_taken_only_once(api: Api) -> None:
    sent = fields(without_key(applications.jining()))
    status, name, slug, (typed, summary) = page(api.form("jining/applications", *sent))
    assert (status, name, slug) == (200, "check", "jining")
    assert typed["deceased.name"] == [applications.deceased()["name"]]
    assert next(task["item"] for task in summary["tasks"]) == "death-certificate"
    key = ("submission_key", summary["submission_key"])
    assert len(key[1]) >= 32
    first, again = (page(api.form("jining/applications", *sent, key)) for _ in range(2))
    assert (first[0], again[0]) == (201, 200)
    assert first[1:] == again[1:]
    assert first[1] == "receipt"


def test_each_check_mints_another_key(api: Api) -> None:
    sent = fields(without_key(applications.jining()))
    keys = {page(api.form("jining/applications", *sent))[3][1]["submission_key"] for _ in range(3)}
    assert len(keys) == 3


@pytest.mark.parametrize("key", [[], [("submission_key", "k1")]])
def test_with_problems_the_form_comes_back_with_everything_typed(api: Api, key: list[tuple[str, str]]) -> None:
    body = without_key(applications.jining())
    body["deceased"]["died_on"] = {"year": "2026", "month": "2", "day": "31"}
    body["applicant"]["address"] = "  某路 1 号  "
    status, name, _, (typed, problems) = page(api.form("jining/applications", *fields(body), *key))
    assert (status, name) == (422, "form")
    assert typed["deceased.died_on.day"] == ["31"]
    assert typed["applicant.address"] == ["  某路 1 号  "]
    assert [field for field, _ in problems] == ["deceased.died_on"]
    assert "去世日期" in problems[0][1]


def test_going_back_keeps_everything_and_says_nothing(api: Api) -> None:
    sent = [("stage", "edit"), ("submission_key", "k"), ("deceased.name", "")]
    status, name, _, (typed, problems) = page(api.form("jining/applications", *sent))
    assert (status, name, problems) == (200, "form", [])
    assert typed == {"submission_key": ["k"], "deceased.name": [""]}


def conditions(**changes: str) -> list[tuple[str, str]]:
    given = dict(fields({"eligibility": applications.guyang()["eligibility"]}))
    given |= {f"eligibility.{name}": value for name, value in changes.items()}
    return [("stage", "conditions"), *((name, value) for name, value in given.items() if value)]


def test_whoever_is_covered_gets_the_form(api: Api) -> None:
    status, name, slug, (typed, problems) = page(api.form("guyang/applications", *conditions()))
    assert (status, name, slug, problems) == (200, "form", "guyang", [])
    assert typed["eligibility.insured_here"] == ["true"]
    assert "stage" not in typed


def test_an_unknown_condition_turns_nobody_away(api: Api) -> None:
    assert page(api.form("guyang/applications", *conditions(insured_here="unknown")))[1] == "form"


def test_whoever_is_not_covered_is_told_why_before_anything_personal_is_asked(api: Api) -> None:
    status, name, _, (reasons,) = page(api.form("guyang/applications", *conditions(work_injury="true")))
    assert (status, name) == (422, "turned_away")
    assert len(reasons) == 1
    assert reasons[0]


def test_an_unanswered_condition_is_asked_again(api: Api) -> None:
    status, name, _, (typed, problems) = page(api.form("guyang/applications", *conditions(insured_here="")))
    assert (status, name) == (422, "conditions")
    assert [field for field, _ in problems] == ["eligibility.insured_here"]
    assert "eligibility.registered_here" in typed


def test_whoever_is_not_covered_is_turned_away_from_the_whole_form_too(api: Api) -> None:
    body = without_key(applications.guyang())
    body["eligibility"]["police_case"] = True
    assert page(api.form("guyang/applications", *fields(body)))[:2] == (422, "turned_away")


def checked(api: Api, *more: tuple[str, str], **changes: Any) -> dict[str, Any]:
    body = without_key(applications.guyang(**changes))
    status, name, _, (_, summary) = page(api.form("guyang/applications", *fields(body), *more))
    assert (status, name) == (200, "check")
    found: dict[str, Any] = summary
    return found


def test_where_answers_tick_the_matters_the_check_page_lists_them(api: Api) -> None:
    listed = {one["matter"]: one["required"] for one in checked(api)["matters"]}
    assert listed["hukou-cancellation"] is True
    assert listed["medical-account"] is False
    assert "veteran-benefit" not in listed


def test_where_the_applicant_ticks_them_the_check_page_lists_none(api: Api) -> None:
    sent = fields(without_key(applications.jining()))
    assert page(api.form("jining/applications", *sent))[3][1]["matters"] == []


def test_what_was_listed_and_unticked_stays_unticked_and_what_is_new_is_offered(api: Api) -> None:
    listed = [("matters_listed", "hukou-cancellation"), ("matters_listed", "medical-account")]
    summary = checked(api, *listed, ("matters", "hukou-cancellation"))
    items = {task["item"] for task in summary["tasks"]}
    assert "medical-account" not in items
    assert {"hukou-cancellation", "public-retiree"} <= items
    assert "medical-account" in {one["matter"] for one in summary["matters"]}


def test_what_was_unticked_on_the_check_page_is_not_applied_for(api: Api) -> None:
    sent = fields(without_key(applications.guyang()))
    more = [("submission_key", "k"), ("matters_listed", "hukou-cancellation"), ("matters_listed", "medical-account")]
    _, name, _, (receipt,) = page(api.form("guyang/applications", *sent, *more, ("matters", "hukou-cancellation")))
    assert name == "receipt"
    assert [task["item"] for task in receipt["tasks"]] == ["hukou-cancellation"]


def test_a_key_used_for_another_body_gets_a_page_that_says_so(api: Api) -> None:
    body, key = without_key(applications.jining()), ("submission_key", "k")
    api.form("jining/applications", *fields(body), key)
    other = fields(body | {"matters": ["hukou-cancellation"]})
    status, name, slug, (code, problems) = page(api.form("jining/applications", *other, key))
    assert (status, name, slug, code) == (409, "problem", "jining", 409)
    assert problems[0][0] == "submission_key"


@pytest.mark.parametrize(("path", "slug"), [("nowhere/applications", None), ("nowhere/lookup", None)])
def test_an_unknown_place_gets_the_page_of_no_place(api: Api, path: str, slug: None) -> None:
    status, name, given, (code, problems) = page(api.form(path, ("stage", "edit")))
    assert (status, name, given, code) == (404, "problem", slug, 404)
    assert problems[0][1]


def test_an_unreadable_form_gets_a_page(api: Api) -> None:
    answer = api.ask("POST", "jining/applications", b"a=%FF", "application/x-www-form-urlencoded")
    assert page(answer)[:2] == (400, "problem")
    answer = api.ask("POST", "jining/applications", b"a=" + b"x" * 1_000_000, "application/x-www-form-urlencoded")
    assert page(answer)[:2] == (413, "problem")


def test_a_store_that_is_away_gets_a_page(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> Any:
        raise UnavailableError

    monkeypatch.setattr(DynamoStore, "read", away)
    assert page(api.form("jining/applications", *fields(applications.jining())))[:2] == (503, "problem")


def test_a_family_looks_its_case_up(api: Api) -> None:
    receipt = api.post("jining/applications", applications.jining()).json
    numbers = [(name, receipt[name]) for name in ("case_number", "lookup_code")]
    status, name, slug, (answer, typed) = page(api.form("jining/lookup", *numbers))
    assert (status, name, slug) == (200, "case", "jining")
    assert typed == {name: [value] for name, value in numbers}
    assert answer["case_number"] == receipt["case_number"]


def test_a_wrong_code_brings_the_look_up_form_back(api: Api) -> None:
    number = api.post("jining/applications", applications.jining()).json["case_number"]
    wrong = [("case_number", number), ("lookup_code", "0")]
    status, name, _, (typed, problems) = page(api.form("jining/lookup", *wrong))
    assert (status, name, typed["case_number"]) == (404, "lookup", [number])
    assert problems[0][1]
    last = [api.form("jining/lookup", *wrong) for _ in range(6)][-1]
    assert page(last)[:2] == (429, "lookup")
    assert int(last.headers["Retry-After"]) > 0


Numbers = list[tuple[str, str]]


def submitted(api: Api) -> tuple[dict[str, Any], Numbers]:
    receipt = api.post("jining/applications", applications.jining()).json
    return receipt, [(name, receipt[name]) for name in ("case_number", "lookup_code")]


def states(answer: dict[str, Any]) -> dict[str, str]:
    return {task["task_id"]: task["state"] for task in answer["tasks"]}


def test_a_family_that_takes_something_back_is_asked_once_more_and_then_sees_its_case(api: Api) -> None:
    receipt, numbers = submitted(api)
    last = receipt["tasks"][-1]["task_id"]
    asked = page(api.form("jining/withdrawals", *numbers, ("tasks", last), ("stage", "confirm")))
    assert asked[:2] == (200, "withdraw")
    assert asked[3][2] == [last]
    assert states(asked[3][0])[last] == "waiting", "nothing is withdrawn yet"
    status, name, _, (answer, typed, done) = page(api.form("jining/withdrawals", *numbers, ("tasks", last)))
    assert (status, name, done) == (200, "case", "withdrawals")
    assert typed == {name: [value] for name, value in numbers}
    assert states(answer)[last] == "withdrawn"


def test_without_a_choice_everything_that_still_can_be_is_offered(api: Api) -> None:
    receipt, numbers = submitted(api)
    chosen = page(api.form("jining/withdrawals", *numbers, ("stage", "confirm")))[3][2]
    assert chosen == [task["task_id"] for task in receipt["tasks"]]


@pytest.mark.parametrize("stage", [[], [("stage", "confirm")]])
@pytest.mark.parametrize("task", ["123456789012-01", "", "x" * 5000, "<script>"])
def test_what_cannot_be_withdrawn_brings_the_case_back_with_the_reason(api: Api, stage: Numbers, task: str) -> None:
    _, numbers = submitted(api)
    tasks = [("tasks", task or "none"), ("tasks_listed", "1")]
    status, name, _, (answer, _, problems) = page(api.form("jining/withdrawals", *numbers, *tasks, *stage))
    assert (status, name) == (409, "case")
    assert set(states(answer).values()) <= {"open", "waiting"}
    assert [field for field, _ in problems] == ["tasks"]


@pytest.mark.parametrize("path", ["jining/withdrawals", "jining/corrections"])
def test_a_change_with_a_wrong_code_brings_the_look_up_form_and_changes_nothing(api: Api, path: str) -> None:
    receipt, numbers = submitted(api)
    wrong = [numbers[0], ("lookup_code", "0"), ("applicant.phone", "13900000009")]
    for more in ([], [("stage", "confirm")]):
        status, name, _, (typed, problems) = page(api.form(path, *wrong, *more))
        assert (status, name) == (404, "lookup")
        assert set(typed) == {"case_number", "lookup_code"}, "nothing else that was typed is echoed"
        assert problems[0][1]
    assert states(page(api.form("jining/lookup", *numbers))[3][0]) == states(receipt)


def test_a_correction_brings_the_case_back_without_what_was_typed(api: Api) -> None:
    _, numbers = submitted(api)
    answer = api.form("jining/corrections", *numbers, ("applicant.phone", "13900000009"), ("tasks_listed", "1"))
    status, name, _, (_, typed, done) = page(answer)
    assert (status, name, done) == (200, "case", "corrections")
    assert set(typed) == {"case_number", "lookup_code"}
    assert "13900000009" not in answer.body


def test_a_wrong_correction_brings_the_case_back_with_everything_typed(api: Api) -> None:
    _, numbers = submitted(api)
    sent = [*numbers, ("applicant.phone", "1"), ("applicant.address", "某路 2 号"), ("tasks_listed", "1")]
    status, name, _, (answer, typed, problems) = page(api.form("jining/corrections", *sent))
    assert (status, name) == (422, "case")
    assert answer["state"] == "received"
    assert (typed["applicant.phone"], typed["applicant.address"]) == (["1"], ["某路 2 号"])
    assert [field for field, _ in problems] == ["applicant.phone"]


def test_unticking_every_task_answers_none(api: Api) -> None:
    receipt, numbers = submitted(api)
    task = receipt["tasks"][0]["task_id"]
    ask = {"report_id": "r1", "action": "ask", "reason": "x"}
    assert api.post(f"jining/tasks/{task}/report", ask, token(agency="health")).status == 200
    sent = [*numbers, ("applicant.phone", "13900000009"), ("tasks_listed", "1")]
    assert states(page(api.form("jining/corrections", *sent))[3][0])[task] == "correcting"
    assert states(page(api.form("jining/corrections", *sent, ("tasks", task)))[3][0])[task] == "open"
