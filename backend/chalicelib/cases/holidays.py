"""The statutory holidays and make-up working days of the years published so far, from ``holidays.json``.

One entry per notice of the State Council's General Office (关于…年部分节假日安排的通知), which appears
between October and December of the year before. A notice may name days of the neighbouring year (31
December 2022 stands in that of 2023), so all are merged.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("holidays.json")


ALARM_BELOW = 45
"""Days of coverage: no time limit is longer than about a month, and an update takes its time."""


@dataclass(frozen=True, slots=True)
class Holiday:
    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Notice:
    """One year's arrangement; ``number`` is the document's (国办发明电〔2025〕7号)."""

    year: int
    number: str
    title: str
    published: date
    off: tuple[Holiday, ...]
    work: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """All notices merged: which days are off, and for which holiday; which weekend days are worked."""

    notices: tuple[Notice, ...]
    off: Mapping[date, str]
    work: frozenset[date]
    settled_until: date

    def settled(self, day: date) -> bool:
        """Whether a published notice decides this day."""
        return self.notices[0].off[0].first <= day <= self.settled_until


def days_of_coverage(calendar: Calendar, today: date) -> int:
    """For how many more days a published notice decides; 0 once it is over."""
    return max((calendar.settled_until - today).days, 0)


def runs_out(calendar: Calendar, today: date) -> bool:
    """Whether somebody has to see to the next year's notice now."""
    return days_of_coverage(calendar, today) < ALARM_BELOW


@cache
def published_calendar() -> Calendar:
    """The calendar as shipped."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    return calendar(_notice(int(year), entry) for year, entry in data.items())


def calendar(notices: Iterable[Notice]) -> Calendar:
    ordered = tuple(sorted(notices, key=lambda notice: notice.year))
    holidays = [holiday for notice in ordered for holiday in notice.off]
    return Calendar(
        notices=ordered,
        off={day: holiday.name for holiday in holidays for day in _days(holiday)},
        work=frozenset(day for notice in ordered for day in notice.work),
        # New Year's own notice may still take days from the week before it, or have them worked.
        settled_until=date(ordered[-1].year, 12, 24),
    )


def _notice(year: int, entry: Mapping[str, Any]) -> Notice:
    return Notice(
        year=year,
        number=entry["notice"],
        title=entry["title"],
        published=date.fromisoformat(entry["published"]),
        off=tuple(_holiday(*row) for row in entry["off"]),
        work=tuple(map(date.fromisoformat, entry["work"])),
    )


def _holiday(name: str, first: str, last: str) -> Holiday:
    return Holiday(name, date.fromisoformat(first), date.fromisoformat(last))


def _days(holiday: Holiday) -> Iterator[date]:
    for offset in range((holiday.last - holiday.first).days + 1):
        yield holiday.first + timedelta(days=offset)
