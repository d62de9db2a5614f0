"""What the family thought of it: scores, "办不成事", and the call that a bad mark makes somebody owe."""

from typing import Any

import pytest

from chalicelib.services.corrections import correct
from chalicelib.services.ratings import rate
from chalicelib.services.refused import Refused
from chalicelib.services.store import Table
from chalicelib.services.withdrawals import withdraw
from tests import applications
from tests.services.world import World, task_of

LEAD = "administrative-approval"
COMMENT = "窗口让我跑了三趟，请给我回电话"


def numbers(receipt: Any) -> dict[str, Any]:
    return {name: receipt[name] for name in ("case_number", "lookup_code")}


def refusal(call: Any) -> tuple[int, list[str]]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.status, [problem.code for problem in caught.value.problems]


@pytest.fixture
def receipt(world: World) -> Any:
    """A case of which the first item has a result."""
    receipt = world.submit(applications.jining()).receipt
    world.finish("health", task_of(receipt, "death-certificate")["task_id"])
    world.deliver_all()
    return receipt


def said(world: World, receipt: Any, item: str = "death-certificate", **what: Any) -> Any:
    body = {**numbers(receipt), "task_id": task_of(receipt, item)["task_id"], **what}
    return rate(world.ports, "jining", body)


def calls(world: World) -> list[Any]:
    return [task for task in world.tasks(LEAD) if task["kind"] == "call-back"]


def opinion(answer: Any, item: str = "death-certificate") -> Any:
    return next(task for task in answer["tasks"] if task["item"] == item)


@pytest.mark.parametrize("score", [3, 4, 5])
def test_a_good_mark_is_kept_and_nobody_calls(world: World, receipt: Any, score: int) -> None:
    answer = said(world, receipt, score=score)
    assert opinion(answer)["score"] == score
    assert opinion(answer)["score_name"] in ("基本满意", "满意", "非常满意")
    assert (answer["call_backs"], calls(world)) == ([], [])


@pytest.mark.parametrize("score", [1, 2])
def test_a_bad_mark_makes_the_lead_agency_owe_a_call_within_five_working_days(
    world: World, receipt: Any, score: int
) -> None:
    answer = said(world, receipt, score=score)
    (call,) = calls(world)
    assert (call["name"], call["due"]) == ("回访：出具死亡证明（正常死亡）", "2026-11-30")
    (told,) = answer["call_backs"]
    assert "会有人在2026年11月30日前给您回电" in told["text"]
    assert "call-back" not in str(answer["tasks"])
    assert len(answer["tasks"]) == len(world.look_up(receipt)["tasks"])
    world.deliver_all()
    (mail,) = (one for one in world.mailer.sent if one[0] == f"{LEAD}@jining.example")
    assert "请回电" in mail[1]


def test_that_nothing_goes_on_can_be_said_of_anything_at_any_time_and_without_a_score(
    world: World, receipt: Any
) -> None:
    for item in ("hukou-cancellation", "death-certificate"):
        said(world, receipt, item, stuck=True)
    assert len(calls(world)) == 2
    assert [task["score"] for task in world.look_up(receipt)["tasks"]] == [None] * 5


def test_a_score_is_for_what_has_a_result(world: World, receipt: Any) -> None:
    assert refusal(lambda: said(world, receipt, "hukou-cancellation", score=5)) == (409, ["rate_later"])
    can_rate = {task["item"]: task["can_rate"] for task in world.look_up(receipt)["tasks"]}
    assert [item for item, can in can_rate.items() if can] == ["death-certificate"]


def test_saying_the_same_again_changes_nothing(world: World, receipt: Any) -> None:
    said(world, receipt, score=1, comment=COMMENT)
    before = dict(world.store.records)
    said(world, receipt, score=1, comment=f" {COMMENT}\n")
    assert world.store.records == before


