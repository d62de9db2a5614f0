"""Give a family that lost its look-up code a new one; the old one stops working with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..cases.case import BY_CERTIFICATE
from ..cases.moments import iso
from ..cases.numbers import group, lookup_code
from ..catalogue import Problem
from ..catalogue.kinds import KindError, kind
from .audit import Entry, actor
from .case_states import case_file
from .casefile import CaseFile, changes
from .claims import Claims
from .corrections import strange_to
from .counter import at_counter
from .deliveries import to_family
from .ports import Ports
from .records import renewal_key
from .refused import BusyError, Refused, not_found
from .store import ConflictError, Put, Write

TRIES = 3


def new_code(ports: Ports, claims: Claims, locality: str, number: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers in groups of four; the family is told by text message that it was done. Raises Refused or BusyError."""
    at_counter(ports, claims, locality)
    reason = _reason(body)
    for _ in range(TRIES):
        file = case_file(ports, locality, number)
        if file.case.channel == BY_CERTIFICATE:
            # Nobody applied: there is no family to give a code to.
            raise not_found()
        if file.case.shredded_at:
            raise Refused(409, [Problem("shredded")])
        case = replace(file.case, generation=file.case.generation + 1)
        try:
            ports.store.commit(_writes(ports, claims, file, replace(file, case=case), reason))
        except ConflictError:
            continue
        code = lookup_code(ports.secrets.lookup, locality, case.number, case.generation)
        return {"case_number": group(case.number), "lookup_code": group(code)}
    raise BusyError


def _reason(body: Mapping[str, Any]) -> str:
    problems = [*strange_to(body, ("reason",))]
    given = body.get("reason")
    try:
        reason = kind("text").validate(given) if isinstance(given, str) else ""
    except KindError:
        reason = ""
    if not reason:
        problems.append(Problem("reason_required", "reason"))
    if problems:
        raise Refused(422, problems)
    return reason


def _writes(ports: Ports, claims: Claims, before: CaseFile, after: CaseFile, reason: str) -> list[Write]:
    """The audit chain keeps that it happened, a record beside it why."""
    case, moment, who = after.case, ports.clock(), actor(claims)
    why = {"at": iso(moment), "actor": who, "reason": reason}
    about = {"locality": case.locality, "case_number": case.number}
    return [
        *changes(before, after, [Entry(iso(moment), who, "renewed-code")]),
        Put(renewal_key(case.locality, case.number, case.generation), why),
        to_family("code-renewed", f"{case.number}.g{case.generation}", moment, **about),
    ]
