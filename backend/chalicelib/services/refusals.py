"""Refusals to callers we know, in a chain of each day: who asked for what was not theirs; never what they typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..cases.chain import Fault, faults, linked
from ..cases.moments import beijing_date, iso
from .audit import actor
from .claims import Claims
from .ports import Ports
from .records import head_key, refusal_key, refusals_partition
from .refused import BusyError
from .store import ConflictError, Put, Store, Value

TRIES = 3
NAME = "refusals"
ENTRY = "refusal#"
PLACE = re.compile(r"\d{6}", re.ASCII)
STORES_OWN = ("pk", "sk", "version")


def add_refusal(ports: Ports, claims: Claims, locality: str, call: str, task_id: str, status: int) -> None:
    """One read and one transaction. Raises BusyError or UnavailableError."""
    moment = ports.clock()
    day = beijing_date(moment).isoformat()
    key = head_key(locality, day, NAME)
    said = {"at": iso(moment), "actor": actor(claims), "of": claims.locality, "call": call, "task": task_id}
    for _ in range(TRIES):
        head = ports.store.read([key]).get(key, {})
        place = head.get("place", 0) + 1
        record = linked({**said, "verdict": status}, head.get("hash") or beginning(locality, day))
        tip = {"place": place, "hash": record["hash"]}
        try:
            ports.store.commit([Put(key, tip, head.get("version", 0)), Put(refusal_key(locality, day, place), record)])
            return
        except ConflictError:
            continue
    raise BusyError


def refusals(store: Store, locality: str, day: str) -> Sequence[Value]:
    return store.read_partition(refusals_partition(locality, day), ENTRY)


def refusal_faults(store: Store, locality: str, day: str) -> list[tuple[int, Fault]]:
    key = head_key(locality, day, NAME)
    head = store.read([key]).get(key, {})
    return list(faults(numbered(refusals(store, locality, day)), known_head(head), beginning(locality, day)))


def beginning(locality: str, day: str) -> str:
    return f"{NAME}#{locality}#{day}"


def known_head(head: Value) -> tuple[int, str]:
    return head.get("place", 0), head.get("hash", "")


def numbered(rows: Sequence[Value]) -> dict[int, dict[str, Any]]:
    """Entries by their place, without what the store adds; one without a sound place stands at 0."""
    return {place_of(row): {name: one for name, one in row.items() if name not in STORES_OWN} for row in rows}


def place_of(row: Value) -> int:
    text = row["sk"].rpartition("#")[2]
    return int(text) if PLACE.fullmatch(text) else 0
