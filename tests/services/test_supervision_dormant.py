"""Cases in which nothing moves are found at night, listed, and ended by the lead agency with a reason."""

import json
from typing import Any

import pytest

from chalicelib.cases.dormancy import days_quiet
from chalicelib.services.board import Sort
from chalicelib.services.case_states import case_states
from chalicelib.services.claims import Role
from chalicelib.services.closing import close_dormant
from chalicelib.services.corrections import correct
from chalicelib.services.ratings import rate
from chalicelib.services.records import person_key
from chalicelib.services.refused import Refused
from chalicelib.services.withdrawals import withdraw
from tests import applications
from tests.services.lead import Lead
from tests.services.world import World, task_of

AFTER = 60
"""As the catalogue says."""


@pytest.fixture
def lead(world: World) -> Lead:
    assert world.catalogue("jining").dormant_after_days == AFTER
    return Lead(world)


def status(caught: pytest.ExceptionInfo[Refused]) -> tuple[int, str]:
    return caught.value.status, caught.value.problems[0].code


def submitted(world: World, **changes: Any) -> Any:
    return world.submit(applications.jining(**changes)).receipt


def number_of(receipt: Any) -> str:
    return str(receipt["case_number"].replace(" ", ""))


def dormant(lead: Lead) -> list[str]:
    return [row["case_number"] for row in lead.notes(Sort.DORMANT)]


def states(world: World, receipt: Any) -> dict[str, str]:
    return {task["item"]: task["state"] for task in world.look_up(receipt)["tasks"]}


def someone() -> dict[str, str]:
    person = applications.deceased()
    return {"id_number": person["id_number"], "name": person["name"]}


def test_a_case_is_dormant_after_the_catalogues_days_and_not_one_day_before(world: World, lead: Lead) -> None:
    receipt = submitted(world)
    world.later(days=AFTER - 1)
    lead.night()
    assert dormant(lead) == []
    world.later(days=1)
    assert lead.night()["dormant"] == 1
    assert dormant(lead) == [number_of(receipt)]


def test_the_list_tells_since_when_and_what_is_left_with_whom(world: World, lead: Lead) -> None:
    receipt = submitted(world)
    world.report("health", task_of(receipt, "death-certificate")["task_id"], "decline", reason="mismatch")
    world.later(days=AFTER + 5)
    lead.night()
    (row,) = lead.notes(Sort.DORMANT)
    assert (row["since"], row["days"]) == ("2026-11-23T10:00:00+08:00", AFTER + 5)
    assert {"agency": "police", "state": "waiting"}.items() <= row["tasks"][-1].items()
    assert "health" not in {task["agency"] for task in row["tasks"]}, "that task has ended"
    assert lead.notes(Sort.DORMANT, "police") == (row,)
    assert lead.notes(Sort.DORMANT, "health") == ()


def test_a_night_twice_notes_a_case_once_and_keeps_its_note(world: World, lead: Lead) -> None:
    submitted(world)
    world.later(days=AFTER)
    lead.night()
    before = lead.notes(Sort.DORMANT)
    assert lead.night()["dormant"] == 0
    assert lead.notes(Sort.DORMANT) == before


@pytest.mark.parametrize("move", ["report", "certificate", "withdrawal", "correction"])
def test_whatever_moves_takes_a_case_off_the_list(world: World, lead: Lead, move: str) -> None:
    receipt = submitted(world)
    world.later(days=AFTER)
    lead.night()
    numbers = {name: receipt[name] for name in ("case_number", "lookup_code")}
    if move == "report":
        world.report("health", task_of(receipt, "death-certificate")["task_id"], "accept")
    elif move == "certificate":
        world.certify("civil-affairs", "cremation-certificate", someone())
    elif move == "correction":
        correct(world.ports, "jining", {**numbers, "applicant": {"phone": "13900000009"}})
    else:
        withdraw(world.ports, "jining", {**numbers, "tasks": [task_of(receipt, "hukou-cancellation")["task_id"]]})
    assert dormant(lead) == []
    world.later(days=AFTER - 1)
    assert lead.night()["dormant"] == 0
    world.later(days=1)
    assert lead.night()["dormant"] == 1


def test_looking_at_data_or_pressing_an_agency_moves_nothing(world: World, lead: Lead) -> None:
    task = task_of(submitted(world), "death-certificate")["task_id"]
    world.later(days=AFTER - 1)
    world.open_task("health", task)
    lead.chase(task)
    world.later(days=1)
    assert lead.night()["dormant"] == 1
    world.open_task("health", task)
    lead.chase(task, "再次请尽快办理")
    assert len(dormant(lead)) == 1


def test_a_case_that_ended_is_not_dormant(world: World, lead: Lead) -> None:
    receipt = submitted(world, matters=["death-certificate"], payee=None)
    world.report("health", task_of(receipt, "death-certificate")["task_id"], "decline", reason="mismatch")
    world.later(days=AFTER * 3)
    assert lead.night()["dormant"] == 0


