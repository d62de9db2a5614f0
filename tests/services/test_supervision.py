"""What the lead agency watches: counts, what is late, what soon will be. Nothing of it is personal."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.services.board import Sort
from chalicelib.services.board_lists import list_notes
from chalicelib.services.case_states import case_states
from chalicelib.services.claims import Claims, Role
from chalicelib.services.late import list_overdue, list_soon
from chalicelib.services.listing import Asked
from chalicelib.services.refused import Refused
from chalicelib.services.supervision import summary
from chalicelib.services.task_list import list_any_tasks
from chalicelib.services.trend import trend
from tests import applications
from tests.services.lead import Lead
from tests.services.world import World, task_of

CALLS: dict[str, Callable[[World, Claims, str], Any]] = {
    "summary": lambda world, who, place: summary(world.ports, who, place),
    "overdue": lambda world, who, place: list_overdue(world.ports, who, place, Asked()),
    "soon": lambda world, who, place: list_soon(world.ports, who, place, Asked()),
    "tasks": lambda world, who, place: list_any_tasks(world.ports, who, place, Asked("health", "open")),
    "case": lambda world, who, place: case_states(world.ports, who, place, "123456789012"),
    "trend": lambda world, who, place: trend(world.ports, who, place, "30", Asked()),
    **{
        sort.value: lambda world, who, place, sort=sort: list_notes(world.ports, who, place, sort, Asked())
        for sort in Sort
    },
}


@pytest.fixture
def lead(world: World) -> Lead:
    return Lead(world)


def status(caught: pytest.ExceptionInfo[Refused]) -> tuple[int, str]:
    return caught.value.status, caught.value.problems[0].code


def submitted(world: World, **changes: Any) -> Any:
    return world.submit(applications.jining(**changes)).receipt


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_another_role_supervises_nothing(world: World, call: Callable[..., Any], role: Role) -> None:
    with pytest.raises(Refused) as caught:
        call(world, world.claims("administrative-approval", role), "jining")
    assert status(caught) == (403, "wrong_role")


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_only_the_lead_agencys_supervisor_supervises(world: World, call: Callable[..., Any]) -> None:
    with pytest.raises(Refused) as caught:
        call(world, world.claims("health", Role.SUPERVISOR), "jining")
    assert status(caught) == (403, "wrong_role")


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("place", ["guyang", "nowhere", ""])
def test_another_place_is_unknown(world: World, lead: Lead, call: Callable[..., Any], place: str) -> None:
    with pytest.raises(Refused) as caught:
        call(world, lead.claims, place)
    assert status(caught) == (404, "no_place")


def test_counts_are_per_agency_and_state_and_every_agency_is_there(world: World, lead: Lead) -> None:
    first = submitted(world)
    submitted(world, matters=["death-certificate"], payee=None)
    world.report("health", task_of(first, "death-certificate")["task_id"], "accept")
    answer = summary(world.ports, lead.claims, "jining")
    assert [one["agency"] for one in answer["agencies"]] == list(world.catalogue("jining").agencies)
    assert (lead.counts("health")["open"], lead.counts("health")["accepted"]) == (1, 1)
    assert (lead.counts("police")["waiting"], lead.counts("police")["open"]) == (1, 0)
    assert lead.counts()["waiting"] == 3
    assert set(lead.counts()) == {
        *("waiting", "open", "accepted", "correcting"),
        *("late", "soon", "blocked", "undelivered", "paused"),
    }


def test_a_summary_reads_no_task(world: World, lead: Lead) -> None:
    submitted(world)
    world.store.calls.clear()
    lead.counts()
    assert set(world.store.calls) == {"count", "read"}
    assert world.store.calls["read"] == 1


def test_what_is_due_today_is_soon_and_what_was_due_yesterday_is_late(world: World, lead: Lead) -> None:
    receipt = submitted(world)
    assert task_of(receipt, "death-certificate")["due"] == "2026-11-26"
    found = []
    for _ in range(5):
        counts = lead.counts("health")
        found.append((world.now.day, counts["soon"], counts["late"]))
        world.later(days=1)
    assert found == [(23, 0, 0), (24, 0, 0), (25, 1, 0), (26, 1, 0), (27, 0, 1)]


def test_the_list_of_what_is_soon_due_holds_what_the_summary_counts(world: World, lead: Lead) -> None:
    submitted(world)
    world.later(days=3)
    rows = list_soon(world.ports, lead.claims, "jining", Asked()).rows
    assert [(row["item"], row["due"], row["days_late"]) for row in rows] == [("death-certificate", "2026-11-26", 0)]


def test_over_a_weekend_what_is_due_on_monday_is_soon(world: World, lead: Lead) -> None:
    world.later(days=2)
    submitted(world)
    world.later(days=3)
    assert world.now.strftime("%a") == "Sat"
    assert lead.counts("health")["soon"] == 1


def test_a_late_task_is_told_with_its_days_its_pauses_and_the_reason_for_them(world: World, lead: Lead) -> None:
    task = task_of(submitted(world), "death-certificate")["task_id"]
    world.later(days=1)
    world.report("health", task, "accept")
    world.report("health", task, "ask", reason="mismatch")
    world.later(days=2)
    assert (lead.counts("health")["paused"], lead.counts("health")["late"]) == (1, 0)
    world.report("health", task, "open", reason="judgment-seen")
    world.later(days=7)
    (row,) = lead.overdue().rows
    assert (row["due"], row["days_late"], row["days_paused"]) == ("2026-11-30", 3, 2)
    assert row["paused"] == [{"from": "2026-11-24", "to": "2026-11-26"}]
    assert row["reason"] == "已核对人民法院宣告死亡的判决"
    assert (row["agency"], row["agency_name"], row["task_id"]) == ("health", "卫健部门", task)


@pytest.mark.parametrize("action", ["ask", "decline"])
def test_what_waits_for_its_family_or_ended_is_not_late(world: World, lead: Lead, action: str) -> None:
    task = task_of(submitted(world), "death-certificate")["task_id"]
    world.report("health", task, action, reason="mismatch")
    world.later(days=30)
    assert lead.overdue().rows == ()
    assert lead.counts()["late"] == 0


def test_where_nothing_is_promised_nothing_is_late(world: World) -> None:
    world.submit(applications.guyang(), "guyang")
    someone = applications.deceased()
    body = {"id_number": someone["id_number"], "name": someone["name"]}
    world.certify("health", "death-certificate", body, locality="guyang")
    world.later(days=100)
    lead = Lead(world, "guyang")
    assert lead.counts()["open"]
    assert (lead.counts()["late"], lead.overdue().rows) == (0, ())


def many(world: World, count: int) -> None:
    """One application a minute, of a death certificate alone."""
    for _ in range(count):
        submitted(world, matters=["death-certificate"], payee=None)
        world.later(minutes=1)


def test_pages_of_late_tasks_follow_each_other_oldest_due_first_across_agencies(world: World, lead: Lead) -> None:
    someone = applications.deceased(2)
    submitted(world, deceased=someone)
    world.certify("health", "death-certificate", {"id_number": someone["id_number"], "name": someone["name"]})
    many(world, 103)
    world.later(days=30)
    seen, cursor, sizes = [], "", []
    while True:
        listing = lead.overdue(cursor=cursor)
        seen += [(row["due"], row["opened_at"], row["task_id"]) for row in listing.rows]
        sizes.append(len(listing.rows))
        cursor = listing.cursor
        if cursor is None:
            break
    assert sizes == [50, 50, len(seen) - 100]
    assert len(seen) == len(set(seen)) == lead.counts()["late"] > 103
    assert seen == sorted(seen)


def test_a_page_that_leaves_something_out_says_so_even_where_no_partition_is_full(world: World, lead: Lead) -> None:
    many(world, 60)
    for task in world.tasks("health")[:30]:
        world.report("health", task["task_id"], "accept")
    world.later(days=30)
    first = lead.overdue()
    second = lead.overdue(cursor=first.cursor)
    assert (len(first.rows), len(second.rows), second.cursor) == (50, 10, None)
    assert {row["state"] for row in first.rows} == {"open", "accepted"}


def test_a_page_of_late_tasks_costs_the_same_however_many_there_are(world: World, lead: Lead) -> None:
    many(world, 3)
    world.later(days=30)
    costs = []
    for _ in range(2):
        world.store.calls.clear()
        assert lead.overdue("health").rows
        costs.append(dict(world.store.calls))
        world.now = world.now.replace(year=2026, month=11, day=23)
        many(world, 60)
        world.later(days=30)
    assert costs[0] == costs[1] == {"page": 2, "read": 1}


def test_a_list_is_narrowed_to_one_agency(world: World, lead: Lead) -> None:
    someone = applications.deceased()
    submitted(world)
    world.certify("health", "death-certificate", {"id_number": someone["id_number"], "name": someone["name"]})
    world.later(days=10)
    assert {row["agency"] for row in lead.overdue().rows} > {"police"}
    assert {row["agency"] for row in lead.overdue("police").rows} == {"police"}


@pytest.mark.parametrize("agency", ["no-such", "police#-#open", "健", "jining"])
def test_an_agency_of_another_name_is_no_choice(lead: Lead, agency: str) -> None:
    for call in (lead.overdue, lambda agency: lead.notes(Sort.BLOCKED, agency)):
        with pytest.raises(Refused) as caught:
            call(agency)
        assert status(caught) == (422, "choice")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "2026-11-26",
        "2026-11-26#2026-11-23T10:00:00+08:00#123456789012-01\n",
        "9999-12-31#2026-11-23T10:00:00+08:00#123456789012-01",
        "2026-11-２6#2026-11-23T10:00:00+08:00#123456789012-01",
        "A" * 5000,
    ],
)
def test_a_hostile_cursor_is_refused(lead: Lead, cursor: str) -> None:
    with pytest.raises(Refused) as caught:
        lead.overdue(cursor=cursor)
    assert status(caught) == (422, "choice")


def test_a_task_that_ended_while_the_index_lags_is_not_shown_as_late(world: World, lead: Lead) -> None:
    task = task_of(submitted(world), "death-certificate")["task_id"]
    world.later(days=10)
    key = next(key for key in world.store.records if key.sk.endswith(f"task#{task}"))
    world.store.records[key]["state"] = "completed"
    assert lead.overdue().rows == ()


def test_any_agencys_tasks_are_listed_by_state_a_page_in_one_call(world: World, lead: Lead) -> None:
    many(world, 60)
    world.store.calls.clear()
    first = list_any_tasks(world.ports, lead.claims, "jining", Asked("health", "open"))
    assert world.store.calls == {"page": 1}
    second = list_any_tasks(world.ports, lead.claims, "jining", Asked("health", "open", first.cursor or ""))
    assert (len(first.rows), len(second.rows), second.cursor) == (50, 10, None)
    assert first.rows[0]["agency_name"] == "卫健部门"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Asked("", "open"), "agency"),
        (Asked("health", "nonsense"), "state"),
        (Asked("health", ""), "state"),
        (Asked("health", "open", "nonsense"), "cursor"),
        (Asked("health", "open", "0~nonsense"), "cursor"),
        (Asked("health", "open", "1~"), "cursor"),
        (Asked("health", "open", "９~"), "cursor"),
    ],
)
def test_a_list_of_tasks_names_an_agency_and_a_state(world: World, lead: Lead, asked: Asked, field: str) -> None:
    with pytest.raises(Refused) as caught:
        list_any_tasks(world.ports, lead.claims, "jining", asked)
    assert (caught.value.status, caught.value.problems[0].field) == (422, field)


def test_a_case_is_shown_by_its_states_alone(world: World, lead: Lead) -> None:
    receipt = submitted(world)
    task = task_of(receipt, "death-certificate")["task_id"]
    world.report("health", task, "accept")
    world.report("health", task, "complete", result="已出具，金额一万元", certificate_number="D-1")
    shown = case_states(world.ports, lead.claims, "jining", receipt["case_number"])
    assert shown["case_number"] == receipt["case_number"].replace(" ", "")
    assert shown["tasks"][0]["state"] == "completed"
    assert {"result", "certificate_number", "person", "name_hash", "openings"}.isdisjoint(
        {*shown, *(name for one in shown["tasks"] for name in one)}
    )


@pytest.mark.parametrize("number", ["", "1", "123456789012", "12345678901x", "１２" * 6, "370800194503010018", "../x"])
def test_an_unknown_number_has_no_case(world: World, lead: Lead, number: str) -> None:
    with pytest.raises(Refused) as caught:
        case_states(world.ports, lead.claims, "jining", number)
    assert status(caught) == (404, "not_found")


def test_no_answer_of_supervision_holds_anything_personal(world: World, lead: Lead) -> None:
    receipt = submitted(world)
    world.report("health", task_of(receipt, "death-certificate")["task_id"], "decline", reason="mismatch")
    world.later(days=100)
    lead.night()
    said = [call(world, lead.claims, "jining") for name, call in CALLS.items() if name != "case"]
    said.append(case_states(world.ports, lead.claims, "jining", receipt["case_number"]))
    text = json.dumps([getattr(one, "rows", one) for one in said], ensure_ascii=False)
    someone, family = applications.deceased(), applications.applicant()
    for secret in (someone["name"], someone["id_number"], family["name"], family["phone"], family["address"]):
        assert secret not in text
    assert "v1:" not in text, "nor a hash of it"
    assert receipt["case_number"].replace(" ", "") in text


def test_everything_is_listed_at_once_where_that_is_asked_for(world: World, lead: Lead) -> None:
    many(world, 120)
    world.later(days=30)
    listing = list_overdue(world.ports, lead.claims, "jining", replace(Asked(), everything=True))
    assert (len(listing.rows), listing.cursor, listing.more) == (120, None, False)


def test_a_list_too_long_for_one_answer_says_so(world: World, lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.services.late.MOST", 5)
    many(world, 6)
    world.later(days=30)
    listing = list_overdue(world.ports, lead.claims, "jining", Asked(everything=True))
    assert (len(listing.rows), listing.more) == (5, True)


def test_an_agencys_units_are_counted_and_listed_with_it(
    world: World, lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = world.catalogue("jining")
    health = replace(place.agencies["health"], units={"north": "北院", "south": "南院", "west": "西院"})
    divided = replace(place, agencies={**place.agencies, "health": health})
    world.ports = replace(world.ports, catalogue=lambda slug: divided if slug == "jining" else world.catalogue(slug))
    many(world, 53)
    for key, record in list(world.store.records.items()):
        if record.get("live") == "jining#health#-#open" and int(record["task_id"][-4]) % 2:
            world.store.records[key] = {**record, "unit": "south", "live": "jining#health#south#open"}
    assert len({record.get("live") for record in world.store.records.values() if "live" in record} - {None}) >= 2
    world.later(days=30)
    assert (lead.counts("health")["open"], lead.counts("health")["late"]) == (53, 53)
    seen, cursor = [], ""
    while cursor is not None:
        listing = list_any_tasks(world.ports, lead.claims, "jining", Asked("health", "open", cursor))
        seen += [row["task_id"] for row in listing.rows]
        cursor = listing.cursor
    assert len(seen) == len(set(seen)) == 53
    assert len(lead.overdue("health").rows) == 50
    assert {row["unit"] for row in lead.overdue("health").rows} == {"-", "south"}
