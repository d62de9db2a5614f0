"""Checkpoints: every night one hash over how far every chain had come, bound to the night before and kept twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ..cases.chain import digest
from ..cases.moments import beijing_date, iso
from .ports import Archive, Ports
from .records import checkpoint_key, checkpoints_partition, heads_partition
from .store import Put, Store, Value

SETTLED = timedelta(minutes=15)
"""After midnight, until then something of the day before may still be on its way."""
MOST = 400


def add_checkpoints(ports: Ports, archive: Archive, locality: str) -> list[str]:
    """The days that had none yet, today left out. Safe to repeat. Raises UnavailableError, ConflictError."""
    moment = ports.clock()
    last = beijing_date(moment - SETTLED) - timedelta(days=1)
    known = checkpoints(ports.store, locality)
    before = known[-1]["root"] if known else ""
    made = []
    for day in list(_days(ports.store, locality, known, last))[:MOST]:
        checkpoint = {"day": day, "before": before, **sealed_day(ports.store, locality, day, before)}
        archive.put(name_of(locality, day), json.dumps(checkpoint, sort_keys=True).encode())
        ports.store.commit([Put(checkpoint_key(locality, day), {**checkpoint, "at": iso(moment)})])
        before = checkpoint["root"]
        made.append(day)
    return made


def checkpoints(store: Store, locality: str) -> list[Value]:
    return list(store.read_partition(checkpoints_partition(locality), ""))


def sealed_day(store: Store, locality: str, day: str, before: str) -> dict[str, Any]:
    heads = heads_of(store, locality, day)
    leaves = [[one["name"], one["place"], one["hash"]] for one in heads]
    return {"heads": len(leaves), "root": digest([before, day, leaves])}


def heads_of(store: Store, locality: str, day: str = "") -> list[dict[str, Any]]:
    """How far each chain had come at the end of the day, or on each day; in order."""
    rows = store.read_partition(heads_partition(locality), f"{day}#" if day else "")
    return [dict(row) | dict(zip(("day", "name"), row["sk"].split("#", 1), strict=True)) for row in rows]


def name_of(locality: str, day: str) -> str:
    return f"checkpoints/{locality}/{day}.json"


def _days(store: Store, locality: str, known: list[Value], last: date) -> Iterator[str]:
    """Every one, so that a day that is missing later was taken away."""
    if known:
        day = date.fromisoformat(known[-1]["day"]) + timedelta(days=1)
    else:
        heads = heads_of(store, locality)
        day = date.fromisoformat(heads[0]["day"]) if heads else last + timedelta(days=1)
    while day <= last:
        yield day.isoformat()
        day += timedelta(days=1)