def test_a_score_can_be_changed_for_a_week(world: World, receipt: Any) -> None:
    said(world, receipt, score=1)
    world.later(days=7)
    assert opinion(said(world, receipt, score=5))["score"] == 5
    world.later(days=1)
    assert refusal(lambda: said(world, receipt, score=4)) == (409, ["rated_already"])
    assert opinion(said(world, receipt, score=5))["score"] == 5, "the same again is no change"


def test_two_complaints_about_one_task_are_one_call_until_it_was_made(world: World, receipt: Any) -> None:
    said(world, receipt, score=2)
    said(world, receipt, stuck=True, comment=COMMENT)
    (call,) = calls(world)
    world.report(LEAD, call["task_id"], "complete", result="已回电")
    assert calls(world) == []
    said(world, receipt, stuck=True, comment=COMMENT)
    (again,) = calls(world)
    assert again["task_id"] != call["task_id"]


def test_whoever_calls_sees_whom_to_call_and_what_was_said_and_nothing_else(world: World, receipt: Any) -> None:
    said(world, receipt, score=1, comment=COMMENT)
    said(world, receipt, stuck=True)
    (call,) = calls(world)
    opened = world.open_task(LEAD, call["task_id"])
    assert opened["fields"] == {
        "applicant.name": applications.applicant()["name"],
        "applicant.phone": applications.applicant()["phone"],
    }
    assert [(one["score"], one["stuck"], one["comment"]) for one in opened["marks"]] == [
        (1, False, COMMENT),
        (None, True, ""),
    ]
    assert opened["about"]["task_id"] == task_of(receipt, "death-certificate")["task_id"]
    assert "出具" in opened["about"]["name"]
    assert [one["agency"] for one in world.look_up(receipt)["openings"]] == [LEAD]


def test_a_corrected_telephone_is_the_one_to_call(world: World, receipt: Any) -> None:
    said(world, receipt, score=1)
    correct(world.ports, "jining", {**numbers(receipt), "applicant": {"phone": "13900009999"}})
    (call,) = calls(world)
    assert world.open_task(LEAD, call["task_id"])["fields"]["applicant.phone"] == "13900009999"


def test_nobody_else_finds_the_call(world: World, receipt: Any) -> None:
    said(world, receipt, score=1)
    (call,) = calls(world)
    assert refusal(lambda: world.open_task("health", call["task_id"])) == (404, ["not_found"])


def test_what_was_written_stands_nowhere_in_the_clear(world: World, receipt: Any) -> None:
    said(world, receipt, score=1, comment=COMMENT)
    assert "三趟" not in str(world.store.records)
    envelopes = [key.sk for key in world.store.records if key.table is Table.ENVELOPES and ".comment" in key.sk]
    assert len(envelopes) == 1


@pytest.mark.parametrize("note", [{}, {"result": ""}, {"result": "  \n"}])
def test_a_call_cannot_be_closed_without_a_note(world: World, receipt: Any, note: dict[str, str]) -> None:
    said(world, receipt, score=1)
    (call,) = calls(world)
    assert refusal(lambda: world.report(LEAD, call["task_id"], "complete", **note)) == (422, ["note_required"])
    world.report(LEAD, call["task_id"], "accept")
    assert refusal(lambda: world.report(LEAD, call["task_id"], "complete", **note)) == (422, ["note_required"])
    assert world.tasks(LEAD, "accepted")


@pytest.mark.parametrize("action", ["decline", "fail", "ask", "open"])
def test_a_call_ends_with_a_note_or_not_at_all(world: World, receipt: Any, action: str) -> None:
    said(world, receipt, score=1)
    (call,) = calls(world)
    assert refusal(lambda: world.report(LEAD, call["task_id"], action, reason="x")) == (409, ["state_conflict"])


def test_the_family_learns_that_somebody_called_and_never_the_note(world: World, receipt: Any) -> None:
    said(world, receipt, score=1)
    (call,) = calls(world)
    world.deliver_all()
    told = len(world.texter.sent)
    world.report(LEAD, call["task_id"], "complete", result="家属已谅解")
    answer = world.look_up(receipt)
    assert answer["call_backs"][0]["state"] == "completed"
    assert "已经给您回过电" in answer["call_backs"][0]["text"]
    assert "谅解" not in str(answer)
    world.deliver_all()
    assert len(world.texter.sent) == told, "a call needs no message"


