"""Where each record lives: keys, and the index attributes of tasks and deliveries."""

from __future__ import annotations

from typing import Any

from ..cases.case import Case, Task, row
from .store import Key, Put, Table

FILE = "file#"
"""What one look at a case reads: the case, its tasks, the tries to look it up."""


def case_partition(locality: str, number: str) -> str:
    return f"case#{locality}#{number}"


def case_key(locality: str, number: str) -> Key:
    return Key(case_partition(locality, number), f"{FILE}case")


def task_key(task: Task) -> Key:
    return Key(case_partition(task.locality, task.case_number), f"{FILE}task#{task.task_id}")


def tries_key(locality: str, number: str) -> Key:
    return Key(case_partition(locality, number), f"{FILE}tries")


def audit_key(case: Case, place: int) -> Key:
    return Key(case_partition(case.locality, case.number), f"audit#{place:06d}")


def submission_key(locality: str, key_hash: str) -> Key:
    return Key(f"submission#{locality}#{key_hash}", "submission")


def person_key(person: str) -> Key:
    """`person` is the keyed hash of an ID number within a locality."""
    return Key(f"person#{person}", "person")


def reference_key(locality: str, agency: str, kind: str, reference_hash: str) -> Key:
    return Key(f"certificate#{locality}#{agency}#{kind}#{reference_hash}", "certificate")


def directory_key(locality: str) -> Key:
    return Key(f"keys#{locality}", "directory")


def private_key(locality: str, recipient: str, key_id: str) -> Key:
    return Key(f"keys#{locality}", f"private#{recipient}#{key_id}", Table.ENVELOPES)


def envelope_key(locality: str, number: str, purpose: str) -> Key:
    return Key(case_partition(locality, number), f"envelope#{purpose}", Table.ENVELOPES)


def delivery_key(delivery_id: str) -> Key:
    return Key(f"delivery#{delivery_id}", "delivery")


def live_partition(locality: str, agency: str, unit: str, state: str) -> str:
    return f"{locality}#{agency}#{unit}#{state}"


def put_case(case: Case) -> Put:
    return Put(case_key(case.locality, case.number), row(case), case.version)


def put_task(task: Task) -> Put:
    """Oldest due first; what has no due day yet comes after, oldest first."""
    value: dict[str, Any] = row(task)
    value["live"] = live_partition(task.locality, task.agency, task.unit, task.state)
    value["live_sort"] = f"{task.due or '9999'}#{task.opened_at}#{task.task_id}"
    return Put(task_key(task), value, task.version)
