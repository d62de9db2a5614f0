"""A receipt or an answer of the look-up, as JSON says it, by the names that its pages use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.cases.numbers import group, tidy
from chalicelib.catalogue.kinds.date import format as day

Answer = Mapping[str, Any]
_ENDED = {"completed", "failed", "declined", "withdrawn"}


def case(answer: Answer) -> dict[str, Any]:
    """The answer with its numbers in groups, its times for reading and, per task, what can be said of its day."""
    tasks = [task(one) for one in answer.get("tasks", ())]
    openings = [{**one, "at": moment(one.get("at"))} for one in answer.get("openings", ())]
    return {
        **answer,
        "case_number": group(tidy(str(answer.get("case_number", "")))),
        "lookup_code": group(tidy(str(answer.get("lookup_code", "")))),
        "received_at": moment(answer.get("received_at")),
        "tasks": tasks,
        "openings": openings,
    }


def task(answer: Answer) -> dict[str, Any]:
    state = str(answer["state"])
    return {
        **answer,
        f"state:{state}": True,
        "waits": bool(answer["waits_for_names"]),
        "undetermined": answer["item"] is None,
        "due_day": day(answer["due"]) if answer["due"] else "",
        "due_known": state not in _ENDED and (answer["due"] or answer["due_explained"]),
    }


def moment(text: object) -> str:
    """Day and time of Beijing, as the API writes them: 2026-11-21T09:30:00+08:00."""
    written = str(text or "")
    return f"{day(written[:10])} {written[11:16]}" if written else ""
