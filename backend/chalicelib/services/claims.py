"""Who is calling, as a verified token says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    AGENCY = "agency"
    COUNTER = "counter"
    CERTIFIER = "certifier"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Claims:
    """`agency` and `locality` are slugs; `unit` is empty where an agency has none."""

    subject: str
    role: Role
    locality: str
    agency: str
    unit: str = ""
