"""Cases in which nothing moves: neither an agency nor the family has done anything for a long while."""

from __future__ import annotations

from datetime import date

from .case import Case
from .moments import beijing_date, parse
from .states import CaseState

OVER = (CaseState.CLOSED, CaseState.WITHDRAWN)


def moved_at(case: Case) -> str:
    """When something last moved; at the latest when the case came in."""
    return case.moved_at or case.received_at


def days_quiet(case: Case, today: date) -> int:
    return (today - beijing_date(parse(moved_at(case)))).days


def is_dormant(case: Case, today: date, after_days: int) -> bool:
    return case.state not in OVER and days_quiet(case, today) >= after_days
