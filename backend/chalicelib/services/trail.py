"""What the auditor reads: who did what to a case, what was refused to whom, and whether any of it was tampered with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..cases.numbers import is_case_number, tidy
from ..catalogue import Catalogue, Problem
from .access import admit, catalogue_of
from .audit_verify import AUDIT, CASE, Finding, anchors_of, verify_case, verify_days
from .claims import Claims, Role
from .ports import Ports
from .records import PROOF, case_partition
from .refusals import place_of, refusal_faults, refusals
from .refused import Refused, not_found
from .store import Value

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def case_trail(ports: Ports, claims: Claims, locality: str, number: str) -> dict[str, Any]:
    """Every entry of one case, and the proof of what was deleted. Raises Refused."""
    catalogue = catalogue_of(ports, locality)
    _admit(catalogue, claims)
    rows = _rows(ports, locality, number)
    entries = [_entry(catalogue, row) for row in rows if row["sk"].startswith(AUDIT)]
    proof = next((_proof(row) for row in rows if row["sk"] == PROOF), None)
    return {"case_number": _case(rows)["number"], "entries": entries, "proof": proof}


def verified(ports: Ports, claims: Claims, locality: str, number: str | None) -> dict[str, Any]:
    """One case with its nights' checkpoints; without a number, the checkpoints themselves. Raises Refused."""
    _admit(catalogue_of(ports, locality), claims)
    if number is None:
        return _found(verify_days(ports, locality, None))
    case = _case(_rows(ports, locality, number))
    anchors = anchors_of(ports, locality, case)
    return _found(verify_case(ports.store, locality, case["number"], anchors))


def refused_on(ports: Ports, claims: Claims, locality: str, day: str | None) -> dict[str, Any]:
    """Of one day, in Beijing. Raises Refused."""
    catalogue = catalogue_of(ports, locality)
    _admit(catalogue, claims)
    if day is None or not DAY.fullmatch(day):
        raise Refused(422, [Problem("date", "day")])
    entries = [
        {
            **_who(catalogue, str(row.get("actor", ""))),
            **{name: row.get(name, "") for name in ("at", "of", "call", "task", "verdict")},
        }
        for row in refusals(ports.store, locality, day)
    ]
    found = _found(Finding(day, place, fault) for place, fault in refusal_faults(ports.store, locality, day))
    return {"day": day, "entries": entries, **found}


def _admit(catalogue: Catalogue, claims: Claims) -> None:
    """Auditing is the lead agency's."""
    admit(catalogue, claims, Role.AUDITOR)
    if claims.agency != catalogue.lead:
        raise Refused(403, [Problem("wrong_role")])


def _rows(ports: Ports, locality: str, number: str) -> list[Value]:
    known = tidy(number)
    rows = list(ports.store.read_partition(case_partition(locality, known), "")) if is_case_number(known) else []
    if not any(row["sk"] == CASE for row in rows):
        raise not_found()
    return rows


def _case(rows: Iterable[Value]) -> Value:
    return next(row for row in rows if row["sk"] == CASE)


def _entry(catalogue: Catalogue, row: Value) -> dict[str, Any]:
    """Also of an entry that was tampered with."""
    known = {name: row.get(name, "") for name in ("at", "action", "task")}
    who = _who(catalogue, str(row.get("actor", "")))
    return {"place": place_of(row), **known, **who, "fields": row.get("fields", [])}


def _who(catalogue: Catalogue, actor: str) -> dict[str, str]:
    """A role of an agency, or the family, or the system."""
    role, agency, subject = (*actor.split(":", 2), "", "")[:3]
    name = catalogue.agencies[agency].name if agency in catalogue.agencies else agency
    return {"role": role, "agency": agency, "agency_name": name, "subject": subject}


def _proof(row: Value) -> dict[str, Any]:
    return {name: one for name, one in row.items() if name not in ("pk", "sk", "version", "live", "live_sort")}


def _found(findings: Iterable[Finding]) -> dict[str, Any]:
    found = [{"where": one.where, "place": one.place, "fault": one.fault} for one in findings]
    return {"sound": not found, "findings": found}
