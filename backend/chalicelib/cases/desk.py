"""Read what a counter adds to a paper application: which counter, who helped, which materials were seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..catalogue import Catalogue, Problem
from ..catalogue.kinds import Code, KindError, kind
from .choices import unknown_field

PARTS = ("paper", "counter", "helper", "seen")
HELPER = {"name": ("name", True), "phone": ("phone", True), "relationship": ("text", False)}
LONGEST = "50"
MOST_SEEN = 100


@dataclass(frozen=True, slots=True)
class Desk:
    """`actor` as the audit names it; `helper` are personal values by path, kept apart from the applicant's."""

    actor: str
    counter: str = ""
    helper: Mapping[str, str] = field(default_factory=dict)
    seen: tuple[str, ...] = ()


def read_desk(catalogue: Catalogue, actor: str, body: Mapping[str, Any]) -> tuple[Desk, list[Problem]]:
    """Every problem at once."""
    problems: list[Problem] = []
    if body.get("paper") is not True:
        problems.append(Problem("wrong_type", "paper"))
    counter = _text("text", body.get("counter"), "counter", True, problems)
    helper = _helper(body.get("helper"), problems)
    return Desk(actor, counter, helper, read_seen(catalogue, body.get("seen"), problems)), problems


def read_seen(catalogue: Catalogue, given: Any, problems: list[Problem]) -> tuple[str, ...]:
    """Materials that were shown; adds to the problems."""
    if given is None:
        return ()
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        problems.append(Problem("wrong_type", "seen"))
    elif len(given) > MOST_SEEN:
        problems.append(Problem("too_many", "seen"))
    elif any(one not in catalogue.materials for one in given):
        problems.append(Problem("choice", "seen"))
    else:
        return tuple(dict.fromkeys(given))
    return ()


def _helper(given: Any, problems: list[Problem]) -> dict[str, str]:
    if given is None or given == {}:
        return {}
    if not isinstance(given, Mapping):
        problems.append(Problem("wrong_type", "helper"))
        return {}
    problems += _strange(given)
    values = {
        f"helper.{name}": _text(sort, given.get(name), f"helper.{name}", required, problems)
        for name, (sort, required) in HELPER.items()
    }
    return {path: value for path, value in values.items() if value}


def _strange(given: Mapping[str, Any]) -> Iterator[Problem]:
    strange = [name for name in given if name not in HELPER]
    yield from (unknown_field(f"helper.{name}") for name in strange[:20])


def _text(sort: str, given: Any, path: str, required: bool, problems: list[Problem]) -> str:
    if given is not None and not isinstance(given, str):
        problems.append(Problem("wrong_type", path))
        return ""
    if not (given or "").strip():
        problems += [Problem("required", path)] if required else []
        return ""
    try:
        return kind(sort).validate(given or "")
    except KindError as error:
        code = "required" if error.code is Code.EMPTY else error.code.value
        problems.append(Problem(code, path, {"limit": LONGEST if sort == "name" else "200"}))
        return ""
