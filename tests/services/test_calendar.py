"""The calendar of holidays runs out and is published anew: somebody is told in time, and due days follow."""

import dataclasses
from datetime import date, datetime
from typing import Any

import pytest

from chalicelib.cases.holidays import (
    Calendar,
    Holiday,
    Notice,
    calendar,
    days_of_coverage,
    published_calendar,
    runs_out,
)
from chalicelib.cases.moments import BEIJING
from chalicelib.services.coverage import remind
from chalicelib.services.nightly import nightly
from chalicelib.services.recompute import recompute
from tests import applications
from tests.services.world import World, task_of

LAST = published_calendar().notices[-1].year


def another_year(off: tuple[Holiday, ...] = ()) -> Calendar:
    """As if the next notice had come: New Year's Day, and what a test adds."""
    new_year = Holiday("元旦", date(LAST + 1, 1, 1), date(LAST + 1, 1, 3))
    notice = Notice(LAST + 1, "国办发明电〔0000〕0号", "某年", date(LAST, 11, 1), (new_year, *off), ())
    return calendar([*published_calendar().notices, notice])


def world_at(moment: str) -> World:
    return World(f"{moment}T10:00:00")


def published(world: World, *off: Holiday) -> None:
    world.ports = dataclasses.replace(world.ports, calendar=another_year(off))


def submitted(world: World) -> Any:
    return world.submit(applications.jining(matters=["death-certificate"], payee=None)).receipt


def due(world: World, receipt: Any) -> tuple[str, bool]:
    shown = task_of(world.look_up(receipt), "death-certificate")
    return shown["due"], "可能调整" in shown["due_explained"]


def count(world: World, locality: str = "jining") -> int:
    return recompute(world.ports, world.catalogue(locality))


# ---- The alarm


@pytest.mark.parametrize(
    ("today", "left", "alarm"),
    [
        (date(2026, 11, 9), 45, False),
        (date(2026, 11, 10), 44, True),
        (date(2026, 11, 21), 33, True),
        (date(2026, 12, 24), 0, True),
        (date(2027, 6, 1), 0, True),
        (date(2026, 1, 1), 357, False),
    ],
)
def test_the_alarm_is_on_when_fewer_than_45_days_remain(today: date, left: int, alarm: bool) -> None:
    assert (days_of_coverage(published_calendar(), today), runs_out(published_calendar(), today)) == (left, alarm)


def test_another_year_turns_the_alarm_off() -> None:
    assert not runs_out(another_year(), date(2026, 11, 21))


def test_the_lead_agency_is_reminded_once_a_month_until_it_is_done() -> None:
    world = world_at("2026-11-21")
    told = []
    for _ in range(50):
        told.append(remind(world.ports, world.catalogue("jining")))
        world.later(days=1)
    assert sum(told) == 3, "November, December, January"
    world.deliver_all()
    assert [to for to, *_ in world.mailer.sent] == ["administrative-approval@jining.example"] * 3
    assert "放假安排" in repr(world.mailer.sent[0])
    published(world)
    world.later(days=31)
    assert not remind(world.ports, world.catalogue("jining"))


def test_while_there_is_time_nobody_is_reminded() -> None:
    world = world_at("2026-11-09")
    assert not remind(world.ports, world.catalogue("jining"))


# ---- Due days


def test_a_provisional_due_day_is_counted_again_when_the_year_is_published() -> None:
    world = world_at("2026-12-30")
    receipt = submitted(world)
    assert due(world, receipt) == ("2027-01-04", True)
    published(world)
    assert count(world) == 1
    assert due(world, receipt) == ("2027-01-05", False)
    (row,) = world.tasks("health")
    assert row["due"] == "2027-01-05", "the list is in the order of the new day"


def test_what_was_accepted_is_counted_again_and_what_has_ended_is_not() -> None:
    world = world_at("2026-12-30")
    accepted, ended, first = (submitted(world) for _ in range(3))
    for receipt in (accepted, ended):
        world.report("health", receipt["tasks"][0]["task_id"], "accept")
    world.report("health", ended["tasks"][0]["task_id"], "fail", reason="mismatch")
    published(world)
    assert count(world) == 2
    assert due(world, accepted)[0] == due(world, first)[0] == "2027-01-05"
    assert due(world, ended)[0] == "2027-01-04"