def test_a_call_keeps_no_case_open_and_a_withdrawal_does_not_take_it_back(world: World) -> None:
    receipt = world.submit(applications.jining(matters=["death-certificate"], payee=None, accounts=None)).receipt
    said(world, receipt, stuck=True)
    assert withdraw(world.ports, "jining", numbers(receipt))["state"] == "withdrawn"
    assert len(calls(world)) == 1
    (call,) = calls(world)
    world.report(LEAD, call["task_id"], "complete", result="已回电")
    assert world.look_up(receipt)["state"] == "withdrawn"


def test_the_audit_says_that_a_mark_was_given_and_not_which(world: World, receipt: Any) -> None:
    said(world, receipt, score=1, stuck=True, comment=COMMENT)
    entry = next(value for value in world.store.records.values() if value.get("action") == "rated")
    assert (entry["actor"], entry["fields"]) == ("family", ["score", "stuck", "comment"])
    assert set(entry) == {"at", "actor", "action", "task", "fields", "before", "hash", "version"}


WRONG = [
    ({}, ["choose"]),
    ({"stuck": False}, ["choose"]),
    ({"score": 0}, ["choice"]),
    ({"score": 6}, ["choice"]),
    ({"score": True}, ["choice"]),
    ({"score": 4.0}, ["choice"]),
    ({"score": "5"}, ["choice"]),
    ({"score": [5]}, ["choice"]),
    ({"score": 5, "stuck": "yes"}, ["wrong_type"]),
    ({"score": 5, "stuck": 1}, ["wrong_type"]),
    ({"score": 5, "comment": "长" * 501}, ["too_long"]),
    ({"score": 5, "comment": 5}, ["wrong_type"]),
    ({"score": 5, "comment": "a\x00b"}, ["control"]),
    ({"score": 5, "comment": "a\ud800"}, ["control"]),
    ({"score": 5, "surprise": 1}, ["unknown_field"]),
    ({"score": 5, "task_id": "370800194503010018"}, ["choice"]),
    ({"score": 5, "task_id": None}, ["choice"]),
    ({"score": 5, "task_id": ["x"]}, ["choice"]),
]


@pytest.mark.parametrize(("body", "codes"), WRONG)
def test_a_mark_that_says_nothing_sound_is_refused_and_stores_nothing(
    world: World, receipt: Any, body: dict[str, Any], codes: list[str]
) -> None:
    before = dict(world.store.records)
    assert refusal(lambda: said(world, receipt, **body)) == (422, codes)
    assert world.store.records == before


def test_a_call_itself_is_not_rated(world: World, receipt: Any) -> None:
    said(world, receipt, score=1)
    (call,) = calls(world)
    assert refusal(lambda: said(world, receipt, task_id=call["task_id"], score=1)) == (422, ["choice"])


def test_a_wrong_code_rates_nothing(world: World, receipt: Any) -> None:
    wrong = {**numbers(receipt), "lookup_code": "0" * 16, "task_id": "x", "score": 1}
    assert refusal(lambda: rate(world.ports, "jining", wrong)) == (404, ["not_found"])


def test_a_complaint_afterwards_takes_no_score_back(world: World, receipt: Any) -> None:
    said(world, receipt, score=5)
    assert opinion(said(world, receipt, stuck=True))["score"] == 5


def test_there_is_an_end_to_complaining(world: World, receipt: Any) -> None:
    for count in range(20):
        said(world, receipt, stuck=True, comment=str(count))
    assert refusal(lambda: said(world, receipt, stuck=True, comment="more")) == (409, ["too_many"])


def test_of_two_marks_at_once_both_count(world: World, receipt: Any) -> None:
    world.store.before_commit = lambda: said(world, receipt, "hukou-cancellation", stuck=True)
    said(world, receipt, score=1)
    assert sorted(call["task_id"][-2:] for call in calls(world)) == ["98", "99"]
