"""The audit chain of a case: who did what when, each entry bound to the one before; never a value of a field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..cases.case import Case
from ..cases.chain import linked
from .claims import Claims
from .records import audit_key, head_key
from .store import Patch, Put, Write


@dataclass(frozen=True, slots=True)
class Entry:
    """`actor` is a role with its agency, `family` or `system`; `fields` are paths, not values."""

    at: str
    actor: str
    action: str
    task: str = ""
    fields: tuple[str, ...] = ()


def actor(claims: Claims) -> str:
    return f"{claims.role}:{claims.agency}:{claims.subject}"


def beginning(locality: str, number: str) -> str:
    """What the first entry is bound to, so that no other case's chain can take its place."""
    return f"{locality}#{number}"


def appended(case: Case, entries: Iterable[Entry]) -> tuple[Case, list[Write]]:
    """The case with its chain's new head, the entries as records that must be new, and the head for the day's
    checkpoint."""
    place, head = case.audit
    head, day = head or beginning(case.locality, case.number), ""
    writes: list[Write] = []
    for entry in entries:
        place += 1
        value = {
            "at": entry.at,
            "actor": entry.actor,
            "action": entry.action,
            "task": entry.task,
            "fields": list(entry.fields),
        }
        record = linked(value, head)
        head, day = record["hash"], entry.at[:10]
        writes.append(Put(audit_key(case, place), record))
    if not writes:
        return case, []
    writes.append(Patch(head_key(case.locality, day, case.number), set={"place": place, "hash": head}))
    return replace(case, audit=(place, head)), writes
