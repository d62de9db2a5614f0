"""One sentence of staff's in a body that holds nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..cases.choices import unknown_field
from ..catalogue import Problem
from .refused import Refused

LONGEST = 500
MOST_STRANGE = 20
BREAKS_AND_SPACE = "\n\u3000"
"""Allowed beside what is printable: people write lists, and Chinese keyboards give a wide space."""


def read_note(body: Mapping[str, Any], name: str, empty: str = "required") -> str:
    """Without the space around it. `empty` is the problem of one that is missing. Raises Refused (422)."""
    problems = [unknown_field(key) for key in [key for key in body if key != name][:MOST_STRANGE]]
    problems += _problems(body.get(name), name, empty)
    if problems:
        raise Refused(422, problems)
    return str(body[name]).replace("\r\n", "\n").strip()


def _problems(given: Any, name: str, empty: str) -> Iterator[Problem]:
    if given is None or (isinstance(given, str) and not given.strip()):
        yield Problem(empty, name)
    elif not isinstance(given, str):
        yield Problem("wrong_type", name)
    elif len(given) > LONGEST:
        yield Problem("too_long", name, {"limit": str(LONGEST)})
    elif any(not char.isprintable() and char not in BREAKS_AND_SPACE for char in given.replace("\r\n", "\n")):
        yield Problem("control", name)
