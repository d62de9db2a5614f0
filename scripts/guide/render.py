"""The whole site as text, from nothing but the places: what mkdocs, or any other builder, turns into pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from . import forms, pages
from .page import Page
from .place import Place

Menu = list[dict[str, Any]]


def render(places: Iterable[Place]) -> dict[str, str]:
    """`{path below guide_src: text}` for every generated page."""
    return {page.path: page.source() for place in places for page in _pages(place)}


def menu(place: Place, paths: Iterable[str]) -> Menu:
    """The navigation, as the place's `guide.menu` orders it. Pages it does not name are reached by links only."""
    known = set(paths)
    groups = {group["title"]: _entries(place, group["pages"]) for group in place.guide["menu"]}
    there = {title: [one for one in entries if known.issuperset(one.values())] for title, entries in groups.items()}
    return [{title: entries} for title, entries in there.items() if entries]


def _pages(place: Place) -> Iterator[Page]:
    yield from pages.pages(place)
    yield from forms.pages(place)


def _entries(place: Place, names: list[str]) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = []
    for name in names:
        if name == "matters":
            entries += ({one["name"]: f"{place.slug}/matters/{slug}.md"} for slug, one in place.data["matters"].items())
        else:
            entries.append({place.title(name): f"{place.slug}/{'index' if name == 'home' else name}.md"})
    return entries