def test_what_has_ended_or_is_paused_stays_as_it_was_beside_what_is_counted_again() -> None:
    world = world_at("2026-12-30")
    someone = applications.deceased()
    world.certify("health", "death-certificate", {"id_number": someone["id_number"], "name": someone["name"]})
    matters = ["hukou-cancellation", "medical-account", "cremation-certificate"]
    receipt = world.submit(applications.jining(matters=matters)).receipt
    ended, paused = (task_of(receipt, item)["task_id"] for item in matters[:2])
    world.report("police", ended, "decline", reason="mismatch")
    world.report("medical-insurance", paused, "ask", reason="x")
    published(world)
    count(world)
    days = {task["item"]: task["due"] for task in world.look_up(receipt)["tasks"] if not task.get("linked")}
    assert days == dict(zip(matters, ("2027-01-04", "2027-01-04", "2027-01-05"), strict=True))


def test_what_was_certain_is_left_alone_and_not_even_read() -> None:
    world = world_at("2026-12-10")
    submitted(world)
    count(world)
    published(world)
    world.store.calls.clear()
    assert count(world) == 0
    assert world.store.calls["read"] == 1, "no case is read"


def test_it_runs_once_for_each_year() -> None:
    world = world_at("2026-12-30")
    submitted(world)
    published(world)
    assert (count(world), count(world)) == (1, 0)
    world.store.calls.clear()
    count(world)
    assert world.store.calls == {"read": 1}
    other = world.submit(applications.guyang(), "guyang").receipt
    assert count(world, "guyang") == 0
    assert world.look_up(other, "guyang")["tasks"][0]["due"] is None, "nothing is promised, nothing is counted"


def test_a_pause_across_the_new_year_is_counted_by_the_new_calendar() -> None:
    world = world_at("2026-12-30")
    receipt = submitted(world)
    task = receipt["tasks"][0]["task_id"]
    world.later(days=1)
    world.report("health", task, "ask", reason="x")
    world.later(days=1)
    world.report("health", task, "open", reason="x")
    published(world)
    assert count(world) == 1
    assert due(world, receipt) == ("2027-01-06", False)


def test_it_is_recorded_and_shown_with_the_holiday_in_the_sentence() -> None:
    world = world_at("2026-12-30")
    receipt = submitted(world)
    published(world)
    count(world)
    number = receipt["case_number"].replace(" ", "")
    entry = world.store.read_partition(f"case#jining#{number}", "audit#")[-1]
    assert (entry["actor"], entry["action"]) == ("system", "recomputed-due")
    assert "1日至3日放假" in task_of(world.look_up(receipt), "death-certificate")["due_explained"]


def test_when_others_write_first_it_is_counted_all_the_same() -> None:
    world = world_at("2026-12-30")
    receipt = submitted(world)
    published(world)
    world.store.before_commit = lambda: world.report("health", receipt["tasks"][0]["task_id"], "accept")
    assert count(world) == 1
    assert due(world, receipt)[0] == "2027-01-05"


def test_what_could_not_be_counted_tonight_is_counted_the_next_night() -> None:
    world = world_at("2026-12-30")
    receipt = submitted(world)
    published(world)
    task = receipt["tasks"][0]["task_id"]

    def again() -> None:
        world.open_task("health", task)
        world.store.before_commit = again

    world.store.before_commit = again
    assert count(world) == 0
    world.store.before_commit = None
    assert count(world) == 1
    assert due(world, receipt)[0] == "2027-01-05"


def test_the_night_does_both() -> None:
    world = world_at("2026-12-30")
    submitted(world)
    first = nightly(world.ports, world.catalogue("jining"))
    assert (first["recomputed"], first["reminded"]) == (0, 1)
    published(world)
    second = nightly(world.ports, world.catalogue("jining"))
    assert (second["recomputed"], second["reminded"]) == (1, 0)


def test_a_moment_at_night_belongs_to_beijings_day() -> None:
    world = world_at("2026-11-09")
    world.now = datetime(2026, 11, 10, 0, 30, tzinfo=BEIJING)
    assert remind(world.ports, world.catalogue("jining"))
