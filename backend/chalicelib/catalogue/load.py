"""Turn the compiled data of one locality (plain JSON values) into a `Catalogue`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from .model import (
    Agency,
    Bring,
    Catalogue,
    Channel,
    Condition,
    Field,
    Item,
    LeftOut,
    Material,
    Matter,
    Question,
    Ratings,
    Requirement,
    Step,
    Way,
)
from .when import Answer, When

DATA = Path(__file__).parent / "data"


class NoLocalityError(LookupError):
    """No locality of that name is in the compiled catalogue."""


def localities(data: Path = DATA) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in data.glob("*.json")))


@cache
def for_locality(slug: str, data: Path = DATA) -> Catalogue:
    """The compiled catalogue of one locality, read once. Raises NoLocalityError."""
    if slug not in localities(data):
        raise NoLocalityError(slug)
    return load(json.loads((data / f"{slug}.json").read_text("utf-8")))


def load(data: Mapping[str, Any]) -> Catalogue:
    """`data` has been checked: a missing key here is a bug of the checker, not of an editor."""
    working_days = data["time_limit"].get("working_days")
    return Catalogue(
        slug=data["slug"],
        version=data["version"],
        name=data["name"],
        theme=data["theme"],
        lead=data["lead"],
        ticked_by=data["ticked_by"],
        agencies={slug: _agency(slug, value) for slug, value in data["agencies"].items()},
        fields={path: _field(path, value) for path, value in data["fields"].items()},
        accounts={slug: value["name"] for slug, value in data["accounts"].items()},
        questions={slug: _question(slug, value, data["wording"]) for slug, value in data["questions"].items()},
        conditions={slug: _condition(slug, value) for slug, value in data["conditions"].items()},
        materials={slug: _material(slug, value) for slug, value in data["materials"].items()},
        case_materials=tuple(data.get("case_materials", ())),
        matters={slug: _matter(slug, value) for slug, value in data["matters"].items()},
        items={slug: _item(slug, value, working_days) for slug, value in data["items"].items()},
        ratings=Ratings(**data["ratings"]),
        retention_days=data["retention"]["days"],
        dormant_after_days=data["retention"]["dormant_after_days"],
        steps=tuple(Step(step["id"], step["title"], tuple(step["fields"])) for step in data["form"]["steps"]),
        texts={key: data[key] for key in ("wording", "problems", "messages", "reasons", "telephones", "payee_help")},
        quiet_hours=_quiet_hours(data.get("quiet_hours")),
    )


def _agency(slug: str, value: Mapping[str, Any]) -> Agency:
    certifies, ways = tuple(value.get("certifies", ())), tuple(Way(**way) for way in value.get("notify", ()))
    return Agency(
        slug, value["name"], value["bureau"], certifies, value.get("mail", ""), ways, dict(value.get("units", {}))
    )


def _quiet_hours(value: Mapping[str, str] | None) -> tuple[str, str] | None:
    return (value["from"], value["until"]) if value else None


def _field(path: str, value: Mapping[str, Any]) -> Field:
    return Field(path, value["label"], value["ask"], value["kind"], value.get("required", True))


def _question(slug: str, value: Mapping[str, Any], wording: Mapping[str, Any]) -> Question:
    if value["kind"] == "yes-no":
        yes = value.get("true_label", wording["true_label"])
        labels: dict[Answer, str] = {True: yes, False: value.get("false_label", wording["false_label"])}
    else:
        labels = dict(value["choices"])
    asked_for, asked_when = tuple(value.get("asked_for", ())), _when(value.get("asked_when", {}))
    return Question(slug, value["label"], tuple(labels), labels, asked_for, asked_when)


def _condition(slug: str, value: Mapping[str, Any]) -> Condition:
    return Condition(slug, value["ask"], value["must_be"], value["reason"])


def _material(slug: str, value: Mapping[str, Any]) -> Material:
    bring = {Channel(channel): Bring(how) for channel, how in value["bring"].items()}
    return Material(slug, value["name"], value["short"], bring, value.get("certificate", False))


def _matter(slug: str, value: Mapping[str, Any]) -> Matter:
    return Matter(
        slug=slug,
        name=value["name"],
        form_label=value.get("form_label", ""),
        items=tuple(value["items"]),
        group=value.get("group", slug),
        required=value.get("required", False),
        left_out=tuple(LeftOut(_when(one.get("when", {})), one["reason"]) for one in value.get("left_out", ())),
        not_offered=value.get("not_offered", ""),
    )


def _item(slug: str, value: Mapping[str, Any], working_days: int | None) -> Item:
    return Item(
        slug=slug,
        agency=value["agency"],
        name=value["name"],
        when=_when(value.get("when", {})),
        opens_on=tuple(value["opens_on"]),
        issues=value.get("issues"),
        materials=tuple(_requirements(value["materials"])),
        payees=tuple(value.get("payees", ())),
        discloses=tuple(value["discloses"]),
        channels=tuple(Channel(channel) for channel in value.get("channels", tuple(Channel))),
        counter_reason=value.get("counter_reason", ""),
        working_days=value.get("time_limit", {}).get("working_days", working_days),
        silent=value.get("silent", False),
    )


def _requirements(values: Iterable[str | Mapping[str, Any]]) -> Iterable[Requirement]:
    for value in values:
        if isinstance(value, str):
            yield Requirement((value,), None)
        else:
            yield Requirement(tuple(value["any_of"]), value.get("payee"))


def _when(value: Mapping[str, Any]) -> When:
    return {key: tuple(one) if isinstance(one, list) else (one,) for key, one in value.items()}
