"""A task as far as nothing in it is personal: what may be seen before its envelope is opened."""

from __future__ import annotations

from typing import Any

from ..cases.case import Case, Task
from .access import admit, catalogue_of
from .claims import Claims, Role
from .ports import Ports
from .tasks import own_task


def outline_task(ports: Ports, claims: Claims, locality: str, task_id: str) -> dict[str, Any]:
    """One call; nothing is recorded. Raises Refused."""
    admit(catalogue_of(ports, locality), claims, Role.AGENCY)
    file, task = own_task(ports, claims, locality, task_id)
    return outline(file.case, task)


def outline(case: Case, task: Task) -> dict[str, Any]:
    return {
        "task_id": task.task_id,
        "case_number": case.number,
        "kind": task.kind,
        "unit": task.unit,
        "item": task.item,
        "candidates": list(task.candidates) if task.item is None else [],
        "matter": task.matter,
        "name": task.name,
        "state": task.state,
        "opened_at": task.opened_at or None,
        "due": task.due or None,
        "due_explained": task.due_explained,
        "waits_for": list(task.waits_for),
        "blocked_by": task.blocked_by or None,
        "silent": task.silent,
        "reason": task.reason,
        "result": task.result,
        "certificate_number": task.certificate_number,
        "received_at": case.received_at,
        "other_cases": list(case.others),
        "missing": [slug for slug, items in case.missing if task.item in items or set(task.candidates) & set(items)],
        "chases": [{"at": one.at, "note": one.note} for one in task.chases],
    }
