"""The audit chain of a case: who did what when, each entry bound to the one before; never a value of a field."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..cases.canonical import canonical
from ..cases.case import Case
from .claims import Claims
from .records import audit_key
from .store import Put


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


def appended(case: Case, entries: Iterable[Entry]) -> tuple[Case, list[Put]]:
    """The case with its chain's new head, and the entries as records that must be new."""
    place, head = case.audit
    puts = []
    for entry in entries:
        place += 1
        value = {
            "at": entry.at,
            "actor": entry.actor,
            "action": entry.action,
            "task": entry.task,
            "fields": list(entry.fields),
            "before": head,
        }
        head = hashlib.sha256(canonical(value)).hexdigest()
        puts.append(Put(audit_key(case, place), {**value, "hash": head}))
    return replace(case, audit=(place, head)), puts
