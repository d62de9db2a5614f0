"""What the counter's page knows of the catalogue: the paper form in its own order, and which materials go with what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from chalicelib.catalogue import UNKNOWN, Channel
from chalicelib.catalogue.model import Bring, Item, Question

from . import relevance
from .form_steps import ACCOUNTS, steps
from .inputs import Input, Option
from .place import Place

MODULES = (
    *("counter-home", "counter-form", "counter-body", "counter-materials", "counter-receipt", "counter-case"),
    *("counter-reports", "counter-problems", "counter-desk", "panels", "print"),
)
_ASKED_FOR = {Bring.SHOW: "show", Bring.IF_NOT_SHARED: "show", Bring.IF_HELD: "held", Bring.IF_ASKED: "held"}
"""What a family is to show, and what it shows where it has it; nothing else is looked at."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows about one person or account, under one name; a row is what stands side by side on paper."""

    legend: str
    rows: tuple[tuple[Input, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the paper form."""

    label: str
    blocks: tuple[Block, ...]


def data(place: Place) -> Mapping[str, Any]:
    catalogue = place.catalogue
    return {
        "ticked_by": catalogue.ticked_by,
        "items": {slug: _item(item) for slug, item in catalogue.items.items()},
        "matters": {slug: list(matter.items) for slug, matter in catalogue.matters.items()},
        "required": [slug for slug, matter in catalogue.matters.items() if matter.required],
        "materials": {slug: _material(place, slug) for slug in catalogue.materials},
        "case_materials": list(catalogue.case_materials),
        "payees": list(catalogue.payee_choices),
        "labels": dict(_labels(place)),
    }


def parts(place: Place) -> Mapping[str, Any]:
    """For the template: `paper` in the order of the form, `asked` what stands on no paper but has to be known."""
    inputs = {one.path: one for step in steps(place) for one in step.inputs}
    sections = place.data["form"]["sections"]
    paths = [path for section in sections for row in section["rows"] for path in row]
    questions = [_question(place, one) for one in place.catalogue.questions.values()]
    personal = [one for one in _cells(place, inputs, paths) if _is_personal(one.path)]
    return {
        "conditions": [inputs[path] for path in inputs if path.startswith("eligibility.")],
        "paper": [_part(place, inputs, section) for section in sections],
        "asked": [one for one in questions if one.path not in paths],
        "corrected": list(_by_whom(place, [(one,) for one in personal])),
        "missing_hint": relevance.words(place, "missing"),
        "telephones": place.data["telephones"],
    }


def _item(item: Item) -> Mapping[str, Any]:
    """`when` and `materials` as far as a page can tell what may be needed; the service decides."""
    return {
        "name": item.name,
        "when": {slug: [relevance.value(one) for one in answers] for slug, answers in item.when.items()},
        "materials": [[list(one.any_of), one.payee or ""] for one in item.materials],
        "payees": list(item.payees),
    }


def _material(place: Place, slug: str) -> Mapping[str, Any]:
    material = place.catalogue.materials[slug]
    asked_for = _ASKED_FOR.get(material.bring[Channel.COUNTER], "")
    return {"name": material.name, "where": place.data["materials"][slug].get("where", ""), "asked_for": asked_for}


def _part(place: Place, inputs: Mapping[str, Input], section: Mapping[str, Any]) -> Part:
    rows = [tuple(_cells(place, inputs, row)) for row in section["rows"]]
    if any(row[0].path.startswith(ACCOUNTS) for row in rows) and "payee" in inputs:
        rows.insert(0, (replace(inputs["payee"], options=_plain(inputs["payee"])),))
    return Part(section["label"], tuple(_by_whom(place, [row for row in rows if row])))


def _cells(place: Place, inputs: Mapping[str, Input], paths: Iterable[str]) -> Iterator[Input]:
    """The paper names an account, a form its numbers; it names the matters even where answers tick them."""
    for path in paths:
        if path == "matters":
            yield _matters(place)
        elif path.startswith("answers."):
            yield _question(place, place.catalogue.questions[path.removeprefix("answers.")])
        else:
            yield from (
                _named(place, one) for name, one in inputs.items() if name == path or name.startswith(f"{path}.")
            )


def _by_whom(place: Place, rows: Iterable[tuple[Input, ...]]) -> Iterator[Block]:
    for who, found in groupby(rows, key=lambda row: _whose(row[0].path)):
        yield Block(_legend(place, who), tuple(found))


def _whose(path: str) -> str:
    group, _, rest = path.partition(".")
    return f"{group}.{rest.partition('.')[0]}" if f"{group}." == ACCOUNTS else group


def _legend(place: Place, who: str) -> str:
    if who.startswith(ACCOUNTS):
        return str(place.data["accounts"][who.removeprefix(ACCOUNTS)]["name"])
    return str(place.guide["staff"]["words"].get(f"group_{who}", ""))


def _named(place: Place, one: Input) -> Input:
    """As the paper calls it; a date is typed in one go."""
    if one.path not in place.data["fields"]:
        return one
    label = place.data["fields"][one.path]["label"].replace("\u3000", "")
    return replace(one, label=label, hints=(), widget="text" if one.widget == "date" else one.widget)


def _labels(place: Place) -> Iterator[tuple[str, tuple[str, str]]]:
    """Path by path, what the service calls a field, speaking to a family, and what it is called on paper."""
    fields = {path: field.label.replace("\u3000", "") for path, field in place.catalogue.fields.items()}
    often = Counter(fields.values())
    for path, label in fields.items():
        whose = _legend(place, _whose(path)) if often[label] > 1 else ""
        yield path, (place.catalogue.fields[path].ask, f"{whose}{label}")


def _is_personal(path: str) -> bool:
    return path.startswith(("applicant.", "deceased.", ACCOUNTS))


def _matters(place: Place) -> Input:
    offered = (one for one in place.catalogue.matters.values() if one.form_label)
    options = tuple(Option(one.slug, one.form_label) for one in offered)
    words = place.guide["staff"]
    hints = (words["matters_unticked"],) if place.catalogue.ticked_by == "answers" else ()
    return Input("matters", "several", words["matters_ticked"], hints=hints, options=options)


def _question(place: Place, question: Question) -> Input:
    """Asked only for some matters, or after some answers: said beside it."""
    given = [*question.labels.items(), (UNKNOWN, place.data["wording"]["unknown"])]
    hints = []
    if question.asked_for:
        asked_for = relevance.named(place.catalogue.matters[slug] for slug in question.asked_for)
        hints.append(relevance.words(place, "asked_for", matters=asked_for))
    for slug, answers in question.asked_when.items():
        labels = {**place.catalogue.questions[slug].labels, UNKNOWN: place.data["wording"]["unknown"]}
        said = "、".join(f"“{labels[answer]}”" for answer in answers)
        hints.append(relevance.words(place, "asked_when", answers=said))
    options = tuple(Option(relevance.value(answer), label) for answer, label in given)
    return Input(f"answers.{question.slug}", "one", question.label, hints=tuple(hints), options=options)


def _plain(payee: Input) -> tuple[Option, ...]:
    return tuple(Option(one.value, one.label) for one in payee.options)
