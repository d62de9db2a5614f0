"""The pages of a place that only inform."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .flowchart import draw
from .matter import item_views, material_views
from .page import Page
from .place import Place
from .privacy import matrix
from .situation import groups, offered, unconditional
from .sources import rules
from .tables import once, table_of_items, table_of_materials
from .templates import fill

Values = dict[str, Any]


def pages(place: Place) -> Iterator[Page]:
    for name, view in VIEWS.items():
        path = "index" if name == "home" else name
        body = fill(f"guide/{name}.html.j2", place=place, **(view(place) if view else {}))
        yield Page(f"{place.slug}/{path}.md", place.title(name), body)
    yield from _matters(place)


def _matters(place: Place) -> Iterator[Page]:
    for matter in place.catalogue.matters.values():
        items, materials = item_views(place, matter), material_views(place, matter)
        sources = dict.fromkeys(section for view in items for section in view.source.split("；"))
        values = {"matter": matter, "items": items, "materials": materials, "sources": sources}
        body = fill("guide/matter.html.j2", place=place, **values)
        yield Page(f"{place.slug}/matters/{matter.slug}.md", matter.name, body)


def _home(place: Place) -> Values:
    return {"matters": list(place.catalogue.matters.values())}


def _find(place: Place) -> Values:
    handling = dict.fromkeys(item.agency for item in place.catalogue.items.values())
    return {"always": unconditional(place.catalogue), "groups": groups(place), "handling": handling}


def _materials(place: Place) -> Values:
    printed = place.guide.get("tables", {})
    return {
        "once": once(place),
        "offered": len(offered(place.catalogue)),
        "first": table_of_materials(place) if "first" in printed else [],
        "second": table_of_items(place) if "second" in printed else [],
    }


def _flow(place: Place) -> Values:
    return {"drawing": draw(place.guide["flowchart"])}


def _privacy(place: Place) -> Values:
    return {"matrix": matrix(place)}


def _sources(place: Place) -> Values:
    return {"rules": rules(place)}


VIEWS: dict[str, Callable[[Place], Values] | None] = {
    "home": _home,
    "find": _find,
    "materials": _materials,
    "flow": _flow,
    "privacy": _privacy,
    "counters": None,
    "questions": None,
    "sources": _sources,
}
"""Page by page, what its template needs besides the place."""
