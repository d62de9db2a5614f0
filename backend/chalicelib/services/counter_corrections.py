"""Corrections and papers that a family hands in at the counter; the clerk has seen who stands there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..cases.desk import read_seen
from ..cases.fields import GROUPS
from ..catalogue import Problem
from .audit import actor
from .case_states import case_file
from .claims import Claims
from .corrections import Said, change, strange_to
from .counter import States, at_counter, states
from .ports import Ports

KNOWN = (*GROUPS, "tasks", "seen")


def correct_at_counter(ports: Ports, claims: Claims, locality: str, number: str, body: Mapping[str, Any]) -> States:
    """`seen`: materials shown, which are missing no more. Raises Refused or BusyError."""
    catalogue = at_counter(ports, claims, locality)
    problems: list[Problem] = [*strange_to(body, KNOWN)]
    seen = read_seen(catalogue, body.get("seen"), problems)
    said = Said(actor(claims), body, tuple(problems), seen)
    return states(catalogue, change(ports, catalogue, lambda: case_file(ports, locality, number), said))
