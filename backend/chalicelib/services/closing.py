"""The lead agency ends a dormant case: what nobody has taken on is withdrawn with a reason, and everybody is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from ..cases.case import BY_CERTIFICATE, Task, TaskKind
from ..cases.dormancy import is_dormant
from ..cases.moments import beijing_date, iso
from ..cases.progress import settled
from ..cases.states import TaskState
from ..catalogue import Catalogue, Problem
from . import person as people
from .access import admit_lead, catalogue_of
from .audit import Entry, actor
from .case_states import case_file
from .casefile import CaseFile, changes
from .claims import Claims
from .deliveries import to_agency, to_family
from .note import read_note
from .ports import Ports
from .records import person_key
from .refused import BusyError, Refused
from .store import ConflictError, Patch, Write

TRIES = 3
FREE = (TaskState.WAITING, TaskState.OPEN, TaskState.CORRECTING)


def close_dormant(ports: Ports, claims: Claims, locality: str, number: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """What an agency has accepted stays with it. Raises Refused or BusyError."""
    catalogue = catalogue_of(ports, locality)
    admit_lead(catalogue, claims)
    said = read_note(body, "reason", "reason_required")
    reason = catalogue.texts["reasons"].get(said, said)
    for _ in range(TRIES):
        file, moment = case_file(ports, locality, number), ports.clock()
        gone = _endable(catalogue, file, moment)
        after = _without(file, gone, reason, iso(moment))
        try:
            ports.store.commit(_writes(file, after, gone, claims, moment))
        except ConflictError:
            continue
        ended = [task.task_id for task in gone]
        return {"case_number": after.case.number, "state": after.case.state, "reason": reason, "ended": ended}
    raise BusyError


def _endable(catalogue: Catalogue, file: CaseFile, moment: datetime) -> tuple[Task, ...]:
    if not is_dormant(file.case, beijing_date(moment), catalogue.dormant_after_days):
        raise Refused(409, [Problem("not_dormant", "", {"days": str(catalogue.dormant_after_days)})])
    gone = tuple(task for task in file.tasks if task.state in FREE and task.kind is TaskKind.ITEM)
    if not gone:
        raise Refused(409, [Problem("nothing_to_close")])
    return gone


def _without(file: CaseFile, gone: tuple[Task, ...], reason: str, at: str) -> CaseFile:
    ended = {task.task_id for task in gone}
    tasks = tuple(
        replace(task, state=TaskState.WITHDRAWN, ended_at=at, reason=reason) if task.task_id in ended else task
        for task in file.tasks
    )
    # Nothing silent starts for a case that is given up.
    return CaseFile(settled(replace(file.case, standby=(), closed_reason=reason), tasks), tasks)


def _writes(before: CaseFile, after: CaseFile, gone: tuple[Task, ...], claims: Claims, moment: datetime) -> list[Write]:
    case = before.case
    about = {"locality": case.locality, "case_number": case.number}
    fact = f"{case.number}.{case.audit[0] + 1}"
    entry = Entry(iso(moment), actor(claims), "closed-dormant", ",".join(task.task_id for task in gone))
    told = [to_agency("ended-by-lead", task.task_id, task.agency, moment, **about) for task in gone]
    free = tuple(f"{people.SILENT}{task.item}" for task in gone if task.silent)
    # A silent item that was given up may start again for the person.
    person = [Patch(person_key(case.person), remove=free)] if free else []
    # A case that a certificate alone started has no family.
    family = [] if case.channel == BY_CERTIFICATE else [to_family("case-ended", fact, moment, **about)]
    return [*changes(before, after, [entry]), *told, *family, *person]
