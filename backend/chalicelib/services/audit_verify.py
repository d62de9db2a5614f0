"""Verify the audit chains: a case's, a day's refusals, and the nightly checkpoints that anchor them all."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..cases.chain import Fault, faults
from ..cases.moments import beijing_date
from . import refusals
from .audit import beginning
from .checkpoints import checkpoints, heads_of, name_of, sealed_day
from .ports import Archive, Ports
from .records import FILE, case_partition, head_key
from .refusals import numbered, refusal_faults
from .store import Store, Value

AUDIT = "audit#"
CASE = f"{FILE}case"
ONE_DAY = timedelta(days=1)
MOST_DAYS = 2000
Anchor = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """`where` is a case's number or a day; `place` counts its entries from 1, 0 for the whole of it."""

    where: str
    place: int
    fault: Fault


def verify(ports: Ports, locality: str, archive: Archive | None) -> Iterator[Finding]:
    """Everything of a locality; without the archive, what is anchored there is not looked at."""
    store = ports.store
    yield from verify_days(ports, locality, archive)
    anchors: dict[str, list[Anchor]] = defaultdict(list)
    for head in heads_of(store, locality):
        anchors[head["name"]].append(head)
    for day in (one["day"] for one in anchors.pop(refusals.NAME, [])):
        yield from (Finding(day, place, fault) for place, fault in refusal_faults(store, locality, day))
    for number, known in sorted(anchors.items()):
        yield from verify_case(store, locality, number, known)


def verify_case(store: Store, locality: str, number: str, anchors: Iterable[Anchor] = ()) -> Iterator[Finding]:
    """`anchors`: how far its chain had come on earlier days. Nothing for a number without a case and anchors."""
    rows = store.read_partition(case_partition(locality, number), "")
    entries = numbered([row for row in rows if row["sk"].startswith(AUDIT)])
    case = next((row for row in rows if row["sk"] == CASE), None)
    if case is None and (entries or list(anchors)):
        yield Finding(number, 0, Fault.MISSING)
    if case is not None:
        length, tip = case["audit"]
        for place, fault in faults(entries, (length, tip), beginning(locality, number)):
            yield Finding(number, place, fault)
    for anchor in anchors:
        if entries.get(anchor["place"], {}).get("hash") != anchor["hash"]:
            yield Finding(number, anchor["place"], Fault.CONTRADICTED)


def anchors_of(ports: Ports, locality: str, case: Value) -> list[Anchor]:
    """How far the chain of one case had come on each day of its life so far."""
    today = (beijing_date(ports.clock()) + ONE_DAY).isoformat()
    days = list(_between(case["received_at"][:10], today))[:MOST_DAYS]
    keys = [head_key(locality, day, case["number"]) for day in days]
    found: list[Anchor] = []
    for start in range(0, len(keys), 100):
        found += map(dict, ports.store.read(keys[start : start + 100]).values())
    return found


def verify_days(ports: Ports, locality: str, archive: Archive | None) -> Iterator[Finding]:
    """The checkpoints: none missing between the first and the last, each as it was made, here and in the archive."""
    known = checkpoints(ports.store, locality)
    before, expected = "", known[0]["day"] if known else ""
    for one in known:
        for day in _between(expected, one["day"]):
            yield Finding(day, 0, Fault.MISSING)
        yield from _verify_day(ports.store, locality, one, before, archive)
        before, expected = one["root"], _next(one["day"])
    if archive and known:
        for day in _between(expected, beijing_date(ports.clock()).isoformat()):
            if archive.get(name_of(locality, day)) is not None:
                yield Finding(day, 0, Fault.MISSING)


def _verify_day(store: Store, locality: str, one: Value, before: str, archive: Archive | None) -> Iterator[Finding]:
    day = one["day"]
    if one["before"] != before:
        yield Finding(day, 0, Fault.MISPLACED)
    if one["root"] != sealed_day(store, locality, day, one["before"])["root"]:
        yield Finding(day, 0, Fault.EDITED)
    if archive:
        kept = archive.get(name_of(locality, day))
        if kept is None or json.loads(kept)["root"] != one["root"]:
            yield Finding(day, 0, Fault.CONTRADICTED)


def _between(first: str, after: str) -> Iterator[str]:
    while first < after:
        yield first
        first = _next(first)


def _next(day: str) -> str:
    return (date.fromisoformat(day) + ONE_DAY).isoformat()
