"""Tell the agencies of tasks that have just opened."""

from __future__ import annotations

from collections.abc import Iterable

from ..cases.case import Task
from ..cases.progress import Clock
from .deliveries import to_agency
from .store import Write


def now_open(tasks: Iterable[Task], clock: Clock) -> list[Write]:
    """One mail each time a task opens: after a withdrawn certificate it may open once more."""
    return [_mail(task, clock) for task in tasks]


def _mail(task: Task, clock: Clock) -> Write:
    about = {"locality": task.locality, "case_number": task.case_number}
    message = "new-task" if task.silent and not task.version else "now-open"
    fact = f"{task.task_id}.v{task.version}"
    return to_agency(message, fact, task.agency, clock.moment, task=task.task_id, **about)
