"""The family takes back what no agency has accepted yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..cases.answer import Answer, look_up
from ..cases.case import Task
from ..cases.choices import unknown_field
from ..cases.moments import iso
from ..cases.progress import Clock, settled
from ..cases.states import CaseState, TaskState
from ..catalogue import Problem
from .access import catalogue_of
from .audit import Entry
from .casefile import CaseFile, changes
from .deliveries import to_agency
from .door import open_case
from .ports import Ports
from .refused import BusyError, Refused
from .store import ConflictError, Write

TRIES = 3
KNOWN = ("case_number", "lookup_code", "tasks")


def withdraw(ports: Ports, locality: str, body: Mapping[str, Any]) -> Answer:
    """`tasks`: ids, or left out for everything that still can be. Raises Refused or BusyError.

    Silent items are no wish of the family's and stay.
    """
    catalogue = catalogue_of(ports, locality)
    for _ in range(TRIES):
        file = open_case(ports, locality, body.get("case_number"), body.get("lookup_code"))
        gone = _chosen(file, body)
        after = _without(file, gone, ports.now())
        try:
            ports.store.commit(_writes(file, after, gone, ports.now()))
            return look_up(catalogue, after.case, after.tasks)
        except ConflictError:
            continue
    raise BusyError


def _chosen(file: CaseFile, body: Mapping[str, Any]) -> tuple[Task, ...]:
    strange = [unknown_field(key) for key in [key for key in body if key not in KNOWN][:20]]
    wanted = body.get("tasks")
    free = tuple(task for task in file.tasks if task.withdrawable)
    if wanted is not None and not (isinstance(wanted, list) and all(isinstance(one, str) for one in wanted)):
        strange.append(Problem("wrong_type", "tasks"))
    if strange:
        raise Refused(422, strange)
    chosen = free if wanted is None else tuple(task for task in free if task.task_id in wanted)
    if not chosen or (wanted is not None and {task.task_id for task in chosen} != set(wanted)):
        raise Refused(409, [Problem("too_late_to_withdraw", "tasks")])
    return chosen


def _without(file: CaseFile, gone: tuple[Task, ...], clock: Clock) -> CaseFile:
    ended = {task.task_id for task in gone}
    at = iso(clock.moment)
    tasks = tuple(
        replace(task, state=TaskState.WITHDRAWN, ended_at=at) if task.task_id in ended else task for task in file.tasks
    )
    case = settled(file.case, tasks)
    if case.state is CaseState.WITHDRAWN:
        # Nothing silent starts for a family that wants nothing any more.
        case = replace(case, standby=())
    return CaseFile(case, tasks)


def _writes(before: CaseFile, after: CaseFile, gone: tuple[Task, ...], clock: Clock) -> list[Write]:
    about = {"locality": before.case.locality, "case_number": before.case.number}
    entry = Entry(iso(clock.moment), "family", "withdrew", ",".join(task.task_id for task in gone))
    told = [to_agency("withdrawn", task.task_id, task.agency, clock.moment, **about) for task in gone]
    return [*changes(before, after, [entry]), *told]
