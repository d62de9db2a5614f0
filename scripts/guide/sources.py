"""Where each rule of a place comes from: everything in its data that names a section of the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .place import Place


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    source: str


KEYED = (("items", "name"), ("questions", "ask"), ("conditions", "ask"), ("channels", "name"), ("agencies", "bureau"))
"""Parts with one rule per slug, and what names the rule."""


def rules(place: Place) -> dict[str, list[Rule]]:
    """By part of the data; `general` holds what stands alone."""
    found = {"general": list(_general(place))}
    for part, name in KEYED:
        found[part] = [Rule(one[name], one["source"]) for one in place.data[part].values()]
    return {part: listed for part, listed in found.items() if listed}


def _general(place: Place) -> Iterator[Rule]:
    data = place.data
    yield Rule("、".join(data["served"]), data["served_source"])
    for part in ("fee", "time_limit", "hours"):
        yield Rule(data[part]["text"], data[part]["source"])
    for one in data["telephones"]:
        yield Rule(one["name"], one["source"])
    for one in data.get("death_certificate_help", ()):
        yield Rule(one["title"], one["source"])
    for one in (data["form"], data["guide"]["flowchart"]):
        yield Rule(one["title"], one["source"])
