"""Open a task's envelope for the agency it is sealed to. Every opening is recorded before anything is shown.

The only use case that can read what was sealed; it runs as a function of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..cases.case import Case, Opening, Task, TaskKind
from ..cases.envelope import Envelope, open_sealed
from ..cases.moments import iso
from ..cases.wording import label
from ..catalogue import Catalogue, Problem
from .access import admit, catalogue_of
from .audit import Entry, actor
from .casefile import CaseFile, changes, with_task
from .claims import Claims, Role
from .outline import outline
from .ports import Ports, Unwrapper
from .records import envelope_key, private_key
from .refused import BusyError, Refused
from .sealing import CALL_BACK, COMMENT, comment_purpose, info, revised
from .store import ConflictError
from .tasks import own_task

TRIES = 3
MOST_SHOWN = 50
"""The family sees the latest openings; all of them stand in the audit chain."""


def open_task(ports: Ports, unwrapper: Unwrapper, claims: Claims, locality: str, task_id: str) -> dict[str, Any]:
    """The task with the fields its item discloses. Raises Refused or BusyError."""
    catalogue = catalogue_of(ports, locality)
    admit(catalogue, claims, Role.AGENCY)
    for _ in range(TRIES):
        file, task = own_task(ports, claims, locality, task_id)
        if file.case.shredded_at:
            raise Refused(409, [Problem("shredded")])
        try:
            ports.store.commit(_recorded(ports, claims, file, task))
        except ConflictError:
            continue
        if task.kind is TaskKind.CALL_BACK:
            return _whom_to_call(ports, unwrapper, catalogue, file, task)
        fields = unsealed(ports, unwrapper, file.case, task.task_id, task.agency)
        # An undetermined task was sealed for all its candidates; once determined it shows its own item's only.
        shown = {path: value for path, value in fields.items() if path in task.discloses}
        return _shown(catalogue, file.case, task, shown)
    raise BusyError


def _whom_to_call(
    ports: Ports, unwrapper: Unwrapper, catalogue: Catalogue, file: CaseFile, task: Task
) -> dict[str, Any]:
    """Name and telephone of the applicant, and what was said about the task in question; nothing of the dead."""
    about = next(one for one in file.tasks if one.task_id == task.about)
    comments = [comment_purpose(about.task_id, place) for place in range(len(about.marks))]
    revisions = _revisions(file.case, CALL_BACK)
    found = _opened(ports, unwrapper, file.case, (*revisions, *comments), task.agency)
    fields = _merged(found, revisions)
    marks = [
        {"at": mark.at, "score": mark.score, "stuck": mark.stuck, "comment": found.get(purpose, {}).get(COMMENT, "")}
        for mark, purpose in zip(about.marks, comments, strict=True)
    ]
    concerns = {"task_id": about.task_id, "name": about.name, "agency_name": about.agency_name, "state": about.state}
    return {**_shown(catalogue, file.case, task, fields), "about": concerns, "marks": marks}


def unsealed(ports: Ports, unwrapper: Unwrapper, case: Case, purpose: str, recipient: str) -> dict[str, Any]:
    """The fields of one purpose of a case, corrections above what they correct.

    Raises EnvelopeError, LookupError where nothing was sealed for it.
    """
    purposes = _revisions(case, purpose)
    fields = _merged(_opened(ports, unwrapper, case, purposes, recipient), purposes)
    if not fields:
        raise LookupError(purpose)
    return fields


def _revisions(case: Case, purpose: str) -> tuple[str, ...]:
    return tuple(revised(purpose, revision) for revision in range(case.revisions + 1))


def _merged(found: Mapping[str, Mapping[str, Any]], purposes: Iterable[str]) -> dict[str, Any]:
    return {path: value for one in purposes for path, value in found.get(one, {}).items()}


def _opened(
    ports: Ports, unwrapper: Unwrapper, case: Case, purposes: Iterable[str], recipient: str
) -> dict[str, Mapping[str, Any]]:
    """What is there of these purposes, by purpose."""
    keys = {one: envelope_key(case.locality, case.number, one) for one in purposes}
    sealed = ports.store.read(list(keys.values()))
    privates = _privates(ports, unwrapper, case.locality, recipient, {one["key_id"] for one in sealed.values()})
    found: dict[str, Mapping[str, Any]] = {}
    for one, key in keys.items():
        if key in sealed:
            row = sealed[key]
            envelope = Envelope(row["suite"], row["key_id"], row["ciphertext"])
            found[one] = open_sealed(privates[row["key_id"]], envelope, info(case, one, recipient))
    return found


def _privates(ports: Ports, unwrapper: Unwrapper, locality: str, recipient: str, key_ids: set[str]) -> dict[str, bytes]:
    """The recipient's private keys by id; more than one after a rotation."""
    keys = {key_id: private_key(locality, recipient, key_id) for key_id in sorted(key_ids)}
    wrapped = ports.store.read(list(keys.values()))
    return {
        key_id: unwrapper.unwrap(
            wrapped[key]["wrapped"], {"locality": locality, "recipient": recipient, "key_id": key_id}
        )
        for key_id, key in keys.items()
    }


def _recorded(ports: Ports, claims: Claims, file: CaseFile, task: Task) -> list[Any]:
    moment = iso(ports.clock())
    opening = Opening(task.agency, task.agency_name, task.task_id, moment)
    seen = replace(task, openings=(*task.openings, opening)[-MOST_SHOWN:])
    entry = Entry(moment, actor(claims), "opened-envelope", task.task_id, tuple(task.discloses))
    return changes(file, with_task(file, seen), [entry])


def _shown(catalogue: Catalogue, case: Case, task: Task, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **outline(case, task),
        "payee": task.payee,
        "payees": list(task.payees),
        "fields": dict(fields),
        "labels": {path: label(catalogue, path) for path in fields},
    }
