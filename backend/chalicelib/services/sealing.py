"""Seal what each recipient may read: an agency the fields its item discloses, the lead agency the whole,
the messenger the telephone number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..cases.case import Case, Task, TaskKind
from ..cases.envelope import EnvelopeInfo, seal
from ..catalogue import Catalogue
from .records import envelope_key
from .store import Put

MESSENGER = "messenger"
CONTACT = "contact"
WHOLE = "whole"
CALL_BACK = "call-back"
NAME = "applicant.name"
PHONE = "applicant.phone"
COMMENT = "comment"
WHOM_TO_CALL = (NAME, PHONE)


class NoKeyError(LookupError):
    """The key directory has no key for a recipient: the keys have not been made yet."""


def sealed(
    catalogue: Catalogue, case: Case, tasks: Iterable[Task], values: Mapping[str, Any], directory: Mapping[str, Any]
) -> list[Put]:
    """One envelope a task, standing-by ones included, one for the messenger, and two for the lead agency:
    all of it, and whom to call back.

    `values` are all fields and answers by path; `directory` maps a recipient to its public key.
    """
    purposes = [
        *((task.task_id, task.agency, tuple(task.discloses)) for task in (*tasks, *case.standby)),
        (WHOLE, catalogue.lead, tuple(values)),
        (CALL_BACK, catalogue.lead, WHOM_TO_CALL),
        (CONTACT, MESSENGER, (PHONE,)),
    ]
    return [_envelope(case, *purpose, values, directory) for purpose in purposes]


def resealed(
    catalogue: Catalogue, case: Case, tasks: Iterable[Task], values: Mapping[str, Any], directory: Mapping[str, Any]
) -> list[Put]:
    """Corrected values as revision `case.revisions`: to every live task that discloses one, and to who holds all."""
    live = (task for task in (*tasks, *case.standby) if not task.ended and task.kind is TaskKind.ITEM)
    purposes = [
        *((task.task_id, task.agency, tuple(path for path in task.discloses if path in values)) for task in live),
        (WHOLE, catalogue.lead, tuple(values)),
        (CALL_BACK, catalogue.lead, tuple(path for path in WHOM_TO_CALL if path in values)),
        (CONTACT, MESSENGER, (PHONE,) if PHONE in values else ()),
    ]
    return [
        _envelope(case, revised(purpose, case.revisions), recipient, paths, values, directory)
        for purpose, recipient, paths in purposes
        if paths
    ]


def comment(case: Case, task_id: str, place: int, text: str, recipient: str, directory: Mapping[str, Any]) -> Put:
    """What the family wrote beside its mark on a task: nobody but the lead agency reads it."""
    return _envelope(case, comment_purpose(task_id, place), recipient, (COMMENT,), {COMMENT: text}, directory)


def comment_purpose(task_id: str, place: int) -> str:
    return f"{task_id}.{COMMENT}{place}"


def revised(purpose: str, revision: int) -> str:
    """Revision 0 is what was sealed at submission."""
    return f"{purpose}.r{revision}" if revision else purpose


def info(case: Case, purpose: str, recipient: str) -> EnvelopeInfo:
    return EnvelopeInfo(case.locality, case.number, purpose, recipient)


def _envelope(
    case: Case,
    purpose: str,
    recipient: str,
    paths: tuple[str, ...],
    values: Mapping[str, Any],
    directory: Mapping[str, Any],
) -> Put:
    key = directory.get(recipient)
    if key is None:
        raise NoKeyError(recipient)
    fields = {path: values[path] for path in paths if path in values}
    envelope = seal(key["public"], key["key_id"], fields, info(case, purpose, recipient))
    value = {
        "suite": envelope.suite,
        "key_id": envelope.key_id,
        "ciphertext": envelope.ciphertext,
        "recipient": recipient,
    }
    return Put(envelope_key(case.locality, case.number, purpose), value)
