"""How one case stands, for the lead agency: states, days and reasons, nothing personal."""

from __future__ import annotations

from typing import Any

from ..cases.case import Case, Task
from ..cases.numbers import NUMBER_DIGITS, tidy
from .access import admit_lead, catalogue_of
from .casefile import CaseFile, read_case
from .claims import Claims
from .ledger import of_case
from .listing import about
from .ports import Ports
from .refused import not_found


def case_states(ports: Ports, claims: Claims, locality: str, number: str) -> dict[str, Any]:
    """With the ledger of what was told about it, in two calls. Raises Refused."""
    admit_lead(catalogue_of(ports, locality), claims)
    file = case_file(ports, locality, number)
    tasks = [_task(file.case, task) for task in file.tasks]
    return {**_case(file.case), "tasks": tasks, "messages": of_case(ports, locality, file.case.number)}


def case_file(ports: Ports, locality: str, number: str) -> CaseFile:
    """Refuses what is no number of a case with 404."""
    digits = tidy(number)
    sound = len(digits) == NUMBER_DIGITS and digits.isascii() and digits.isdigit()
    file = read_case(ports.store, locality, digits).file if sound else None
    if file is None:
        raise not_found()
    return file


def _case(case: Case) -> dict[str, Any]:
    return {
        "case_number": case.number,
        "channel": case.channel,
        "state": case.state,
        "received_at": case.received_at,
        "moved_at": case.moved_at or case.received_at,
        "dormant_since": case.dormant_since or None,
        "closed_at": case.closed_at or None,
        "closed_reason": case.closed_reason,
    }


def _task(case: Case, task: Task) -> dict[str, Any]:
    return {
        **about(task),
        "due_explained": task.due_explained,
        "ended_at": task.ended_at or None,
        "waits_for": [case.names.get(f"material:{kind}", kind) for kind in task.waits_for],
        "blocked_by": task.blocked_by or None,
        "paused": [{"from": first, "to": after or None} for first, after in task.paused],
    }