def test_a_night_reads_only_the_cases_that_may_be_dormant(world: World, lead: Lead) -> None:
    old = submitted(world)
    world.later(days=AFTER)
    for _ in range(3):
        submitted(world)
    read: list[Any] = []
    original = world.store.read
    world.store.read = lambda keys: read.extend(keys) or original(keys)  # type: ignore[method-assign]
    lead.night()
    assert [key.pk for key in read if key.sk == "file#case"] == [f"case#jining#{number_of(old)}"]


def test_a_case_that_moves_while_the_night_looks_at_it_is_left_alone(world: World, lead: Lead) -> None:
    receipt = submitted(world)
    world.later(days=AFTER)
    lead.night()
    world.report("health", task_of(receipt, "death-certificate")["task_id"], "accept")
    world.later(days=AFTER)
    task = task_of(receipt, "death-certificate")["task_id"]

    def meanwhile() -> None:
        """The days are written first, then this case."""
        world.store.before_commit = lambda: world.report("health", task, "ask", reason="mismatch")

    original = world.store.commit

    def commit(writes: Any) -> None:
        if any(getattr(write, "set", {}).get("dormant_since") for write in list(writes)):
            world.store.commit = original  # type: ignore[method-assign]
            meanwhile()
        original(writes)

    world.store.commit = commit  # type: ignore[method-assign]
    assert lead.night()["dormant"] == 0
    assert dormant(lead) == []


def test_closing_ends_what_nobody_has_accepted_and_leaves_the_rest(world: World, lead: Lead) -> None:
    receipt = submitted(world, matters=["death-certificate", "medical-account", "hukou-cancellation"])
    world.certify("civil-affairs", "cremation-certificate", someone())
    world.report("medical-insurance", task_of(receipt, "medical-account")["task_id"], "accept")
    world.report("health", task_of(receipt, "death-certificate")["task_id"], "ask", reason="mismatch")
    world.later(days=AFTER)
    answer = lead.close(number_of(receipt))
    assert states(world, receipt) == {
        "death-certificate": "withdrawn",
        "medical-account": "accepted",
        "hukou-cancellation": "withdrawn",
    }
    assert (answer["state"], len(answer["ended"])) == ("in_progress", 2)
    shown = {task["item"]: task for task in world.look_up(receipt)["tasks"]}
    assert shown["hukou-cancellation"]["reason"] == "多次联系不上家属"
    world.report("medical-insurance", task_of(receipt, "medical-account")["task_id"], "complete")
    assert world.look_up(receipt)["state"] == "closed"


def test_closing_everything_ends_the_case_and_nothing_of_it_starts_again(world: World, lead: Lead) -> None:
    receipt = submitted(world)
    world.later(days=AFTER)
    lead.night()
    assert lead.close(number_of(receipt))["state"] == "withdrawn"
    assert set(states(world, receipt).values()) == {"withdrawn"}
    assert dormant(lead) == []
    world.certify("health", "death-certificate", someone())
    world.deliver_all()
    assert set(states(world, receipt).values()) == {"withdrawn"}


def test_the_family_and_every_agency_concerned_are_told_once(world: World, lead: Lead) -> None:
    receipt = submitted(world)
    world.deliver_all()
    world.later(days=AFTER)
    world.mailer.sent.clear()
    world.texter.sent.clear()
    lead.close(number_of(receipt))
    world.deliver_all()
    world.deliver_all()
    assert sorted(mail[0].partition("@")[0] for mail in world.mailer.sent) == sorted(
        task["agency"] for task in receipt["tasks"]
    )
    assert all("牵头部门已结束" in mail[1] for mail in world.mailer.sent)
    (text,) = world.texter.sent
    assert receipt["case_number"] in text[3]
    assert "多次联系不上家属" not in text[3], "the reason is read with the code"


def test_closing_is_on_the_record_without_its_words(world: World, lead: Lead) -> None:
    receipt = submitted(world)
    world.later(days=AFTER)
    lead.close(number_of(receipt))
    chain = world.store.read_partition(f"case#jining#{number_of(receipt)}", "audit#")
    assert (chain[-1]["action"], chain[-1]["actor"]) == ("closed-dormant", "supervisor:administrative-approval:clerk-1")
    assert "联系不上" not in json.dumps(chain, ensure_ascii=False)


def test_a_reason_of_the_catalogue_is_written_out(world: World, lead: Lead) -> None:
    receipt = submitted(world)
    world.later(days=AFTER)
    assert lead.close(number_of(receipt), "no-record")["reason"] == "没有查到相关登记"


def test_a_silent_item_that_was_given_up_can_start_for_the_person_again(world: World, lead: Lead) -> None:
    receipt = submitted(world, matters=["licence-cancellation"], payee=None)
    world.certify("health", "death-certificate", someone())
    key = next(key for key in world.store.records if key.pk.startswith("person#"))
    assert "silent:licence-cancellation" in world.store.records[key]
    world.later(days=AFTER)
    lead.close(number_of(receipt))
    assert key == person_key(key.pk.removeprefix("person#"))
    assert "silent:licence-cancellation" not in world.store.records[key]


