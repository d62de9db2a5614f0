"""Any agency's tasks in one state, for the lead agency: what stands in the index, nothing personal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..cases.states import TaskState
from ..catalogue import Catalogue, Problem
from .access import admit_lead, catalogue_of
from .claims import Claims
from .listing import Asked, Listing
from .live import agency_of, page, partitions, rows
from .ports import Ports
from .refused import Refused
from .store import BadCursorError, Store, Value

PAGE = 50
MOST = 10_000
NAMES = ("task_id", "case_number", "kind", "item", "matter", "name", "state")


def list_any_tasks(ports: Ports, claims: Claims, locality: str, asked: Asked) -> Listing:
    """One call a page, unit after unit. `agency` and `state` say which. Raises Refused."""
    catalogue = catalogue_of(ports, locality)
    admit_lead(catalogue, claims)
    wrong = [name for name, known in _choices(catalogue).items() if getattr(asked, name) not in known]
    if wrong:
        raise Refused(422, [Problem("choice", name) for name in wrong])
    wanted = partitions(catalogue, [asked.agency], [TaskState(asked.state)])
    found = _everything(ports.store, wanted) if asked.everything else _page(ports.store, wanted, asked.cursor)
    return replace(found, rows=tuple(_row(catalogue, row) for row in found.rows))


def _everything(store: Store, wanted: Sequence[str]) -> Listing:
    found = list(rows(store, wanted))
    return Listing("tasks", tuple(found[:MOST]), more=len(found) > MOST)


def _page(store: Store, wanted: Sequence[str], cursor: str) -> Listing:
    try:
        found = page(store, wanted, PAGE, cursor or None)
    except BadCursorError:
        raise Refused(422, [Problem("choice", "cursor")]) from None
    return Listing("tasks", found.rows, found.cursor)


def _choices(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    return {"agency": tuple(catalogue.agencies), "state": tuple(TaskState)}


def _row(catalogue: Catalogue, row: Value) -> dict[str, Any]:
    agency = agency_of(row)
    named = {"agency": agency, "agency_name": catalogue.agencies[agency].name}
    moments = {name: row.get(name) or None for name in ("opened_at", "due", "chased_at", "blocked_by")}
    return {**{name: row.get(name) for name in NAMES}, **named, **moments}
