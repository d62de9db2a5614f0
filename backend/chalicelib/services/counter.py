"""The counter: a paper application, and a case as a clerk may see it: states only, nothing personal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..cases.answer import missing
from ..cases.case import Task, TaskKind
from ..cases.desk import PARTS, read_desk
from ..cases.numbers import group
from ..catalogue import Catalogue, Channel, Problem
from .access import admit, catalogue_of
from .audit import actor
from .case_states import case_file
from .casefile import CaseFile
from .claims import Claims, Role
from .ports import Ports
from .prepare import prepare
from .refused import Refused
from .submit import Outcome, submit

States = dict[str, Any]


def apply(ports: Ports, claims: Claims, locality: str, body: Mapping[str, Any]) -> Outcome:
    """The receipt tells once, all together, what is missing and for what. Raises Refused or BusyError."""
    catalogue = at_counter(ports, claims, locality)
    desk, problems = read_desk(catalogue, actor(claims), body)
    rest = {name: value for name, value in body.items() if name not in PARTS}
    if problems:
        raise Refused(422, [*_others(ports, catalogue, rest), *problems])
    return submit(ports, locality, rest, Channel.COUNTER, desk)


def show(ports: Ports, claims: Claims, locality: str, number: str) -> States:
    """What a caller is told who knows the case number. One call. Raises Refused."""
    catalogue = at_counter(ports, claims, locality)
    return states(catalogue, case_file(ports, locality, number))


def at_counter(ports: Ports, claims: Claims, locality: str) -> Catalogue:
    """Raises Refused for anybody else than the counter of this place."""
    catalogue = catalogue_of(ports, locality)
    admit(catalogue, claims, Role.COUNTER)
    return catalogue


def states(catalogue: Catalogue, file: CaseFile) -> States:
    """No reasons and no results: a telephone does not show who is calling."""
    case, words = file.case, catalogue.texts["wording"]
    return {
        "case_number": group(case.number),
        "channel": case.channel,
        "counter": case.counter,
        "received_at": case.received_at,
        "state": case.state,
        "state_name": words["case_states"][case.state],
        "tasks": [_task(catalogue, task) for task in file.tasks if task.kind is TaskKind.ITEM],
        "missing": missing(case, file.tasks),
        "seen": list(case.seen),
    }


def _task(catalogue: Catalogue, task: Task) -> States:
    return {
        "task_id": task.task_id,
        "item": task.item,
        "name": task.name,
        "agency": task.agency,
        "agency_name": task.agency_name,
        "state": task.state,
        "state_name": catalogue.texts["wording"]["states"][task.state]["name"],
        "due": task.due or None,
        "handed_over_at": task.handed_over_at or None,
    }


def _others(ports: Ports, catalogue: Catalogue, body: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What is wrong with the form itself, so that everything is said at once."""
    try:
        prepare(ports, catalogue, body, Channel.COUNTER)
    except Refused as refused:
        return refused.problems
    return ()
