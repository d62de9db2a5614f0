"""Open a task's envelope for the agency it is sealed to. Every opening is recorded before anything is shown.

The only use case that can read what was sealed; it runs as a function of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..cases.case import Case, Opening, Task
from ..cases.envelope import Envelope, open_sealed
from ..cases.moments import iso
from ..cases.wording import label
from ..catalogue import Catalogue
from .access import admit, catalogue_of
from .audit import Entry, actor
from .casefile import CaseFile, changes, with_task
from .claims import Claims, Role
from .ports import Ports, Unwrapper
from .records import envelope_key, private_key
from .refused import BusyError
from .sealing import info, revised
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
        try:
            ports.store.commit(_recorded(ports, claims, file, task))
        except ConflictError:
            continue
        fields = unsealed(ports, unwrapper, file.case, task.task_id, task.agency)
        return _shown(catalogue, file.case, task, fields)
    raise BusyError


def unsealed(ports: Ports, unwrapper: Unwrapper, case: Case, purpose: str, recipient: str) -> dict[str, Any]:
    """The fields of one purpose of a case, corrections above what they correct.

    Raises EnvelopeError, LookupError where nothing was sealed for it.
    """
    purposes = [revised(purpose, revision) for revision in range(case.revisions + 1)]
    keys = [envelope_key(case.locality, case.number, one) for one in purposes]
    sealed = ports.store.read(keys)
    privates = _privates(ports, unwrapper, case.locality, recipient, {one["key_id"] for one in sealed.values()})
    fields: dict[str, Any] = {}
    for one, key in zip(purposes, keys, strict=True):
        if key in sealed:
            row = sealed[key]
            envelope = Envelope(row["suite"], row["key_id"], row["ciphertext"])
            fields |= open_sealed(privates[row["key_id"]], envelope, info(case, one, recipient))
    if not fields:
        raise LookupError(purpose)
    return fields


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
        "task_id": task.task_id,
        "case_number": case.number,
        "item": task.item,
        "candidates": list(task.candidates) if task.item is None else [],
        "matter": task.matter,
        "name": task.name,
        "state": task.state,
        "due": task.due or None,
        "due_explained": task.due_explained,
        "waits_for": list(task.waits_for),
        "payee": task.payee,
        "payees": list(task.payees),
        "silent": task.silent,
        "reason": task.reason,
        "result": task.result,
        "received_at": case.received_at,
        "other_cases": list(case.others),
        "missing": [slug for slug, items in case.missing if task.item in items or set(task.candidates) & set(items)],
        "fields": dict(fields),
        "labels": {path: label(catalogue, path) for path in fields},
    }
