"""What is late, and what soon will be: from the index, up to a day, oldest due first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..cases.case import Task
from ..cases.lateness import days_late, days_paused, next_working_day
from ..cases.moments import beijing_date
from ..cases.progress import Clock
from ..catalogue import Catalogue, Problem
from .access import admit_lead, catalogue_of
from .claims import Claims
from .listing import Asked, Listing, about, agencies
from .live import RUNNING, agency_of, partitions, read_all, rows
from .ports import Ports
from .refused import Refused
from .store import Index, Key, Store, Value

PAGE = 50
MOST = 10_000
CURSOR = re.compile(r"\d{4}-\d{2}-\d{2}#[\d:T+-]{25}#\d{12}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Window:
    """A range of the index's sort key, which begins with the due day."""

    since: str | None
    upto: str

    def after(self, sort: str) -> Window:
        """What comes after this row: no other key begins with it."""
        return Window(f"{sort} ", self.upto)

    def holds(self, day: str) -> bool:
        """Whether a task due on this day belongs in it."""
        return bool(day) and (self.since or "") <= f"{day}#" <= self.upto


@dataclass(frozen=True, slots=True)
class Late:
    """What the index alone tells of a late task."""

    task_id: str
    case_number: str
    name: str
    agency: str
    due: date
    days: int


def late(today: date) -> Window:
    """Due before today."""
    return Window(None, today.isoformat())


def soon(clock: Clock) -> Window:
    """Due today or on the next working day."""
    today = beijing_date(clock.moment)
    return Window(today.isoformat(), f"{next_working_day(today, clock.calendar)}~")


def list_overdue(ports: Ports, claims: Claims, locality: str, asked: Asked) -> Listing:
    """Raises Refused."""
    return _listed(ports, claims, locality, asked, late(beijing_date(ports.clock())))


def list_soon(ports: Ports, claims: Claims, locality: str, asked: Asked) -> Listing:
    """Raises Refused."""
    return _listed(ports, claims, locality, asked, soon(ports.now()))


def every_late(ports: Ports, catalogue: Catalogue) -> list[Late]:
    """All of them, longest due first."""
    clock = ports.now()
    today = beijing_date(clock.moment)
    found = rows(ports.store, partitions(catalogue, catalogue.agencies, RUNNING), late(today).upto)
    ordered = sorted(found, key=lambda row: str(row["live_sort"]))
    return [_late(row, today, clock) for row in ordered]


def _late(row: Value, today: date, clock: Clock) -> Late:
    due = date.fromisoformat(row["due"])
    days = days_late(due, today, clock.calendar)
    return Late(row["task_id"], row["case_number"], row["name"], agency_of(row), due, days)


def _listed(ports: Ports, claims: Claims, locality: str, asked: Asked, window: Window) -> Listing:
    catalogue = catalogue_of(ports, locality)
    admit_lead(catalogue, claims)
    wanted = partitions(catalogue, agencies(catalogue, asked), RUNNING)
    found = _everything(ports.store, wanted, window) if asked.everything else _page(ports.store, wanted, window, asked)
    clock = ports.now()
    keys = [Key(row["pk"], row["sk"]) for row in found.rows]
    records = read_all(ports.store, keys)
    tasks = [Task.from_row(records[key]) for key in keys if key in records]
    # The index follows its records a little later.
    sound = [task for task in tasks if task.state in RUNNING and window.holds(task.due)]
    return Listing("tasks", tuple(_shown(task, clock) for task in sound), found.cursor, found.more)


def _page(store: Store, wanted: Iterable[str], window: Window, asked: Asked) -> Listing:
    """The first of what every partition has after the cursor."""
    if asked.cursor:
        if not CURSOR.fullmatch(asked.cursor) or not window.holds(asked.cursor[:10]):
            raise Refused(422, [Problem("choice", "cursor")])
        window = window.after(asked.cursor)
    pages = [store.page(Index.LIVE, one, PAGE, None, window.upto, window.since) for one in wanted]
    found = sorted((row for page in pages for row in page.rows), key=_sort)
    more = len(found) > PAGE or any(page.cursor for page in pages)
    return Listing("tasks", tuple(found[:PAGE]), _sort(found[PAGE - 1]) if more else None)


def _everything(store: Store, wanted: Iterable[str], window: Window) -> Listing:
    found = sorted(rows(store, wanted, window.upto, window.since), key=_sort)
    return Listing("tasks", tuple(found[:MOST]), more=len(found) > MOST)


def _sort(row: Any) -> str:
    return str(row["live_sort"])


def _shown(task: Task, clock: Clock) -> dict[str, Any]:
    today = beijing_date(clock.moment)
    return {
        **about(task),
        "days_late": days_late(date.fromisoformat(task.due), today, clock.calendar),
        "days_paused": days_paused(task.paused, today, clock.calendar),
        "paused": [{"from": first, "to": after or None} for first, after in task.paused],
        "due_explained": task.due_explained,
        "provisional": task.provisional,
    }
