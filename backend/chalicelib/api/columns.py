"""What a list of supervision looks like as a table: which columns, and each cell in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..cases.numbers import group
from ..catalogue import Catalogue
from ..services.listing import Row

OF_TASK = ("agency_name", "name", "case_number", "task_id", "state", "opened_at", "due")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "summary": (
        *("agency_name", "waiting", "open", "accepted", "correcting"),
        *("late", "soon", "blocked", "undelivered", "paused"),
    ),
    "overdue": (*OF_TASK, "days_late", "days_paused", "reason", "chases"),
    "soon": (*OF_TASK, "days_paused", "reason", "chases"),
    "tasks": (*OF_TASK, "chased_at"),
    "blocked": (*OF_TASK[:4], "waits_for", "blocked_by_name", "cause_name", "reason"),
    "undelivered": ("case_number", "task_id", "kind", "agency_name", "message", "channel", "why", "since"),
    "dormant": ("case_number", "since", "days", "tasks"),
    "unsure": ("case_number", "asked", "at"),
    "certificates": ("case_number", "certificate_name", "change_name", "tasks", "at"),
    "trend": ("day", "opened", "closed", "late"),
}
GROUPED = ("case_number",)
STATES = ("state",)


def table(catalogue: Catalogue, name: str, rows: Iterable[Row]) -> tuple[list[str], list[list[object]]]:
    """The header and the cells."""
    words = catalogue.texts["wording"]["supervision"]["columns"]
    columns = COLUMNS[name]
    return [words[one] for one in columns], [[_cell(catalogue, one, row) for one in columns] for row in rows]


def _cell(catalogue: Catalogue, column: str, row: Row) -> object:
    value = _value(catalogue, column, row)
    if column in GROUPED:
        # Twelve digits in a row would be shown as a rounded number.
        return group(str(value or ""))
    if column in STATES and value:
        return catalogue.texts["wording"]["states"][value]["name"]
    if column == "kind" and value:
        return catalogue.texts["wording"]["supervision"]["kinds"].get(value, value)
    if isinstance(value, list | tuple):
        return "；".join(_one(catalogue, one) for one in value)
    return value


def _value(catalogue: Catalogue, column: str, row: Row) -> Any:
    if column == "agency_name" and not row.get(column):
        known = catalogue.agencies.get(str(row.get("agency", "")))
        return known.name if known else ""
    return row.get(column)


def _one(catalogue: Catalogue, value: object) -> str:
    """One of several in a cell: a word, a chase, a task that is left."""
    if not isinstance(value, Mapping):
        return str(value)
    if "note" in value:
        return f"{str(value['at'])[:10]} {value['note']}"
    state = catalogue.texts["wording"]["states"][value["state"]]["name"]
    return f"{value['name']} {value['agency_name']} {state}"
