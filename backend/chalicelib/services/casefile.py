"""A case with its tasks, read in one call, and the writes that change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..cases.case import Case, Task
from .audit import Entry, appended
from .consequences import board_changes, with_consequences
from .records import FILE, case_partition, put_case, put_task
from .store import Store, Write


@dataclass(frozen=True, slots=True)
class CaseFile:
    case: Case
    tasks: tuple[Task, ...]

    def task(self, task_id: str) -> Task | None:
        return next((task for task in self.tasks if task.task_id == task_id), None)


class LostCaseError(LookupError):
    """A record names a case that was written together with it and is not there."""


@dataclass(frozen=True, slots=True)
class Read:
    """`tries`: the record of failed look-ups, empty where there are none."""

    file: CaseFile | None
    tries: Mapping[str, Any]


def read_case(store: Store, locality: str, number: str) -> Read:
    """One call. No file where there is no such case."""
    case: Case | None = None
    tasks: list[Task] = []
    tries: Mapping[str, Any] = {}
    for row in store.read_partition(case_partition(locality, number), FILE):
        name = row["sk"].removeprefix(FILE)
        if name == "case":
            case = Case.from_row(row)
        elif name == "tries":
            tries = row
        else:
            tasks.append(Task.from_row(row))
    return Read(CaseFile(case, tuple(tasks)) if case else None, tries)


def known_case(store: Store, locality: str, number: str) -> CaseFile:
    """A case that another record names. Raises LostCaseError."""
    file = read_case(store, locality, number).file
    if file is None:
        raise LostCaseError(number)
    return file


def changes(before: CaseFile | None, after: CaseFile, entries: Iterable[Entry]) -> list[Write]:
    """The case with its audit entries, every task that is new or different, and what the board says of them."""
    told = list(entries)
    after = with_consequences(before, after, told[-1].at)
    case, audited = appended(after.case, told)
    known = {task.task_id: task for task in before.tasks} if before else {}
    changed = [task for task in after.tasks if known.get(task.task_id) != task]
    on_board = board_changes(before, after, told[-1].at)
    return [put_case(case), *(put_task(task) for task in changed), *audited, *on_board]


def with_task(file: CaseFile, task: Task) -> CaseFile:
    """The file with this task in the place of the one of the same id."""
    return replace(file, tasks=tuple(task if one.task_id == task.task_id else one for one in file.tasks))
