"""Where each record lives: keys, and the index attributes of tasks and deliveries."""

from __future__ import annotations

from typing import Any

from ..cases.case import Case, Task, row
from .store import Key, Put, Table

RENEWAL = "renewal#"
"""Why a look-up code was issued again, in a clerk's own words."""
FILE = "file#"
"""What one look at a case reads: the case, its tasks, the tries to look it up."""
LEDGER = "delivery#"
"""What the family and the agencies were told about a case, and whether it reached them."""


PROOF = "proof"
CLOSED = "closed"
SHREDDING = "shredding"


def case_partition(locality: str, number: str) -> str:
    return f"case#{locality}#{number}"


def case_key(locality: str, number: str) -> Key:
    return Key(case_partition(locality, number), f"{FILE}case")


def task_key(task: Task) -> Key:
    return task_key_of(task.locality, task.case_number, task.task_id)


def task_key_of(locality: str, number: str, task_id: str) -> Key:
    return Key(case_partition(locality, number), f"{FILE}task#{task_id}")


def tries_key(locality: str, number: str) -> Key:
    return Key(case_partition(locality, number), f"{FILE}tries")


def renewal_key(locality: str, number: str, generation: int) -> Key:
    """Why the look-up code was made anew."""
    return Key(case_partition(locality, number), f"{RENEWAL}{generation:04d}")


def audit_key(case: Case, place: int) -> Key:
    return Key(case_partition(case.locality, case.number), f"audit#{place:06d}")


def heads_partition(locality: str) -> str:
    return f"heads#{locality}"


def head_key(locality: str, day: str, name: str) -> Key:
    """How far a chain had come at the end of a day: a case's by its number, that of the refusals by its name."""
    return Key(heads_partition(locality), f"{day}#{name}")


def refusals_partition(locality: str, day: str) -> str:
    return f"refusals#{locality}#{day}"


def refusal_key(locality: str, day: str, place: int) -> Key:
    return Key(refusals_partition(locality, day), f"refusal#{place:06d}")


def checkpoints_partition(locality: str) -> str:
    return f"checkpoint#{locality}"


def checkpoint_key(locality: str, day: str) -> Key:
    return Key(checkpoints_partition(locality), day)


def proof_key(locality: str, number: str) -> Key:
    """What was deleted of a case, and when."""
    return Key(case_partition(locality, number), PROOF)


def closed_partition(locality: str) -> str:
    """Closed cases that still hold what is personal, by the moment they closed."""
    return f"{CLOSED}#{locality}"


def shredding_partition(locality: str) -> str:
    """Proofs of deletions that are not finished."""
    return f"{SHREDDING}#{locality}"


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


def delivery_key(delivery_id: str, locality: str = "", number: str = "") -> Key:
    """With its case, whose ledger it is part of, or on its own where it is about no single case."""
    if number:
        return Key(case_partition(locality, number), f"{LEDGER}{delivery_id}")
    return Key(f"{LEDGER}{delivery_id}", LEDGER)


def board_partition(locality: str) -> str:
    return f"board#{locality}"


def board_key(locality: str, sort: str, note_id: str) -> Key:
    """What the lead agency must look at."""
    return Key(board_partition(locality), f"{sort}#{note_id}")


def settled_key(locality: str, sort: str, note_id: str, at: str) -> Key:
    """What was done about a note of the board."""
    return Key(f"settled#{locality}", f"{at}#{sort}#{note_id}")


def calendar_key(locality: str) -> Key:
    """How far the calendar of holidays reached when due days were last counted again."""
    return Key(f"calendar#{locality}", "recomputed")


def day_key(locality: str, day: str) -> Key:
    """What a day came to, for the trend."""
    return Key(f"trend#{locality}", f"day#{day}")


def live_partition(locality: str, agency: str, unit: str, state: str) -> str:
    return f"{locality}#{agency}#{unit}#{state}"


def put_case(case: Case) -> Put:
    value: dict[str, Any] = row(case)
    if case.closed_at and not case.shredded_at:
        value["live"], value["live_sort"] = closed_partition(case.locality), f"{case.closed_at}#{case.number}"
    return Put(case_key(case.locality, case.number), value, case.version)


def put_task(task: Task) -> Put:
    """Oldest due first; what has no due day yet comes after, oldest first. What has ended stands by when it did."""
    value: dict[str, Any] = row(task)
    value["live"] = live_partition(task.locality, task.agency, task.unit, task.state)
    value["live_sort"] = f"{task.ended_at or task.due or '9999'}#{task.opened_at}#{task.task_id}"
    value["chased_at"] = task.chases[-1].at if task.chases else ""
    return Put(task_key(task), value, task.version)
