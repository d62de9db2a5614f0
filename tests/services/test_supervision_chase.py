"""Pressing for a task: the agency sees the note, is told by mail once, and it stands on the record."""

import json
from typing import Any

import pytest

from chalicelib.services.case_states import case_states
from chalicelib.services.chase import chase
from chalicelib.services.claims import Role
from chalicelib.services.outline import outline_task
from chalicelib.services.refused import Refused
from tests import applications
from tests.services.lead import Lead
from tests.services.world import World, task_of


@pytest.fixture
def lead(world: World) -> Lead:
    return Lead(world)


@pytest.fixture
def task(world: World) -> str:
    receipt = world.submit(applications.jining()).receipt
    world.deliver_all()
    world.mailer.sent.clear()
    world.texter.sent.clear()
    return str(task_of(receipt, "death-certificate")["task_id"])


def status(caught: pytest.ExceptionInfo[Refused]) -> tuple[int, str]:
    return caught.value.status, caught.value.problems[0].code


@pytest.mark.parametrize("state", ["open", "accepted"])
def test_the_agency_sees_the_note_in_its_task_and_that_it_was_pressed_in_its_list(
    world: World, lead: Lead, task: str, state: str
) -> None:
    if state == "accepted":
        world.report("health", task, "accept")
    world.later(days=10)
    answer = lead.chase(task, "  家属已多次来电，请于今日办结\n并回复。 ")
    note = {"at": "2026-12-03T10:00:00+08:00", "note": "家属已多次来电，请于今日办结\n并回复。"}
    assert answer == {"task_id": task, "state": state, "due": "2026-11-26", "chases": [note]}
    assert outline_task(world.ports, world.claims("health"), "jining", task)["chases"] == [note]
    (row,) = world.tasks("health", state)
    assert row["chased_at"] == note["at"]
    (late,) = lead.overdue("health").rows
    assert late["chases"] == [note]
    assert case_states(world.ports, lead.claims, "jining", task[:12])["tasks"][0]["chases"] == [note]


def test_the_agency_is_told_by_mail_without_the_note_and_the_family_is_not_told(
    world: World, lead: Lead, task: str
) -> None:
    lead.chase(task, "家属王小明已多次来电")
    world.deliver_all()
    ((to, subject, text, _),) = world.mailer.sent
    assert to == "health@jining.example"
    assert "督办" in subject
    assert "王小明" not in subject + text
    assert world.texter.sent == []


def test_the_same_note_twice_is_one_chase_and_one_mail(world: World, lead: Lead, task: str) -> None:
    first = lead.chase(task)
    world.later(minutes=5)
    assert lead.chase(task) == first
    world.later(days=1)
    assert len(lead.chase(task)["chases"]) == 2, "another day it is another chase"
    assert len(lead.chase(task, "换一句")["chases"]) == 3
    world.deliver_all()
    assert len(world.mailer.sent) == 3


def test_a_chase_is_on_the_record_without_its_words(world: World, lead: Lead, task: str) -> None:
    lead.chase(task)
    last = world.store.read_partition(f"case#jining#{task[:12]}", "audit#")[-1]
    assert (last["action"], last["task"]) == ("chased", task)
    assert last["actor"] == "supervisor:administrative-approval:clerk-1"
    assert "请尽快办理" not in json.dumps(last, ensure_ascii=False)


@pytest.mark.parametrize(
    ("action", "name"), [("ask", "待补正"), ("decline", "不予受理")], ids=["waits for the family", "has ended"]
)
def test_what_is_not_in_the_agencys_hands_is_not_pressed_for(
    world: World, lead: Lead, task: str, action: str, name: str
) -> None:
    world.report("health", task, action, reason="mismatch")
    with pytest.raises(Refused) as caught:
        lead.chase(task)
    assert status(caught) == (409, "not_running")
    assert caught.value.problems[0].values["state"] == name


def test_nobody_is_pressed_for_ever(world: World, lead: Lead, task: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.services.chase.MOST", 2)
    lead.chase(task, "一")
    lead.chase(task, "二")
    with pytest.raises(Refused) as caught:
        lead.chase(task, "三")
    assert status(caught) == (409, "too_many")


@pytest.mark.parametrize(
    ("note", "code"),
    [
        (None, "required"),
        ("", "required"),
        (" \n\u3000", "required"),
        (True, "wrong_type"),
        (["x"], "wrong_type"),
        ("长" * 501, "too_long"),
        ("a\x07b", "control"),
        ("a\u202eb", "control"),
        ("a\ud83db", "control"),
    ],
)
def test_a_hostile_note_is_refused(lead: Lead, task: str, note: Any, code: str) -> None:
    with pytest.raises(Refused) as caught:
        lead.chase(task, note)
    assert status(caught) == (422, code)


def test_a_note_may_be_as_long_as_is_said(lead: Lead, task: str) -> None:
    assert lead.chase(task, "长" * 500)["chases"]


@pytest.mark.parametrize("body", [{"note": "好", "state": "completed"}, {"note": "好", "": 1}])
def test_what_else_a_body_holds_is_refused(world: World, lead: Lead, task: str, body: Any) -> None:
    with pytest.raises(Refused) as caught:
        chase(world.ports, lead.claims, "jining", task, body)
    assert status(caught) == (422, "unknown_field")


@pytest.mark.parametrize("task_id", ["", "x", "123456789012-01", "123456789012-1", "１２３４５６７８９０１２-01"])
def test_an_unknown_task_is_not_found(lead: Lead, task_id: str) -> None:
    with pytest.raises(Refused) as caught:
        lead.chase(task_id)
    assert status(caught) == (404, "not_found")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_only_the_lead_agencys_supervisor_presses(world: World, task: str, role: Role) -> None:
    for claims in (world.claims("administrative-approval", role), world.claims("health", Role.SUPERVISOR)):
        with pytest.raises(Refused) as caught:
            chase(world.ports, claims, "jining", task, {"note": "好"})
        assert status(caught) == (403, "wrong_role")


def test_another_places_task_is_not_found(world: World, task: str) -> None:
    with pytest.raises(Refused) as caught:
        Lead(world, "guyang").chase(task)
    assert status(caught) == (404, "not_found")


def test_a_report_that_comes_in_between_is_not_overwritten(world: World, lead: Lead, task: str) -> None:
    world.store.before_commit = lambda: world.report("health", task, "accept")
    assert lead.chase(task)["state"] == "accepted"
    assert world.tasks("health", "accepted")[0]["task_id"] == task