def test_a_case_that_moved_lately_is_not_closed(world: World, lead: Lead) -> None:
    receipt = submitted(world)
    world.later(days=AFTER - 1)
    with pytest.raises(Refused) as caught:
        lead.close(number_of(receipt))
    assert status(caught) == (409, "not_dormant")
    assert caught.value.problems[0].values["days"] == str(AFTER)


def test_closing_twice_is_refused_and_so_is_what_is_all_accepted(world: World, lead: Lead) -> None:
    receipt = submitted(world)
    world.later(days=AFTER)
    lead.close(number_of(receipt))
    with pytest.raises(Refused) as caught:
        lead.close(number_of(receipt))
    assert status(caught) == (409, "not_dormant")
    world.later(days=AFTER)
    with pytest.raises(Refused) as caught:
        lead.close(number_of(receipt))
    assert status(caught) == (409, "not_dormant"), "what is over does not fall asleep"
    other = submitted(world, matters=["death-certificate"], payee=None)
    world.report("health", task_of(other, "death-certificate")["task_id"], "accept")
    world.later(days=AFTER)
    with pytest.raises(Refused) as caught:
        lead.close(number_of(other))
    assert status(caught) == (409, "nothing_to_close")


BAD_REASONS = [
    (None, "reason_required"),
    ("", "reason_required"),
    (" \n\u3000", "reason_required"),
    (7, "wrong_type"),
    (["x"], "wrong_type"),
    ({"a": 1}, "wrong_type"),
    ("长" * 501, "too_long"),
    ("a\x00b", "control"),
    ("a\u202eb", "control"),
    ("a\ud800b", "control"),
]


@pytest.mark.parametrize(("reason", "code"), BAD_REASONS)
def test_a_hostile_reason_is_refused(world: World, lead: Lead, reason: Any, code: str) -> None:
    receipt = submitted(world)
    world.later(days=AFTER)
    with pytest.raises(Refused) as caught:
        lead.close(number_of(receipt), reason)
    assert status(caught) == (422, code)


def test_what_else_a_body_holds_is_refused(world: World, lead: Lead) -> None:
    with pytest.raises(Refused) as caught:
        close_dormant(world.ports, lead.claims, "jining", "1", {"reason": "好", "force": True})
    assert status(caught) == (422, "unknown_field")


@pytest.mark.parametrize("number", ["", "1", "000000000000", "１２" * 6, "370800194503010018"])
def test_an_unknown_case_is_not_found(lead: Lead, number: str) -> None:
    with pytest.raises(Refused) as caught:
        lead.close(number)
    assert status(caught) == (404, "not_found")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_only_the_lead_agencys_supervisor_closes(world: World, lead: Lead, role: Role) -> None:
    receipt = submitted(world)
    world.later(days=AFTER)
    for claims in (world.claims("administrative-approval", role), world.claims("health", Role.SUPERVISOR)):
        with pytest.raises(Refused) as caught:
            close_dormant(world.ports, claims, "jining", number_of(receipt), {"reason": "好"})
        assert status(caught) == (403, "wrong_role")


def test_somebody_who_writes_in_between_is_not_overwritten(world: World, lead: Lead) -> None:
    receipt = submitted(world)
    world.later(days=AFTER)
    task = task_of(receipt, "death-certificate")["task_id"]
    world.store.before_commit = lambda: world.report("health", task, "accept")
    with pytest.raises(Refused) as caught:
        lead.close(number_of(receipt))
    assert status(caught) == (409, "not_dormant"), "it moved"
    assert states(world, receipt)["death-certificate"] == "accepted"


def test_a_case_of_before_this_was_counted_is_quiet_since_it_came_in(world: World) -> None:
    receipt = submitted(world)
    key = next(key for key in world.store.records if key.pk.endswith(number_of(receipt)) and key.sk == "file#case")
    world.store.records[key]["moved_at"] = ""
    from chalicelib.services.casefile import known_case

    case = known_case(world.store, "jining", number_of(receipt)).case
    assert days_quiet(case, world.now.date()) == 0


def test_the_call_that_is_owed_to_the_family_is_owed_after_closing_too(world: World, lead: Lead) -> None:
    receipt = submitted(world)
    numbers = {name: receipt[name] for name in ("case_number", "lookup_code")}
    stuck = {"task_id": task_of(receipt, "death-certificate")["task_id"], "stuck": True}
    rate(world.ports, "jining", {**numbers, **stuck})
    world.later(days=AFTER)
    lead.close(number_of(receipt))
    (call,) = world.tasks("administrative-approval")
    assert (call["kind"], call["state"]) == ("call-back", "open")


def test_what_was_closed_says_when(world: World, lead: Lead) -> None:
    receipt = submitted(world)
    world.later(days=AFTER)
    lead.close(number_of(receipt))
    shown = case_states(world.ports, lead.claims, "jining", number_of(receipt))
    assert {task["ended_at"] for task in shown["tasks"]} == {shown["closed_at"]} == {"2027-01-22T10:00:00+08:00"}
    assert shown["closed_reason"] == "多次联系不上家属"
