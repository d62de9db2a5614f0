"""A list for supervision: what it is called, its rows, and where it goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..cases.case import Task
from ..catalogue import Catalogue, Problem
from .refused import Refused

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """`agency` narrows a list to one agency; `everything` leaves the pages out, as far as one answer can hold it."""

    agency: str = ""
    state: str = ""
    cursor: str = ""
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """`name` is the key of its rows in an answer; `more`: there were more than one answer holds."""

    name: str
    rows: tuple[Row, ...]
    cursor: str | None = None
    more: bool = False


def agencies(catalogue: Catalogue, asked: Asked) -> tuple[str, ...]:
    """The agencies that are asked about. Refuses one that is none of the locality's."""
    if asked.agency and asked.agency not in catalogue.agencies:
        raise Refused(422, [Problem("choice", "agency")])
    return (asked.agency,) if asked.agency else tuple(catalogue.agencies)


def about(task: Task) -> dict[str, Any]:
    """What every list says of a task; nothing personal."""
    return {
        "task_id": task.task_id,
        "case_number": task.case_number,
        "kind": task.kind,
        "item": task.item,
        "name": task.name,
        "agency": task.agency,
        "agency_name": task.agency_name,
        "unit": task.unit,
        "state": task.state,
        "opened_at": task.opened_at or None,
        "due": task.due or None,
        "reason": task.reason,
        "chases": [{"at": one.at, "note": one.note} for one in task.chases],
    }


def of_agency(rows: Iterable[Row], asked: Asked) -> tuple[Row, ...]:
    """A row is about its own agency, or about those of the tasks in it."""
    return tuple(row for row in rows if not asked.agency or asked.agency in _agencies(row))


def _agencies(row: Row) -> set[str]:
    return {row.get("agency", ""), *(task["agency"] for task in row.get("tasks", ()))}
