"""Which tasks wait in vain: the certificate they wait for was refused within their own case.

A certificate that nobody in the case was to issue may still come from outside; one that somebody still works on too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from .case import Task
from .states import TaskState

REFUSED = (TaskState.DECLINED, TaskState.FAILED)


def blocks(tasks: Iterable[Task]) -> Mapping[str, Task]:
    """The refused task behind each waiting one, by the waiting one's id.

    What is blocked issues nothing either, so this is found step by step until nothing more is added.
    """
    current = list(tasks)
    found: dict[str, Task] = {}
    while True:
        lost = {task.issues: found.get(task.task_id, task) for task in current if task.issues and _gone(task, found)}
        hope = {task.issues for task in current if not task.ended and task.task_id not in found}
        more = {
            task.task_id: next(lost[kind] for kind in task.opens_on if kind in lost)
            for task in current
            if task.state is TaskState.WAITING and set(task.opens_on) & set(lost) and not set(task.opens_on) & hope
        }
        if more.keys() == found.keys():
            return found
        found = more


def with_blocks(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Each task with the agency that blocks it, or with nobody where it is not blocked any more."""
    current = tuple(tasks)
    found = blocks(current)
    return tuple(_marked(task, found[task.task_id].agency if task.task_id in found else "") for task in current)


def _gone(task: Task, found: Mapping[str, Task]) -> bool:
    return task.state in REFUSED or task.task_id in found


def _marked(task: Task, agency: str) -> Task:
    return task if task.blocked_by == agency else replace(task, blocked_by=agency)
