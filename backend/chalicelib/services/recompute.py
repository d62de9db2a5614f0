"""When the next year's holidays are published, every due day that was provisional is counted again."""

from __future__ import annotations

from dataclasses import replace

from ..cases.case import Task
from ..cases.moments import iso
from ..cases.progress import Clock, with_due
from ..catalogue import Catalogue
from .audit import Entry
from .casefile import CaseFile, changes, known_case
from .live import RUNNING, partitions, rows
from .ports import Ports
from .records import calendar_key
from .store import ConflictError, Patch, Value

TRIES = 3


def recompute(ports: Ports, catalogue: Catalogue) -> int:
    """How many due days were counted again. One call where the calendar reaches no further than the last time."""
    key, until = calendar_key(catalogue.slug), ports.calendar.settled_until.isoformat()
    before = str(ports.store.read([key]).get(key, {}).get("until", ""))
    if before >= until:
        return 0
    found = rows(ports.store, partitions(catalogue, catalogue.agencies, RUNNING))
    numbers = dict.fromkeys(row["case_number"] for row in found if _beyond(row, before))
    counted = [_case(ports, catalogue.slug, number) for number in numbers]
    if None not in counted:
        ports.store.commit([Patch(key, set={"until": until})])
    return sum(filter(None, counted))


def _beyond(row: Value, before: str) -> bool:
    """The index does not say what is provisional; what was due within the old calendar cannot be."""
    return str(row.get("due") or "") > before


def _case(ports: Ports, locality: str, number: str) -> int | None:
    """None where others kept writing: the next night tries again."""
    for _ in range(TRIES):
        file, clock = known_case(ports.store, locality, number), ports.now()
        counted = {task.task_id: with_due(task, clock) for task in file.tasks if _provisional(task)}
        counted = {task_id: task for task_id, task in counted.items() if task != file.task(task_id)}
        if not counted:
            return 0
        try:
            ports.store.commit(changes(file, _with(file, counted), [_entry(counted, clock)]))
            return len(counted)
        except ConflictError:
            continue
    return None


def _provisional(task: Task) -> bool:
    return task.provisional and task.state in RUNNING


def _with(file: CaseFile, counted: dict[str, Task]) -> CaseFile:
    return replace(file, tasks=tuple(counted.get(task.task_id, task) for task in file.tasks))


def _entry(counted: dict[str, Task], clock: Clock) -> Entry:
    return Entry(iso(clock.moment), "system", "recomputed-due", ",".join(counted))
