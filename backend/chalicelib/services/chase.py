"""The lead agency presses for a task: noted on it, mailed to the agency, and on the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from ..cases.case import Chase, Task
from ..cases.moments import iso
from ..catalogue import Catalogue, Problem
from .access import admit_lead, catalogue_of
from .audit import Entry, actor
from .casefile import CaseFile, changes, with_task
from .claims import Claims
from .deliveries import to_agency
from .live import RUNNING
from .note import read_note
from .ports import Ports
from .refused import BusyError, Refused
from .store import ConflictError, Write
from .tasks import any_task

TRIES = 3
MOST = 50


def chase(ports: Ports, claims: Claims, locality: str, task_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The task's chases after it. The same note again on the same day changes nothing. Raises Refused or BusyError."""
    catalogue = catalogue_of(ports, locality)
    admit_lead(catalogue, claims)
    note = read_note(body, "note")
    for _ in range(TRIES):
        file, task = any_task(ports, locality, task_id)
        _check(catalogue, task)
        moment = ports.clock()
        if any(one.note == note and one.at[:10] == iso(moment)[:10] for one in task.chases):
            return _answer(task)
        after = replace(task, chases=(*task.chases, Chase(iso(moment), note)))
        try:
            ports.store.commit(_writes(file, after, claims, moment))
            return _answer(after)
        except ConflictError:
            continue
    raise BusyError


def _check(catalogue: Catalogue, task: Task) -> None:
    """Only what is in the agency's own hands can be pressed for."""
    if task.state not in RUNNING:
        name = catalogue.texts["wording"]["states"][task.state]["name"]
        raise Refused(409, [Problem("not_running", "", {"state": name})])
    if len(task.chases) >= MOST:
        raise Refused(409, [Problem("too_many", "note")])


def _writes(file: CaseFile, after: Task, claims: Claims, moment: datetime) -> list[Write]:
    fact = f"{after.task_id}.c{len(after.chases)}"
    about = {"locality": after.locality, "case_number": after.case_number}
    mail = to_agency("chased", fact, after.agency, moment, task=after.task_id, **about)
    entry = Entry(iso(moment), actor(claims), "chased", after.task_id)
    return [*changes(file, with_task(file, after), [entry]), mail]


def _answer(task: Task) -> dict[str, Any]:
    chases = [{"at": one.at, "note": one.note} for one in task.chases]
    return {"task_id": task.task_id, "state": task.state, "due": task.due or None, "chases": chases}
