"""Who sees what: each field that items disclose, and the agencies whose items list it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .place import Place

ACCOUNTS, ANSWERS = "accounts.", "answers."


@dataclass(frozen=True, slots=True)
class Field:
    """`group`: deceased, applicant, answers or accounts; `seen`: one yes or no per agency of the matrix."""

    group: str
    name: str
    seen: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    agencies: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def groups(self) -> dict[str, list[Field]]:
        return {
            group: [one for one in self.fields if one.group == group] for group in dict.fromkeys(_groups(self.fields))
        }


def matrix(place: Place) -> Matrix:
    """Agencies with an item, and every field that the form asks for or an item discloses."""
    seen = {slug: _disclosed(place, slug) for slug in place.catalogue.agencies}
    agencies = [slug for slug, paths in seen.items() if paths]
    fields = [
        _field(place, path, tuple(path in seen[slug] for slug in agencies)) for path in _paths(place, seen.values())
    ]
    return Matrix(tuple(place.catalogue.agencies[slug].name for slug in agencies), tuple(fields))


def _disclosed(place: Place, agency: str) -> set[str]:
    items = [item for item in place.catalogue.items.values() if item.agency == agency]
    return {path for item in items for path in item.discloses}


def _paths(place: Place, seen: Iterable[set[str]]) -> list[str]:
    """In the form's order: fields, then answers, then whole accounts."""
    disclosed = set().union(*seen)
    fields = [path for path in place.catalogue.fields if path.startswith(("deceased.", "applicant."))]
    answers = [ANSWERS + slug for slug in place.catalogue.questions if ANSWERS + slug in disclosed]
    return fields + answers + [ACCOUNTS + slug for slug in place.catalogue.accounts if ACCOUNTS + slug in disclosed]


def _field(place: Place, path: str, seen: tuple[bool, ...]) -> Field:
    group, _, slug = path.partition(".")
    if path.startswith(ACCOUNTS):
        return Field(group, place.catalogue.accounts[slug], seen)
    if path.startswith(ANSWERS):
        return Field(group, place.catalogue.questions[slug].label, seen)
    return Field(group, place.catalogue.fields[path].ask, seen)


def _groups(fields: Iterable[Field]) -> Iterable[str]:
    return (one.group for one in fields)
