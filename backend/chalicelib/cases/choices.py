"""Read what an applicant chose (conditions, answers, matters, payee) from an untrusted body into typed values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..catalogue import UNKNOWN, Answer, Catalogue, Problem

PARTS = (
    "submission_key",
    "eligibility",
    "answers",
    "matters",
    "applicant",
    "deceased",
    "payee",
    "accounts",
    "uploads",
    "declaration",
)
WORDS: Mapping[str, Answer] = {"true": True, "false": False}
MOST_UNKNOWN = 20
"""A hostile body gets a bounded answer."""


@dataclass(frozen=True, slots=True)
class Choices:
    eligibility: Mapping[str, Answer]
    answers: Mapping[str, Answer]
    matters: tuple[str, ...] | None
    payee: str | Mapping[str, str] | None


def read_choices(catalogue: Catalogue, body: Mapping[str, Any]) -> tuple[Choices, list[Problem]]:
    problems = list(_unknown(PARTS, body, ""))
    conditions: dict[str, tuple[Answer, ...]] = dict.fromkeys(catalogue.conditions, (True, False))
    eligibility = _answers(body, "eligibility", conditions, problems)
    answers = _answers(body, "answers", dict(catalogue.options), problems)
    matters = _matters(body.get("matters"), problems)
    payee = _payee(catalogue, body.get("payee"), problems)
    if body.get("uploads"):
        problems.append(Problem("upload_unknown", "uploads"))
    return Choices(eligibility, answers, matters, payee), problems


def unknown_field(path: str) -> Problem:
    """The name is the sender's own: cut short, and without what a terminal or a page could act on."""
    name = "".join(char for char in path[:60] if char.isprintable() and not "\ud800" <= char <= "\udfff")
    return Problem("unknown_field", name, {"name": name})


def _unknown(known: tuple[str, ...], given: Mapping[str, Any], prefix: str) -> Iterator[Problem]:
    strange = [key for key in given if key not in known]
    yield from (unknown_field(f"{prefix}{key}") for key in strange[:MOST_UNKNOWN])


def _answers(
    body: Mapping[str, Any], part: str, options: Mapping[str, tuple[Answer, ...]], problems: list[Problem]
) -> dict[str, Answer]:
    given = body.get(part)
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        problems.append(Problem("wrong_type", part))
        return {}
    problems += _unknown(tuple(options), given, f"{part}.")
    answers: dict[str, Answer] = {}
    for slug in options.keys() & given.keys():
        value = given[slug]
        answer = WORDS.get(value, value) if isinstance(value, str) else value
        if answer is None or answer == "":
            continue
        if isinstance(answer, bool | str) and (answer == UNKNOWN or answer in options[slug]):
            answers[slug] = answer
        else:
            problems.append(Problem("choice", f"{part}.{slug}"))
            answers[slug] = UNKNOWN
    return answers


def _matters(given: Any, problems: list[Problem]) -> tuple[str, ...] | None:
    if given is None:
        return None
    if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
        problems.append(Problem("wrong_type", "matters"))
        return ()
    return tuple(given)


def _payee(catalogue: Catalogue, given: Any, problems: list[Problem]) -> str | Mapping[str, str] | None:
    if given is None or given == "" or given == {}:
        return None
    if not catalogue.payee_choices:
        problems.append(unknown_field("payee"))
        return None
    if isinstance(given, str):
        return given
    if isinstance(given, Mapping) and all(isinstance(one, str) for one in given.values()) and len(given) <= 100:
        return dict(given)
    problems.append(Problem("wrong_type", "payee"))
    return None
