"""Turns the fields of a submitted form (dotted names, dates in three parts, ticked boxes) into what JSON would be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs

from .strict_json import UnreadableError

MOST_FIELDS = 500
DEEPEST = 4
# Fields that steer the pages and are no part of an application.
OF_THE_PAGES = ("stage", "matters_listed", "tasks_listed")
SEVERAL = ("matters", "tasks")
WORDS = {"true": True, "false": False}
WORDED = ("eligibility.", "answers.", "declaration.agreed")
DATE = ("year", "month", "day")
WIDTHS = (4, 2, 2)

Typed = Mapping[str, list[str]]


def decoded(content: bytes) -> tuple[dict[str, Any], Typed]:
    """The body, and the fields as they were typed. Raises UnreadableError."""
    typed = _fields(content)
    body: dict[str, Any] = {}
    for path, value in _values(typed):
        _place(body, path, value)
    return body, typed


def _fields(content: bytes) -> Typed:
    try:
        typed = parse_qs(
            content.decode("utf-8"),
            keep_blank_values=True,
            max_num_fields=MOST_FIELDS,
            errors="strict",
        )
    except ValueError:
        raise UnreadableError from None
    if any("\0" in text for name, values in typed.items() for text in (name, *values)):
        raise UnreadableError
    return typed


def _values(typed: Typed) -> Iterator[tuple[str, Any]]:
    """What was left blank is left out, as a program would leave it out."""
    dates = dict(_dates(typed))
    for name, values in typed.items():
        if name in (*SEVERAL, *OF_THE_PAGES) or name.rpartition(".")[0] in dates or not values[-1].strip():
            continue
        yield name, _worded(name, values[-1])
    yield from ((path, date) for path, date in dates.items() if date)
    yield from _ticked(typed)


def _ticked(typed: Typed) -> Iterator[tuple[str, list[str]]]:
    """None of the listed ones is another thing than no list."""
    for name in SEVERAL:
        values = [value for value in typed.get(name, []) if value]
        if values or f"{name}_listed" in typed:
            yield name, values


def _dates(typed: Typed) -> Iterator[tuple[str, str]]:
    """`x.year`, `x.month`, `x.day` are one date `x`; its parts are checked with it, not here."""
    for name in typed:
        path, _, part = name.rpartition(".")
        if path and part == DATE[0]:
            parts = [typed.get(f"{path}.{one}", [""])[-1].strip() for one in DATE]
            yield path, "-".join(map(_filled, parts, WIDTHS)) if any(parts) else ""


def _filled(part: str, width: int) -> str:
    return part.zfill(width) if part.isdigit() else part


def _worded(name: str, value: str) -> str | bool:
    return WORDS.get(value, value) if name.startswith(WORDED) else value


def _place(body: dict[str, Any], path: str, value: Any) -> None:
    *groups, last = path.split(".")
    if len(groups) >= DEEPEST or not all((*groups, last)):
        raise UnreadableError
    for group in groups:
        body = body.setdefault(group, {})
        if not isinstance(body, dict):
            raise UnreadableError
    if last in body:
        raise UnreadableError
    body[last] = value
