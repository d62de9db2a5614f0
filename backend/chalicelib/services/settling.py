"""Somebody of the lead agency has seen to a note of the board: it comes off, and what was done is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ..cases.moments import iso
from .access import admit_lead, catalogue_of
from .audit import Entry, actor
from .board import Sort, settled_
from .casefile import changes, read_case
from .claims import Claims
from .note import read_note
from .ports import Ports
from .records import board_key, settled_key
from .refused import BusyError, not_found
from .store import ConflictError, Put, Value, Write

TRIES = 3
BY_HAND = (Sort.UNDELIVERED, Sort.UNSURE, Sort.CERTIFICATE)
"""The others come off by themselves, and only so."""


def settle(
    ports: Ports, claims: Claims, locality: str, sort: str, note_id: str, body: Mapping[str, Any]
) -> dict[str, Any]:
    """Raises Refused or BusyError."""
    admit_lead(catalogue_of(ports, locality), claims)
    said = read_note(body, "note")
    if sort not in BY_HAND:
        raise not_found()
    key = board_key(locality, sort, note_id)
    for _ in range(TRIES):
        note = ports.store.read([key]).get(key)
        if note is None:
            raise not_found()
        try:
            ports.store.commit(_writes(ports, claims, locality, sort, note, said))
            return {"id": note_id, "sort": sort, "note": said}
        except ConflictError:
            continue
    raise BusyError


def _writes(ports: Ports, claims: Claims, locality: str, sort: str, note: Value, said: str) -> list[Write]:
    at = iso(ports.clock())
    content = {name: value for name, value in note.items() if name not in ("pk", "sk", "version")}
    # Somebody's own words: they go when those of a case that closed today would.
    expires = ports.clock() + timedelta(days=ports.catalogue(locality).retention_days)
    about = {"settled_at": at, "settled_by": actor(claims), "note": said}
    kept = {**content, **about, "expires_at": int(expires.timestamp())}
    writes: list[Write] = [
        settled_(locality, sort, note["id"]),
        Put(settled_key(locality, sort, note["id"], at), kept),
    ]
    file = read_case(ports.store, locality, note["case_number"]).file if note.get("case_number") else None
    if file:
        entry = Entry(at, actor(claims), f"settled-{sort}", note.get("task_id", ""))
        writes += changes(file, file, [entry])
    return writes
