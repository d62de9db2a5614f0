"""Due days: the n-th counted working day after the day of opening, explained in one sentence.

Working days are those of the State Council's yearly notices. A working day on which the task was paused
does not count. Where no notice decides yet, weekends alone are left out, and the due day is provisional.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain

from .holidays import Calendar

ONE_DAY = timedelta(days=1)


class Reason(StrEnum):
    """Why a day does not count."""

    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    PAUSED = "paused"


SENTENCE = "{parts}，{due}到期{note}"
PARTS = {
    Reason.HOLIDAY: "{range}放假",
    Reason.WEEKEND: "周末不计",
    Reason.PAUSED: "{range}等待补正不计时",
}
NOTHING_SKIPPED = "从{start}起算{count}个工作日"
SAME_DAY = "{due}当天到期{note}"
PROVISIONAL = "（届时的放假安排尚未公布，日期可能调整）"


@dataclass(frozen=True, slots=True)
class Skipped:
    """Days in a row that did not count; ``name`` is the holiday's, otherwise empty."""

    first: date
    last: date
    reason: Reason
    name: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    day: date
    provisional: bool
    skipped: tuple[Skipped, ...]
    explanation: str


def due(opened: date, working_days: int, calendar: Calendar, paused: Iterable[date] = ()) -> Due:
    """The day by which ``working_days`` have passed since ``opened`` (a Beijing date, itself not counted)."""
    if working_days < 0:
        raise ValueError("a time limit cannot be negative")
    pauses = frozenset(paused)
    day = opened
    missed: list[Skipped] = []
    remaining = working_days
    while remaining:
        day += ONE_DAY
        skipped = _skipped(day, calendar, pauses)
        if skipped:
            missed.append(skipped)
        else:
            remaining -= 1
    provisional = not (calendar.settled(opened) and calendar.settled(day))
    ranges = tuple(_in_ranges(missed))
    return Due(day, provisional, ranges, _explain(opened, working_days, day, ranges, provisional))


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether offices work; past the published years that is simply Monday to Friday."""
    return day in calendar.work or (day.weekday() < 5 and day not in calendar.off)


def _skipped(day: date, calendar: Calendar, paused: Collection[date]) -> Skipped | None:
    if day in paused:
        return Skipped(day, day, Reason.PAUSED)
    if is_working_day(day, calendar):
        return None
    if day in calendar.off:
        return Skipped(day, day, Reason.HOLIDAY, calendar.off[day])
    return Skipped(day, day, Reason.WEEKEND)


def _in_ranges(days: Iterable[Skipped]) -> Iterator[Skipped]:
    """Neighbouring days that were skipped for the same reason, joined."""
    joined: Skipped | None = None
    for day in days:
        if joined and (joined.last + ONE_DAY, joined.reason, joined.name) == (
            day.first,
            day.reason,
            day.name,
        ):
            joined = replace(joined, last=day.last)
        else:
            yield from filter(None, [joined])
            joined = day
    yield from filter(None, [joined])


def _explain(opened: date, count: int, day: date, ranges: tuple[Skipped, ...], provisional: bool) -> str:
    note = PROVISIONAL if provisional else ""
    due_text = _date_text(day, opened.year)
    if not count:
        return SAME_DAY.format(due=due_text, note=note)
    parts = dict.fromkeys(_part(skipped, opened.year) for skipped in _weekends_last(ranges))
    start = NOTHING_SKIPPED.format(start=_date_text(opened + ONE_DAY, opened.year), count=count)
    return SENTENCE.format(parts="，".join(parts) or start, due=due_text, note=note)


def _weekends_last(ranges: tuple[Skipped, ...]) -> Iterable[Skipped]:
    return chain(
        (skipped for skipped in ranges if skipped.reason is not Reason.WEEKEND),
        (skipped for skipped in ranges if skipped.reason is Reason.WEEKEND),
    )


def _part(skipped: Skipped, year: int) -> str:
    return PARTS[skipped.reason].format(range=_range_text(skipped.first, skipped.last, year))


def _range_text(first: date, last: date, year: int) -> str:
    start = _date_text(first, year)
    if first == last:
        return start
    same_month = (first.year, first.month) == (last.year, last.month)
    return f"{start}至{last.day}日" if same_month else f"{start}至{_date_text(last, first.year)}"


def _date_text(day: date, year: int) -> str:
    """11月2日; with its year where that is not the year one starts from."""
    text = f"{day.month}月{day.day}日"
    return text if day.year == year else f"{day.year}年{text}"
