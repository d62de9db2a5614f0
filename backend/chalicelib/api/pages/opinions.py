"""What a case's page offers for saying how it went, by the names that the page uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .typed import Fields

STUCK = "stuck"


def opinions(typed: Fields, known: Mapping[str, Any]) -> dict[str, Any]:
    """Only with the family's code at hand. Each form stands in a list, where it knows only itself: so it carries
    the two numbers along."""
    code = _first(typed, "lookup_code")
    tasks = known["tasks"] if code and not known.get("shredded_at") else []
    about = _first(typed, "task_id")
    stuck = bool(_first(typed, STUCK))
    numbers = {"case_number": known["case_number"], "code": code}
    return {
        "rateable": [
            {**numbers, **task, **(_typed(typed) if task["task_id"] == about and not stuck else {})}
            for task in tasks
            if task.get("can_rate")
        ],
        "stuckable": [{**task, "ticked": stuck and task["task_id"] == about} for task in tasks],
        "may_say_stuck": bool(tasks),
        "stuck_open": stuck,
        "stuck_comment": _first(typed, "comment") if stuck else "",
    }


def _typed(typed: Fields) -> dict[str, Any]:
    """What was wrong with it is said above; what was typed is kept."""
    return {"open": True, "comment": _first(typed, "comment"), f"chosen:{_first(typed, 'score')}": True}


def _first(typed: Fields, name: str) -> str:
    return next(iter(typed.get(name, ())), "")
