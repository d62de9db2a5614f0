"""The board: what the lead agency must look at, noted with what causes it and taken off when it is settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from ..cases.moments import iso
from .records import board_key, board_partition
from .store import Delete, Patch, Store, Value


class Sort(StrEnum):
    """A task whose certificate cannot come, a message nobody got, a condition answered with "unknown",
    a certificate corrected or withdrawn after it was used, and a case in which nothing moves."""

    BLOCKED = "blocked"
    UNDELIVERED = "undelivered"
    UNSURE = "unsure"
    CERTIFICATE = "certificate"
    DORMANT = "dormant"


def noted(locality: str, sort: str, note_id: str, moment: datetime, **content: Any) -> Patch:
    """Noting the same again replaces what was said. Nothing personal may stand in `content`."""
    return Patch(board_key(locality, Sort(sort), note_id), set={**content, "id": note_id, "at": iso(moment)})


def settled_(locality: str, sort: str, note_id: str) -> Delete:
    """Also for what was never noted."""
    return Delete(board_key(locality, Sort(sort), note_id))


def notes(store: Store, locality: str, sort: str) -> Sequence[Value]:
    """One call. Every note of a sort, by its id."""
    return store.read_partition(board_partition(locality), f"{Sort(sort)}#")


def all_notes(store: Store, locality: str) -> Mapping[Sort, Sequence[Value]]:
    """One call. The whole board, sort by sort."""
    found: dict[Sort, list[Value]] = {sort: [] for sort in Sort}
    for note in store.read_partition(board_partition(locality), ""):
        found[Sort(note["sk"].partition("#")[0])].append(note)
    return found
