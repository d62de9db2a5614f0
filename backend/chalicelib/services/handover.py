"""Hand a result over at the counter, once; the clerk reads it out of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..cases.case import Task, TaskKind
from ..cases.moments import iso
from ..cases.states import TaskState
from ..catalogue import Catalogue, Problem
from .audit import Entry, actor
from .case_states import case_file
from .casefile import CaseFile, changes, with_task
from .claims import Claims
from .corrections import strange_to
from .counter import at_counter
from .ports import Ports
from .refused import BusyError, Refused, not_found
from .store import ConflictError

TRIES = 3
RESULTS = (TaskState.COMPLETED, TaskState.FAILED, TaskState.DECLINED)


def hand_over(ports: Ports, claims: Claims, locality: str, number: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Repeating it changes nothing. Raises Refused or BusyError."""
    catalogue = at_counter(ports, claims, locality)
    task_id = _task_id(body)
    for _ in range(TRIES):
        file = case_file(ports, locality, number)
        task = _result(catalogue, file, task_id)
        if task.handed_over_at:
            return _answer(catalogue, task)
        moment = iso(ports.clock())
        after = replace(task, handed_over_at=moment)
        entry = Entry(moment, actor(claims), "handed-over", task_id)
        try:
            ports.store.commit(changes(file, with_task(file, after), [entry]))
            return _answer(catalogue, after)
        except ConflictError:
            continue
    raise BusyError


def _task_id(body: Mapping[str, Any]) -> str:
    problems = [*strange_to(body, ("task_id",))]
    task_id = body.get("task_id")
    if not isinstance(task_id, str) or not task_id:
        problems.append(Problem("required", "task_id"))
    if problems:
        raise Refused(422, problems)
    return str(task_id)


def _result(catalogue: Catalogue, file: CaseFile, task_id: str) -> Task:
    task = file.task(task_id)
    if task is None or task.kind is not TaskKind.ITEM:
        raise not_found()
    if task.state not in RESULTS:
        name = catalogue.texts["wording"]["states"][task.state]["name"]
        raise Refused(409, [Problem("state_conflict", "task_id", {"state": name})])
    return task


def _answer(catalogue: Catalogue, task: Task) -> dict[str, Any]:
    return {
        "task_id": task.task_id,
        "name": task.name,
        "agency_name": task.agency_name,
        "state": task.state,
        "state_name": catalogue.texts["wording"]["states"][task.state]["name"],
        "result": task.result,
        "certificate_number": task.certificate_number,
        "reason": task.reason,
        "handed_over_at": task.handed_over_at,
    }
