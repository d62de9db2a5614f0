"""The board: what hangs there until somebody has seen to it."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.services.board import Sort, all_notes, noted, notes, settled_
from chalicelib.services.claims import Role
from chalicelib.services.refused import Refused
from chalicelib.services.settling import settle
from tests import applications
from tests.services.lead import Lead
from tests.services.world import World


@pytest.fixture
def lead(world: World) -> Lead:
    return Lead(world)


def note(
    world: World, sort: str = "undelivered", note_id: str = "d1", locality: str = "jining", **content: Any
) -> None:
    world.store.commit([noted(locality, sort, note_id, world.now, **content)])


def seen_to(lead: Lead, sort: str = "undelivered", note_id: str = "d1", said: Any = "已打电话告知") -> Any:
    return settle(lead.world.ports, lead.claims, lead.locality, sort, note_id, {"note": said})


def status(caught: pytest.ExceptionInfo[Refused]) -> tuple[int, str]:
    return caught.value.status, caught.value.problems[0].code


def test_a_note_is_noted_again_without_a_conflict_and_settled_again_too(world: World) -> None:
    note(world, agency="police")
    world.later(days=1)
    note(world, agency="health")
    (found,) = notes(world.store, "jining", "undelivered")
    assert (found["agency"], found["at"]) == ("health", "2026-11-24T10:00:00+08:00")
    for _ in range(2):
        world.store.commit([settled_("jining", "undelivered", "d1")])
    assert notes(world.store, "jining", "undelivered") == []


def test_sorts_and_places_are_kept_apart(world: World) -> None:
    note(world, "undelivered", "same")
    note(world, "unsure", "same")
    note(world, "unsure", "same", "guyang")
    assert [len(found) for found in all_notes(world.store, "jining").values()] == [0, 1, 1, 0, 0]
    assert len(notes(world.store, "guyang", "unsure")) == 1


def test_a_note_of_no_sort_is_a_mistake_of_ours(world: World) -> None:
    with pytest.raises(ValueError, match="nonsense"):
        note(world, "nonsense")


def test_what_hangs_longest_comes_first_and_the_store_keeps_its_own(world: World, lead: Lead) -> None:
    note(world, note_id="z", agency="police", case_number="1")
    world.later(hours=1)
    note(world, note_id="a", agency="health", case_number="2")
    rows = lead.notes(Sort.UNDELIVERED)
    assert [row["id"] for row in rows] == ["z", "a"]
    assert set(rows[0]) == {"id", "at", "agency", "case_number"}
    assert [row["id"] for row in lead.notes(Sort.UNDELIVERED, "health")] == ["a"]
    assert lead.counts("police")["undelivered"] == 1
    assert lead.counts()["undelivered"] == 2


@pytest.mark.parametrize("sort", ["undelivered", "unsure", "certificate"])
def test_what_somebody_saw_to_comes_off_and_is_kept_with_what_was_done(world: World, lead: Lead, sort: str) -> None:
    receipt = world.submit(applications.jining()).receipt
    number = receipt["case_number"].replace(" ", "")
    note(world, sort, case_number=number, message="receipt")
    assert seen_to(lead, sort) == {"id": "d1", "sort": sort, "note": "已打电话告知"}
    assert lead.notes(Sort(sort)) == ()
    (kept,) = world.store.read_partition("settled#jining", "")
    assert kept["expires_at"] == int((world.now + timedelta(days=180)).timestamp()), "and not for ever"
    assert (kept["note"], kept["settled_by"]) == ("已打电话告知", "supervisor:administrative-approval:clerk-1")
    assert world.store.read_partition(f"case#jining#{number}", "audit#")[-1]["action"] == f"settled-{sort}"


def test_a_note_about_no_case_comes_off_too(world: World, lead: Lead) -> None:
    note(world, case_number="")
    seen_to(lead)
    assert lead.notes(Sort.UNDELIVERED) == ()


@pytest.mark.parametrize("sort", ["blocked", "dormant", "nonsense", "", "undelivered#d1"])
def test_what_settles_by_itself_is_not_settled_by_hand(world: World, lead: Lead, sort: str) -> None:
    note(world, "blocked")
    with pytest.raises(Refused) as caught:
        seen_to(lead, sort)
    assert status(caught) == (404, "not_found")
    assert len(notes(world.store, "jining", "blocked")) == 1


def test_what_does_not_hang_there_is_not_found(lead: Lead) -> None:
    with pytest.raises(Refused) as caught:
        seen_to(lead)
    assert status(caught) == (404, "not_found")


@pytest.mark.parametrize(
    ("said", "code"), [(None, "required"), ("", "required"), (1, "wrong_type"), ("x" * 501, "too_long")]
)
def test_what_was_done_must_be_said(world: World, lead: Lead, said: Any, code: str) -> None:
    note(world)
    with pytest.raises(Refused) as caught:
        seen_to(lead, said=said)
    assert status(caught) == (422, code)


def test_only_the_lead_agencys_supervisor_settles(world: World) -> None:
    note(world)
    for claims in (world.claims("administrative-approval", Role.AGENCY), world.claims("health", Role.SUPERVISOR)):
        with pytest.raises(Refused) as caught:
            settle(world.ports, claims, "jining", "undelivered", "d1", {"note": "好"})
        assert status(caught) == (403, "wrong_role")


def test_a_message_that_nobody_got_hangs_there(world: World, lead: Lead) -> None:
    world.submit(applications.jining())
    world.mailer.fails, world.mailer.permanent = 1, True
    world.deliver_all()
    (row,) = lead.notes(Sort.UNDELIVERED)
    assert (row["message"], row["kind"], row["channel"]) == ("new-task", "agency", "mail")
    assert lead.counts(row["agency"])["undelivered"] == 1


def test_a_condition_answered_with_unknown_hangs_there_until_it_was_checked(world: World) -> None:
    eligibility = {**applications.guyang()["eligibility"], "cremated_here": "unknown"}
    receipt = world.submit(applications.guyang(eligibility=eligibility), "guyang").receipt
    lead = Lead(world, "guyang")
    (row,) = lead.notes(Sort.UNSURE)
    assert row["case_number"] == receipt["case_number"].replace(" ", "")
    assert row["asked"] == [world.catalogue("guyang").conditions["cremated_here"].ask]
    seen_to(lead, "unsure", row["id"])
    assert lead.notes(Sort.UNSURE) == ()


def test_a_case_with_nothing_to_check_is_not_noted(world: World) -> None:
    world.submit(applications.guyang(), "guyang")
    assert Lead(world, "guyang").notes(Sort.UNSURE) == ()


def test_a_certificate_withdrawn_after_it_was_used_hangs_there_for_every_agency_that_used_it(
    world: World, lead: Lead
) -> None:
    someone = applications.deceased()
    body = {"id_number": someone["id_number"], "name": someone["name"]}
    world.submit(applications.jining())
    world.certify("health", "death-certificate", body)
    world.deliver_all()
    for task in world.tasks("police"):
        world.report("police", task["task_id"], "accept")
    world.certify("health", "death-certificate", {**body, "status": "withdrawn"})
    world.deliver_all()
    (row,) = lead.notes(Sort.CERTIFICATE)
    assert (row["certificate_name"], row["change_name"]) == ("死亡证明", "已撤销")
    assert lead.notes(Sort.CERTIFICATE, "police") == (row,)
    assert lead.notes(Sort.CERTIFICATE, "housing-fund") == ()
