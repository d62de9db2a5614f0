"""Read an agency's report from an untrusted body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..catalogue import Catalogue, Problem
from .choices import unknown_field
from .hashes import fingerprint
from .states import NEEDS_REASON, Action

LIMITS = {"report_id": 100, "item": 100, "reason": 500, "result": 1000, "certificate_number": 100}
"""The texts of a report and how long each may be."""
KNOWN = (*LIMITS, "action", "materials")
MOST_STRANGE = 20


class BadReportError(ValueError):
    """What is wrong with it, all at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(",".join(problem.code for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Report:
    """`mark` tells a repetition from another report under the same id."""

    report_id: str
    action: Action
    item: str
    reason: str
    result: str
    certificate_number: str
    materials: tuple[str, ...]
    mark: str


def read_report(catalogue: Catalogue, secret: bytes, body: Mapping[str, Any]) -> Report:
    """Raises BadReportError. `reason` may be a slug of the catalogue's reasons, or free text."""
    problems = [unknown_field(key) for key in [key for key in body if key not in KNOWN][:MOST_STRANGE]]
    texts = {name: body.get(name) or "" for name in LIMITS}
    problems += _text_problems(texts)
    action, materials = body.get("action"), body.get("materials") or []
    problems += _action_problems(action, texts["reason"])
    if not isinstance(materials, list) or any(one not in tuple(catalogue.materials) for one in materials[:100]):
        problems.append(Problem("choice", "materials"))
    if problems:
        raise BadReportError(problems)
    reasons: Mapping[str, str] = catalogue.texts["reasons"]
    texts["reason"] = reasons.get(texts["reason"], texts["reason"])
    mark = fingerprint(secret, [texts, action, materials])
    return Report(action=Action(str(action)), materials=tuple(dict.fromkeys(materials[:100])), mark=mark, **texts)


def _text_problems(texts: Mapping[str, Any]) -> Iterator[Problem]:
    for name, limit in LIMITS.items():
        text = texts[name]
        if not isinstance(text, str):
            yield Problem("wrong_type", name)
        elif len(text) > limit:
            yield Problem("too_long", name, {"limit": str(limit)})
        elif any(not char.isprintable() and char != "\n" for char in text):
            yield Problem("control", name)
    if not texts["report_id"]:
        yield Problem("required", "report_id")


def _action_problems(action: Any, reason: Any) -> Iterator[Problem]:
    if not isinstance(action, str) or action not in list(Action):
        yield Problem("choice", "action")
    elif Action(action) in NEEDS_REASON and not str(reason).strip():
        yield Problem("reason_required", "reason")
