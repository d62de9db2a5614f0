"""An agency's own tasks in one state, oldest due first, a page at a time."""

from __future__ import annotations

from typing import Any

from ..cases.states import TaskState
from ..catalogue import Problem
from .access import admit, catalogue_of
from .claims import Claims, Role
from .ports import Ports
from .records import live_partition
from .refused import Refused
from .store import BadCursorError, Index, Value

PAGE = 50
NO_UNIT = "-"


def list_tasks(ports: Ports, claims: Claims, locality: str, state: str | None, cursor: str | None) -> dict[str, Any]:
    """One call. `state` is `open` where it is left out. Raises Refused."""
    admit(catalogue_of(ports, locality), claims, Role.AGENCY)
    if (state or TaskState.OPEN) not in list(TaskState):
        raise Refused(422, [Problem("choice", "state")])
    partition = live_partition(locality, claims.agency, NO_UNIT, state or TaskState.OPEN)
    try:
        page = ports.store.page(Index.LIVE, partition, PAGE, cursor or None)
    except BadCursorError:
        raise Refused(422, [Problem("choice", "cursor")]) from None
    return {"tasks": [_row(row) for row in page.rows], "cursor": page.cursor}


def _row(row: Value) -> dict[str, Any]:
    names = ("task_id", "case_number", "item", "candidates", "matter", "name", "state", "opened_at")
    return {**{name: row.get(name) for name in names}, "due": row.get("due") or None}
