"""What the agencies' page knows of the catalogue: names of items and materials, reasons, and how values are said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.catalogue.model import Item

from .place import Place

MODULES = ("worklist", "task", "reports", "copy")
_SEX = ("male", "female")


def data(place: Place) -> Mapping[str, Any]:
    wording, catalogue, words = place.data["wording"], place.catalogue, place.guide["staff"]["words"]
    return {
        "states": {slug: state["name"] for slug, state in wording["states"].items()},
        "items": {slug: _item(place, item) for slug, item in catalogue.items.items()},
        "materials": {slug: material.name for slug, material in catalogue.materials.items()},
        "agencies": {slug: agency.name for slug, agency in catalogue.agencies.items()},
        "accounts": dict(catalogue.accounts),
        "reasons": dict(catalogue.texts["reasons"]),
        "values": dict(_values(place)),
        "labels": dict(_labels(place)),
        "groups": {group: words[f"group_{group}"] for group in ("deceased", "applicant", "answers")},
        "scores": wording.get("scores", {}),
    }


def _item(place: Place, item: Item) -> Mapping[str, Any]:
    """`materials`: every one that it may ask for. `no_record`: the result where there is nothing to do."""
    source = place.data["items"][item.slug]
    needed = dict.fromkeys(slug for requirement in item.materials for slug in requirement.any_of)
    return {
        "name": item.name,
        "opens_on": list(item.opens_on),
        "issues": item.issues or "",
        "materials": list(needed),
        "no_record": source.get("no_record_result", ""),
    }


def _labels(place: Place) -> Iterator[tuple[str, str]]:
    """As on the paper form: the online form speaks to the family."""
    yield from ((path, field.label) for path, field in place.catalogue.fields.items())
    yield from ((f"answers.{slug}", question.label) for slug, question in place.catalogue.questions.items())


def _values(place: Place) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Path by path, the words for values that are no words."""
    wording = place.data["wording"]
    for path, field in place.catalogue.fields.items():
        if field.kind == "sex":
            yield path, {sex: wording[sex] for sex in _SEX}
    for slug, question in place.catalogue.questions.items():
        said = {_json(option): label for option, label in question.labels.items()}
        yield f"answers.{slug}", {**said, "unknown": wording["unknown"]}


def _json(option: bool | str) -> str:
    """As scripts turn it into text."""
    return str(option).lower() if isinstance(option, bool) else option
