"""A refusal blocks what waits for its certificate; the board names who holds it up, until it moves or ends."""

from typing import Any

import pytest

from chalicelib.services.board import Sort
from chalicelib.services.claims import Role
from chalicelib.services.corrections import correct
from chalicelib.services.withdrawals import withdraw
from tests import applications
from tests.services.lead import Lead
from tests.services.world import World, task_of

ITEMS = ("cremation-certificate", "enterprise-retiree", "hukou-cancellation")
"""What waits for a death certificate in Jining."""


@pytest.fixture
def lead(world: World) -> Lead:
    return Lead(world)


def declined(world: World, **changes: Any) -> Any:
    receipt = world.submit(applications.jining(**changes)).receipt
    world.report("health", task_of(receipt, "death-certificate")["task_id"], "decline", reason="mismatch")
    return receipt


def blocked(lead: Lead) -> dict[str, str]:
    return {row["item"]: row["blocked_by"] for row in lead.notes(Sort.BLOCKED)}


def marked(world: World) -> dict[str, str]:
    tasks = (one for one in world.store.records.values() if "live" in one)
    return {one["item"]: one["blocked_by"] for one in tasks if one.get("blocked_by")}


def someone() -> dict[str, str]:
    person = applications.deceased()
    return {"id_number": person["id_number"], "name": person["name"]}


@pytest.mark.parametrize("action", ["decline", "fail"])
def test_a_refusal_blocks_what_waits_for_its_certificate_in_the_same_transaction(
    world: World, lead: Lead, action: str
) -> None:
    receipt = world.submit(applications.jining()).receipt
    task = task_of(receipt, "death-certificate")["task_id"]
    if action == "fail":
        world.report("health", task, "accept")
    world.store.calls.clear()
    world.report("health", task, action, reason="mismatch")
    assert world.store.calls == {"read": 1, "commit": 1}
    assert blocked(lead) == marked(world) == dict.fromkeys(ITEMS, "health")


def test_the_board_tells_who_holds_it_up_and_why(world: World, lead: Lead) -> None:
    receipt = declined(world)
    row = next(row for row in lead.notes(Sort.BLOCKED) if row["item"] == "hukou-cancellation")
    assert row["task_id"] == task_of(receipt, "hukou-cancellation")["task_id"]
    assert (row["agency_name"], row["blocked_by_name"]) == ("公安机关", "卫健部门")
    assert row["cause_name"] == "出具死亡证明（正常死亡）"
    assert row["reason"] == "申请信息与登记信息不一致"
    assert sorted(row["waits_for"]) == ["死亡证明", "火化证明"]
    assert lead.counts("police")["blocked"] == 1
    assert lead.counts()["blocked"] == 3


def test_the_blocked_are_listed_in_two_reads_and_by_agency(world: World, lead: Lead) -> None:
    declined(world)
    declined(world)
    world.store.calls.clear()
    assert {row["agency"] for row in lead.notes(Sort.BLOCKED, "police")} == {"police"}
    assert world.store.calls == {"read": 2}


def test_in_guyang_a_refusal_by_the_police_blocks_everything(world: World) -> None:
    receipt = world.submit(applications.guyang(), "guyang").receipt
    world.certify("health", "death-certificate", someone(), locality="guyang")
    hukou = task_of(receipt, "hukou-cancellation")["task_id"]
    world.report("police", hukou, "decline", "guyang", reason="no-record")
    assert set(blocked(Lead(world, "guyang")).values()) == {"police"}
    assert len(blocked(Lead(world, "guyang"))) == 3


def test_a_certificate_from_elsewhere_frees_them(world: World, lead: Lead) -> None:
    declined(world)
    world.certify("civil-affairs", "cremation-certificate", someone())
    world.deliver_all()
    assert set(blocked(lead)) == set(marked(world)) == {"cremation-certificate"}
    world.certify("health", "death-certificate", someone())
    world.deliver_all()
    assert blocked(lead) == marked(world) == {}


def test_one_opened_by_hand_is_not_blocked_any_more_and_gives_hope_to_what_waits_for_it(
    world: World, lead: Lead
) -> None:
    receipt = declined(world)
    cremation = task_of(receipt, "cremation-certificate")["task_id"]
    world.report("civil-affairs", cremation, "open", reason="judgment-seen")
    assert blocked(lead) == marked(world) == {}


def test_withdrawing_takes_them_off_the_board(world: World, lead: Lead) -> None:
    receipt = declined(world)
    numbers = {name: receipt[name] for name in ("case_number", "lookup_code")}
    withdraw(world.ports, "jining", {**numbers, "tasks": [task_of(receipt, "hukou-cancellation")["task_id"]]})
    assert set(blocked(lead)) == {"cremation-certificate", "enterprise-retiree"}
    withdraw(world.ports, "jining", numbers)
    assert blocked(lead) == marked(world) == {}


def test_a_correction_that_finds_the_certificate_frees_them(world: World, lead: Lead) -> None:
    other = applications.deceased(7)
    receipt = declined(world, deceased=other)
    world.certify("health", "death-certificate", someone())
    assert blocked(lead)
    numbers = {name: receipt[name] for name in ("case_number", "lookup_code")}
    correct(world.ports, "jining", {**numbers, "deceased": someone()})
    assert blocked(lead) == marked(world) == {}


def test_what_changes_elsewhere_in_the_case_does_not_note_them_again(world: World, lead: Lead) -> None:
    receipt = declined(world)
    before = lead.notes(Sort.BLOCKED)
    world.later(days=1)
    numbers = {name: receipt[name] for name in ("case_number", "lookup_code")}
    withdraw(world.ports, "jining", {**numbers, "tasks": [task_of(receipt, "hukou-cancellation")["task_id"]]})
    after = lead.notes(Sort.BLOCKED)
    assert len(after) == 2
    assert all(row in before for row in after), "with the time at which it was blocked"


def test_the_family_reads_the_reason_and_no_more_waits_than_before(world: World, lead: Lead) -> None:
    receipt = declined(world)
    shown = {task["item"]: task for task in world.look_up(receipt)["tasks"]}
    assert shown["death-certificate"]["reason"] == "申请信息与登记信息不一致"
    assert shown["hukou-cancellation"]["state"] == "waiting"


def test_a_refused_task_whose_reason_is_gone_leaves_it_empty(world: World, lead: Lead) -> None:
    receipt = declined(world)
    task = task_of(receipt, "death-certificate")["task_id"]
    del world.store.records[next(key for key in world.store.records if key.sk.endswith(f"task#{task}"))]
    assert {row["reason"] for row in lead.notes(Sort.BLOCKED)} == {""}


def test_an_agency_sees_in_its_list_who_blocks_a_task(world: World) -> None:
    declined(world)
    (row,) = world.tasks("police", "waiting")
    assert row["blocked_by"] == "health"
    assert world.claims("police").role is Role.AGENCY
