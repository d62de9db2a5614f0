"""The index of tasks as supervision reads it: every agency's partitions, whatever its units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..cases.states import ENDED, TaskState
from ..catalogue import Catalogue
from .records import live_partition
from .store import BadCursorError, Index, Key, Page, Store, Value
from .worklist import NO_UNIT

RUNNING = (TaskState.OPEN, TaskState.ACCEPTED)
"""The clock runs, and the agency holds it."""
LIVE = tuple(state for state in TaskState if state not in ENDED)
MANY = 500
MOST_KEYS = 100
BETWEEN = "~"
"""In a cursor: which partition it is of."""


def partitions(catalogue: Catalogue, agencies: Iterable[str], states: Iterable[TaskState]) -> list[str]:
    wanted = tuple(states)
    return [
        live_partition(catalogue.slug, agency, unit, state)
        for agency in agencies
        for state in wanted
        for unit in (NO_UNIT, *catalogue.agencies[agency].units)
    ]


def page(store: Store, wanted: Sequence[str], limit: int, cursor: str | None) -> Page:
    """One call: a page of one partition; its cursor leads on to the next one. Raises BadCursorError."""
    first, sign, inner = (cursor or "").partition(BETWEEN)
    if not sign:
        first, inner = "0", cursor or ""
    if not (first.isascii() and first.isdigit() and len(first) < 6 and int(first) < len(wanted)):
        raise BadCursorError
    place = int(first)
    found = store.page(Index.LIVE, wanted[place], limit, inner or None)
    if found.cursor is not None:
        return Page(found.rows, f"{place}{BETWEEN}{found.cursor}" if place else found.cursor)
    return Page(found.rows, f"{place + 1}{BETWEEN}" if place + 1 < len(wanted) else None)


def count(store: Store, wanted: Iterable[str], upto: str | None = None, since: str | None = None) -> int:
    return sum(store.count(Index.LIVE, partition, upto, since) for partition in wanted)


def rows(store: Store, wanted: Iterable[str], upto: str | None = None, since: str | None = None) -> Iterator[Value]:
    """All of them, partition after partition."""
    for partition in wanted:
        cursor: str | None = None
        while True:
            page = store.page(Index.LIVE, partition, MANY, cursor, upto, since)
            yield from page.rows
            cursor = page.cursor
            if cursor is None:
                break


def agency_of(row: Value) -> str:
    """The index names it in its partition only."""
    return str(row["live"]).split("#")[1]


def read_all(store: Store, keys: Iterable[Key]) -> Mapping[Key, Value]:
    """As many reads as it takes: one of them is of a hundred keys."""
    wanted = list(dict.fromkeys(keys))
    found: dict[Key, Value] = {}
    for start in range(0, len(wanted), MOST_KEYS):
        found |= store.read(wanted[start : start + MOST_KEYS])
    return found
