"""Find one task for the agency that holds it."""

from __future__ import annotations

import re

from ..cases.case import Task
from .casefile import CaseFile, read_case
from .claims import Claims
from .ports import Ports
from .refused import not_found

TASK_ID = re.compile(r"(\d{12})-\d{2}", re.ASCII)


def own_task(ports: Ports, claims: Claims, locality: str, task_id: str) -> tuple[CaseFile, Task]:
    """One call. Refuses with 404 what is unknown or another agency's, alike."""
    file, task = any_task(ports, locality, task_id)
    if task.agency != claims.agency:
        raise not_found()
    return file, task


def any_task(ports: Ports, locality: str, task_id: str) -> tuple[CaseFile, Task]:
    """One call, for who may act on every agency's tasks. Refuses with 404 what is unknown."""
    form = TASK_ID.fullmatch(task_id)
    file = read_case(ports.store, locality, form[1]).file if form else None
    task = file.task(task_id) if file else None
    if file is None or task is None:
        raise not_found()
    return file, task
