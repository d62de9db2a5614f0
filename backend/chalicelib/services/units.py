"""Give a task to one unit of its agency, such as a police station, or back to all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..cases.case import Task
from ..cases.moments import iso
from ..catalogue import Catalogue, Problem
from .access import admit, catalogue_of
from .audit import Entry, actor
from .casefile import changes, with_task
from .claims import Claims, Role
from .corrections import strange_to
from .ports import Ports
from .refused import BusyError, Refused
from .store import ConflictError
from .tasks import own_task
from .worklist import known_units

TRIES = 3


def assign(ports: Ports, claims: Claims, locality: str, task_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Repeating it changes nothing. Raises Refused or BusyError."""
    catalogue = catalogue_of(ports, locality)
    admit(catalogue, claims, Role.AGENCY)
    units = known_units(catalogue, claims)
    unit = _unit(units, body)
    for _ in range(TRIES):
        file, task = own_task(ports, claims, locality, task_id)
        _still_live(catalogue, task)
        answer = {"task_id": task.task_id, "unit": unit, "unit_name": units[unit]}
        if task.unit == unit:
            return answer
        entry = Entry(iso(ports.clock()), actor(claims), f"assigned:{unit}", task.task_id)
        try:
            ports.store.commit(changes(file, with_task(file, replace(task, unit=unit)), [entry]))
            return answer
        except ConflictError:
            continue
    raise BusyError


def _unit(units: Mapping[str, str], body: Mapping[str, Any]) -> str:
    problems = [*strange_to(body, ("unit",))]
    unit = body.get("unit")
    if not isinstance(unit, str) or unit not in units:
        problems.append(Problem("choice", "unit"))
    if problems:
        raise Refused(422, problems)
    return str(unit)


def _still_live(catalogue: Catalogue, task: Task) -> None:
    if task.ended:
        name = catalogue.texts["wording"]["states"][task.state]["name"]
        raise Refused(409, [Problem("state_conflict", "unit", {"state": name})])
