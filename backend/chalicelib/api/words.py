"""The sentences of problems, also where the request names no locality that we know."""

from __future__ import annotations

from collections.abc import Iterable

from ..cases.wording import worded
from ..catalogue import NoLocalityError, Problem, for_locality, localities


def sentences(locality: str | None, problems: Iterable[Problem]) -> list[dict[str, str]]:
    """`[{"field", "code", "message"}]`; problems that belong to no locality are worded alike in all of them."""
    return worded(for_locality(known(locality) or localities()[0]), problems)


def known(locality: str | None) -> str | None:
    try:
        return for_locality(locality).slug if locality else None
    except NoLocalityError:
        return None
