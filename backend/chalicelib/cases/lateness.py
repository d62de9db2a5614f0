"""How late a task is: counted in working days, like the time it had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from .deadline import ONE_DAY, is_working_day
from .holidays import Calendar


def days_late(due: date, today: date, calendar: Calendar) -> int:
    """Working days after the due day, today included; none at a weekend right after it."""
    return sum(is_working_day(day, calendar) for day in _days(due + ONE_DAY, today + ONE_DAY))


def next_working_day(today: date, calendar: Calendar) -> date:
    day = today + ONE_DAY
    while not is_working_day(day, calendar):
        day += ONE_DAY
    return day


def days_paused(paused: Iterable[tuple[str, str]], today: date, calendar: Calendar) -> int:
    """Working days on which the clock stood; a pause that goes on counts up to yesterday."""
    stood: set[date] = set()
    for first, after in paused:
        stood |= set(_days(date.fromisoformat(first), date.fromisoformat(after) if after else today))
    return sum(is_working_day(day, calendar) for day in stood)


def _days(first: date, after: date) -> Iterator[date]:
    while first < after:
        yield first
        first += ONE_DAY
