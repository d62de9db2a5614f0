"""One matter as its page shows it: its items and the materials that any of them asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.catalogue import Channel
from chalicelib.catalogue.model import Item, Material, Matter, Requirement

from .place import Place
from .situation import Words, in_words


@dataclass(frozen=True, slots=True)
class ItemView:
    item: Item
    agency: str
    conditions: Words
    opens: tuple[str, ...]
    outcomes: tuple[tuple[Words, str], ...]
    time: str
    source: str


@dataclass(frozen=True, slots=True)
class MaterialView:
    """Any one of `materials`; what to do about them on each channel; only when the money goes to `account`.

    Where they come from: `origins` says who issues them, `listed` repeats the official table.
    """

    materials: tuple[Material, ...]
    online: tuple[str, ...]
    counter: tuple[str, ...]
    origins: tuple[str, ...]
    listed: tuple[str, ...]
    waived: tuple[str, ...]
    account: str
    matters: tuple[Matter, ...] = ()


def item_views(place: Place, matter: Matter) -> list[ItemView]:
    return [_item(place, place.catalogue.items[slug]) for slug in matter.items]


def material_views(place: Place, matter: Matter) -> list[MaterialView]:
    """Each requirement once; where a place takes the papers once for all, those."""
    return [material_view(place, one) for one in requirements(place, matter) or case_requirements(place)]


def requirements(place: Place, matter: Matter) -> list[Requirement]:
    """What an applicant hands in: nothing for an item that starts by itself."""
    items = [place.catalogue.items[slug] for slug in matter.items]
    return list(dict.fromkeys(one for item in items if not item.silent for one in item.materials))


def case_requirements(place: Place) -> list[Requirement]:
    return [Requirement((slug,), None) for slug in place.catalogue.case_materials]


def material_view(place: Place, one: Requirement, matters: Iterable[Matter] = ()) -> MaterialView:
    materials = tuple(place.catalogue.materials[slug] for slug in one.any_of)
    data = [place.data["materials"][material.slug] for material in materials]
    return MaterialView(
        materials=materials,
        online=_bring(place, materials, Channel.ONLINE),
        counter=_bring(place, materials, Channel.COUNTER),
        origins=tuple(each["where"] for each in data if "where" in each),
        listed=tuple(each["table"]["from"] for each in data if "table" in each),
        waived=tuple(each["waived_by"] for each in data if "waived_by" in each),
        account=place.catalogue.accounts[one.payee] if one.payee else "",
        matters=tuple(matters),
    )


def _bring(place: Place, materials: Iterable[Material], channel: Channel) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.guide["bring"][material.bring[channel]] for material in materials))


def _item(place: Place, item: Item) -> ItemView:
    data = place.data["items"][item.slug]
    return ItemView(
        item=item,
        agency=place.catalogue.agencies[item.agency].name,
        conditions=in_words(place.catalogue, item.when),
        opens=tuple(place.catalogue.materials[slug].short for slug in item.opens_on),
        outcomes=tuple((_outcome_condition(place, one), one["text"]) for one in data.get("outcomes", ())),
        time=data.get("time_limit", place.data["time_limit"])["text"],
        source=data["source"],
    )


def _outcome_condition(place: Place, outcome: dict[str, dict[str, bool | str]]) -> Words:
    return in_words(place.catalogue, {key: (answer,) for key, answer in outcome.get("when", {}).items()})
