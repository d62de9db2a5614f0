"""What the family changes afterwards: corrections reach whom they concern, withdrawals stop what is not accepted."""

from typing import Any

import pytest

from chalicelib.services.corrections import correct
from chalicelib.services.refused import Refused
from chalicelib.services.withdrawals import withdraw
from tests import applications
from tests.services.world import World, task_of


def numbers(receipt: Any) -> dict[str, Any]:
    return {name: receipt[name] for name in ("case_number", "lookup_code")}


def refusal(call: Any) -> tuple[int, list[str]]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.status, [problem.code for problem in caught.value.problems]


def states(answer: Any) -> dict[str, str]:
    return {task["item"]: task["state"] for task in answer["tasks"]}


def test_a_corrected_value_reaches_every_live_task_that_discloses_it_and_no_other(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.finish("health", task_of(receipt, "death-certificate")["task_id"])
    world.deliver_all()
    world.mailer.sent.clear()
    correct(world.ports, "jining", {**numbers(receipt), "applicant": {"address": "新地址二号"}})
    pension = task_of(receipt, "enterprise-retiree")["task_id"]
    assert world.open_task("social-security", pension)["fields"]["applicant.address"] == "新地址二号"
    hukou = world.open_task("police", task_of(receipt, "hukou-cancellation")["task_id"])["fields"]
    assert "applicant.address" not in hukou
    world.deliver_all()
    assert [to for to, *_ in world.mailer.sent] == ["social-security@jining.example"]


def test_a_corrected_telephone_gets_the_later_messages(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.deliver_all()
    correct(world.ports, "jining", {**numbers(receipt), "applicant": {"phone": "13900009999"}})
    world.finish("health", task_of(receipt, "death-certificate")["task_id"])
    world.deliver_all()
    assert {to for to, *_ in world.texter.sent[1:]} == {"13900009999"}


def test_answering_an_agency_lets_only_the_task_that_asked_go_on(world: World) -> None:
    receipt = world.submit(applications.jining(matters=["death-certificate", "hukou-cancellation"], payee=None)).receipt
    task = task_of(receipt, "death-certificate")["task_id"]
    world.report("health", task, "accept")
    world.report("health", task, "ask", reason="mismatch")
    answer = correct(world.ports, "jining", {**numbers(receipt), "tasks": [task]})
    assert states(answer) == {"death-certificate": "accepted", "hukou-cancellation": "waiting"}
    assert refusal(lambda: correct(world.ports, "jining", {**numbers(receipt), "tasks": [task]})) == (
        409,
        ["not_asked"],
    )


def test_a_corrected_id_number_moves_the_case_to_the_other_person(world: World) -> None:
    wrong, right = applications.deceased(serial=3), applications.deceased(serial=4)
    receipt = world.submit(applications.jining(deceased=wrong)).receipt
    world.certify("health", "death-certificate", {"id_number": right["id_number"], "name": right["name"]})
    assert states(world.look_up(receipt))["hukou-cancellation"] == "waiting"
    change = {"deceased": {"id_number": right["id_number"], "name": right["name"]}}
    answer = correct(world.ports, "jining", {**numbers(receipt), **change})
    assert states(answer)["hukou-cancellation"] == "open"
    world.certify("civil-affairs", "cremation-certificate", {"id_number": wrong["id_number"], "name": wrong["name"]})
    later = world.submit(applications.jining(deceased=wrong)).receipt
    assert later["done_already"] == ["cremation-certificate"], "the wrong person keeps what is theirs"


WRONG = [
    ({}, "nothing_to_correct"),
    ({"deceased": {"id_number": "370800194503010020"}}, "both_needed"),
    ({"applicant": {"phone": "1"}}, "characters"),
    ({"applicant": {"mood": "x"}}, "unknown_field"),
    ({"tasks": "all"}, "wrong_type"),
    ({"surprise": 1}, "unknown_field"),
]


@pytest.mark.parametrize(("change", "code"), WRONG, ids=[code for _, code in WRONG])
def test_a_correction_that_says_nothing_sound_is_refused_and_stores_nothing(
    world: World, change: dict[str, Any], code: str
) -> None:
    receipt = world.submit(applications.jining()).receipt
    before = dict(world.store.records)
    status, codes = refusal(lambda: correct(world.ports, "jining", {**numbers(receipt), **change}))
    assert status == 422
    assert code in codes or code == "characters"
    assert world.store.records == before


def test_a_wrong_code_corrects_and_withdraws_nothing(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    wrong = {"case_number": receipt["case_number"], "lookup_code": "0" * 16}
    for call in (correct, withdraw):
        assert refusal(lambda call=call: call(world.ports, "jining", wrong)) == (404, ["not_found"])  # type: ignore[misc]


def test_what_is_not_accepted_yet_can_be_withdrawn(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.report("health", task_of(receipt, "death-certificate")["task_id"], "accept")
    task = task_of(receipt, "hukou-cancellation")["task_id"]
    answer = withdraw(world.ports, "jining", {**numbers(receipt), "tasks": [task]})
    assert states(answer)["hukou-cancellation"] == "withdrawn"
    accepted = task_of(receipt, "death-certificate")["task_id"]
    assert refusal(lambda: withdraw(world.ports, "jining", {**numbers(receipt), "tasks": [accepted]})) == (
        409,
        ["too_late_to_withdraw"],
    )
    answer = withdraw(world.ports, "jining", numbers(receipt))
    assert states(answer)["death-certificate"] == "accepted"
    assert answer["state"] == "in_progress"


def test_what_started_by_itself_is_not_the_familys_to_take_back(world: World) -> None:
    someone = applications.deceased()
    receipt = world.submit(applications.jining()).receipt
    world.certify("health", "death-certificate", {"id_number": someone["id_number"], "name": someone["name"]})
    licence = task_of(world.look_up(receipt), "licence-cancellation")
    assert not licence["withdrawable"]
    assert refusal(lambda: withdraw(world.ports, "jining", {**numbers(receipt), "tasks": [licence["task_id"]]})) == (
        409,
        ["too_late_to_withdraw"],
    )


def test_withdrawing_everything_ends_the_case_and_nothing_silent_starts_for_it(world: World) -> None:
    someone = applications.deceased()
    receipt = world.submit(applications.jining()).receipt
    assert withdraw(world.ports, "jining", numbers(receipt))["state"] == "withdrawn"
    world.certify("health", "death-certificate", {"id_number": someone["id_number"], "name": someone["name"]})
    assert world.look_up(receipt)["state"] == "withdrawn"
    assert world.tasks("police") == []
