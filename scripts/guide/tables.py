"""The two official tables of materials as they are printed, and the list in which every material stands once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from chalicelib.catalogue.model import Item, Matter, Requirement

from .matter import MaterialView, case_requirements, material_view, requirements
from .place import Place
from .situation import offered


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row of table 2. `span`: rows that the unit's cell covers; 0 where the cell above covers this one."""

    number: int
    unit: str
    span: int
    name: str
    materials: tuple[str, ...]


def table_of_materials(place: Place) -> list[Mapping[str, Any]]:
    """Table 1 in the order of its printed numbers."""
    printed = [material | material["table"] for material in place.data["materials"].values() if "table" in material]
    return sorted(printed, key=lambda row: int(row["row"]))


def table_of_items(place: Place) -> list[ItemRow]:
    """Table 2: neighbouring rows of one unit share its cell."""
    rows: list[ItemRow] = []
    numbered = sorted((data["row"], slug) for slug, data in place.data["items"].items() if "row" in data)
    items = [(number, place.catalogue.items[slug]) for number, slug in numbered]
    for agency, together in groupby(items, key=lambda one: one[1].agency):
        unit, members = place.catalogue.agencies[agency].name, list(together)
        spans = [len(members)] + [0] * (len(members) - 1)
        rows += (
            ItemRow(number, unit, span, item.name, accepted(place, item))
            for span, (number, item) in zip(spans, members, strict=True)
        )
    return rows


def accepted(place: Place, item: Item) -> tuple[str, ...]:
    """受理材料 of an item: in the table's own words where it has more to say than names."""
    printed = place.guide["tables"]["second"].get("printed", {})
    return tuple(printed.get(item.slug) or (_names(place, one) for one in item.materials))


def once(place: Place) -> list[MaterialView]:
    """Every material of the matters on offer, once, with the matters that need it."""
    needed: dict[Requirement, list[Matter]] = {}
    for matter in offered(place.catalogue):
        for one in _singly(place, matter):
            needed.setdefault(one, []).append(matter)
    order = list(place.catalogue.materials)
    views = [material_view(place, one, matters) for one, matters in needed.items()]
    return sorted(views, key=lambda view: order.index(view.materials[0].slug))


def _singly(place: Place, matter: Matter) -> list[Requirement]:
    """Each material by itself: whether another would do as well is the matter's page's to say."""
    single = [Requirement((slug,), one.payee) for one in requirements(place, matter) for slug in one.any_of]
    return list(dict.fromkeys(single + case_requirements(place)))


def _names(place: Place, requirement: Requirement) -> str:
    return "或".join(place.catalogue.materials[slug].name for slug in requirement.any_of)
