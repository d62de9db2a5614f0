"""Each day is rolled up once, from the index alone; the trend reads what was rolled up."""

from typing import Any

import pytest

from chalicelib.services.listing import Asked
from chalicelib.services.nightly import nightly
from chalicelib.services.refused import Refused
from chalicelib.services.trend import trend
from tests import applications
from tests.services.lead import Lead
from tests.services.world import World, task_of


@pytest.fixture
def lead(world: World) -> Lead:
    return Lead(world)


def rows(lead: Lead, days: str = "30", agency: str = "") -> Any:
    return trend(lead.world.ports, lead.claims, lead.locality, days, Asked(agency)).rows


def figures(lead: Lead, agency: str = "") -> dict[str, tuple[int, int, int]]:
    return {row["day"][5:]: (row["opened"], row["closed"], row["late"]) for row in rows(lead, agency=agency)}


def day_by_day(lead: Lead, days: int) -> None:
    """A night, and another day at ten."""
    for _ in range(days):
        lead.world.later(hours=15)
        lead.night()
        lead.world.later(hours=9)


def test_a_day_tells_what_opened_what_ended_and_what_was_late(world: World, lead: Lead) -> None:
    receipt = world.submit(applications.jining()).receipt
    day_by_day(lead, 4)
    world.finish("health", task_of(receipt, "death-certificate")["task_id"], certificate_number="D1")
    day_by_day(lead, 1)
    assert figures(lead, "health") == {
        **{f"11-{day}": (0, 0, 0) for day in range(17, 23)},
        "11-23": (1, 0, 0),
        "11-24": (0, 0, 0),
        "11-25": (0, 0, 0),
        "11-26": (0, 0, 1),
        "11-27": (0, 1, 0),
    }
    assert figures(lead, "police")["11-27"] == (2, 0, 0), "the silent one too"
    assert figures(lead)["11-27"] == (4, 1, 0)


@pytest.mark.parametrize("action", ["decline", "withdraw"])
def test_whatever_ends_is_counted_on_its_day(world: World, lead: Lead, action: str) -> None:
    receipt = world.submit(applications.jining()).receipt
    if action == "decline":
        world.report("health", task_of(receipt, "death-certificate")["task_id"], "decline", reason="mismatch")
    else:
        from chalicelib.services.withdrawals import withdraw

        withdraw(world.ports, "jining", {name: receipt[name] for name in ("case_number", "lookup_code")})
    day_by_day(lead, 1)
    assert figures(lead, "health")["11-23"] == (1, 1, 0)


def test_what_waits_for_its_family_is_not_late(world: World, lead: Lead) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.report("health", task_of(receipt, "death-certificate")["task_id"], "ask", reason="mismatch")
    day_by_day(lead, 6)
    assert {late for _, _, late in figures(lead).values()} == {0}


def test_a_day_is_written_once_however_often_the_clock_fires(world: World, lead: Lead) -> None:
    world.submit(applications.jining())
    world.later(days=1)
    assert lead.night()["days"] == 7
    before = rows(lead)
    world.submit(applications.jining())
    assert lead.night()["days"] == 0
    assert rows(lead) == before


def test_two_nights_at_once_write_a_day_once(world: World, lead: Lead) -> None:
    world.submit(applications.jining())
    world.later(days=1)
    world.store.before_commit = lambda: lead.night()
    assert lead.night()["days"] == 0
    assert figures(lead)["11-23"] == (1, 0, 0)


def test_nights_that_were_missed_are_made_up_for_exactly(world: World, lead: Lead) -> None:
    other = World()
    for one in (world, other):
        receipt = one.submit(applications.jining()).receipt
        task = task_of(receipt, "death-certificate")["task_id"]
        supervisor = Lead(one)
        for day in range(6):
            if one is world:
                day_by_day(supervisor, 1)
            else:
                one.later(days=1)
            if day == 4:
                one.finish("health", task)
        supervisor.night()
    assert figures(lead) == figures(Lead(other)) | {day: one for day, one in figures(lead).items() if day < "11-22"}
    assert figures(lead)["11-28"] == (4, 1, 0)
    assert figures(lead)["11-27"][2] == 1


def test_a_trend_is_one_read_of_the_days_that_are_known(world: World, lead: Lead) -> None:
    world.submit(applications.jining())
    day_by_day(lead, 40)
    world.store.calls.clear()
    assert len(rows(lead)) == 30
    assert world.store.calls == {"read": 1}
    assert len(rows(lead, "90")) == 46, "and a week before the first night"
    assert [row["day"] for row in rows(lead)] == sorted(row["day"] for row in rows(lead))
    assert rows(lead)[-1]["day"] == "2027-01-01"


def test_each_place_has_a_trend_of_its_own(world: World, lead: Lead) -> None:
    world.submit(applications.jining())
    world.later(days=1)
    lead.night()
    assert rows(Lead(world, "guyang")) == ()
    nightly(world.ports, world.catalogue("guyang"))
    assert figures(Lead(world, "guyang"))["11-23"] == (0, 0, 0)


@pytest.mark.parametrize("days", ["", "7", "030", "-30", "x", "３０", "9" * 100])
def test_a_trend_is_of_thirty_or_ninety_days(lead: Lead, days: str) -> None:
    with pytest.raises(Refused) as caught:
        rows(lead, days)
    assert (caught.value.status, caught.value.problems[0].field) == (422, "days")


def test_a_trend_of_an_unknown_agency_is_refused(lead: Lead) -> None:
    with pytest.raises(Refused) as caught:
        rows(lead, agency="no-such")
    assert caught.value.problems[0].field == "agency"
