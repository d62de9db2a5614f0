"""Days late and days paused, in working days of the shipped calendar."""

from datetime import date

import pytest

from chalicelib.cases.holidays import published_calendar
from chalicelib.cases.lateness import days_late, days_paused, next_working_day


@pytest.mark.parametrize(
    ("due", "today", "days"),
    [
        ("2026-11-20", "2026-11-20", 0),
        ("2026-11-20", "2026-11-21", 0),
        ("2026-11-20", "2026-11-22", 0),
        ("2026-11-20", "2026-11-23", 1),
        ("2026-11-18", "2026-11-23", 3),
        ("2026-09-30", "2026-10-08", 1),
        ("2026-11-24", "2026-11-23", 0),
    ],
)
def test_a_task_is_late_by_the_working_days_after_its_due_day(due: str, today: str, days: int) -> None:
    assert days_late(date.fromisoformat(due), date.fromisoformat(today), published_calendar()) == days


@pytest.mark.parametrize(
    ("today", "following"),
    [
        ("2026-11-23", "2026-11-24"),
        ("2026-11-20", "2026-11-23"),
        ("2026-09-30", "2026-10-08"),
        ("2026-02-13", "2026-02-14"),
    ],
    ids=["weekday", "weekend", "holiday", "a Saturday that is worked"],
)
def test_the_next_working_day_knows_holidays_and_worked_weekends(today: str, following: str) -> None:
    assert next_working_day(date.fromisoformat(today), published_calendar()).isoformat() == following


@pytest.mark.parametrize(
    ("paused", "days"),
    [
        ((), 0),
        ((("2026-11-18", "2026-11-18"),), 0),
        ((("2026-11-18", "2026-11-20"),), 2),
        ((("2026-11-20", "2026-11-23"),), 1),
        ((("2026-11-18", "2026-11-19"), ("2026-11-18", "2026-11-20")), 2),
        ((("2026-11-17", "2026-11-18"), ("2026-11-19", "2026-11-20")), 2),
        ((("2026-11-19", ""),), 2),
    ],
)
def test_pauses_are_counted_in_working_days_and_no_day_twice(paused: tuple[tuple[str, str], ...], days: int) -> None:
    assert days_paused(paused, date(2026, 11, 23), published_calendar()) == days
