"""An agency's own tasks in one state, oldest due first, a page at a time."""

from __future__ import annotations

from typing import Any

from ..cases.states import TaskState
from ..catalogue import Catalogue, Problem
from .access import admit, catalogue_of
from .claims import Claims, Role
from .ports import Ports
from .records import live_partition
from .refused import Refused
from .store import BadCursorError, Index, Value

PAGE = 50
NO_UNIT = "-"


def list_tasks(
    ports: Ports, claims: Claims, locality: str, state: str | None, cursor: str | None, unit: str | None = None
) -> dict[str, Any]:
    """One call. `state` is `open` where it is left out, `unit` the clerk's own. Raises Refused."""
    catalogue = catalogue_of(ports, locality)
    admit(catalogue, claims, Role.AGENCY)
    units = known_units(catalogue, claims)
    shown = unit or next(iter(units))
    wrong = [
        name for name, bad in (("state", state and state not in list(TaskState)), ("unit", shown not in units)) if bad
    ]
    if wrong:
        raise Refused(422, [Problem("choice", name) for name in wrong])
    partition = live_partition(locality, claims.agency, shown, state or TaskState.OPEN)
    try:
        page = ports.store.page(Index.LIVE, partition, PAGE, cursor or None)
    except BadCursorError:
        raise Refused(422, [Problem("choice", "cursor")]) from None
    named = [{"unit": slug, "name": name} for slug, name in units.items()]
    return {"tasks": [_row(row) for row in page.rows], "cursor": page.cursor, "unit": shown, "units": named}


def known_units(catalogue: Catalogue, claims: Claims) -> dict[str, str]:
    """The clerk's own unit first, then what no unit has been given yet, then the others of the agency."""
    names = catalogue.agencies[claims.agency].units
    own = {claims.unit: names[claims.unit]} if claims.unit in names else {}
    return {**own, NO_UNIT: "", **names}


def _row(row: Value) -> dict[str, Any]:
    names = ("task_id", "case_number", "kind", "item", "candidates", "matter", "name", "state", "opened_at")
    known = {name: row.get(name) or None for name in ("due", "chased_at", "blocked_by")}
    return {**{name: row.get(name) for name in names}, **known}
