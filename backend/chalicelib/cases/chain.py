"""Records bound to one another by hashes, so that an edit, a deletion, an insertion, a reorder or a cut tail shows.

>>> first = linked({"who": "police"}, "case 1")
>>> second = linked({"who": "family"}, first["hash"])
>>> list(faults({1: first, 2: second}, (2, second["hash"]), "case 1"))
[]
>>> list(faults({1: {**first, "who": "health"}, 2: second}, (2, second["hash"]), "case 1"))
[(1, <Fault.EDITED: 'edited'>)]
>>> list(faults({1: first}, (2, second["hash"]), "case 1"))
[(2, <Fault.MISSING: 'missing'>)]
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from .canonical import canonical

Record = Mapping[str, Any]


class Fault(StrEnum):
    """What is wrong at a place: its content is another, it does not follow what stands before it, there is nothing,
    there should be nothing, or what was anchored elsewhere says otherwise."""

    EDITED = "edited"
    MISPLACED = "misplaced"
    MISSING = "missing"
    EXTRA = "extra"
    CONTRADICTED = "contradicted"


def digest(value: object) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def linked(value: Record, before: str) -> dict[str, Any]:
    """The record with the hash of the one before it, and its own."""
    bound = {**value, "before": before}
    return {**bound, "hash": digest(bound)}


def faults(records: Mapping[int, Record], head: tuple[int, str], beginning: str) -> Iterator[tuple[int, Fault]]:
    """Places count from 1; `head` is how far the chain goes and the last hash, kept apart from it."""
    length, tip = head
    before: str | None = beginning
    yield from ((place, Fault.EXTRA) for place in sorted(records) if not 1 <= place <= length)
    for place in range(1, length + 1):
        record = records.get(place)
        if record is None:
            yield place, Fault.MISSING
        elif not sound(record):
            yield place, Fault.EDITED
        elif before is not None and record["before"] != before:
            yield place, Fault.MISPLACED
        before = record["hash"] if record and sound(record) else None
    if length in records and sound(records[length]) and records[length]["hash"] != tip:
        yield length, Fault.CONTRADICTED


def sound(record: Record) -> bool:
    """Whether it is what its own hash says; anything added to it counts."""
    bound = {name: value for name, value in record.items() if name != "hash"}
    return "before" in bound and record.get("hash") == digest(bound)
