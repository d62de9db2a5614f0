"""The steps of a place's online form, every input with its words and its answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.catalogue import UNKNOWN
from chalicelib.catalogue.model import Field, Question

from . import relevance
from .inputs import Group, Input, Option, Step
from .place import Place

ACCOUNTS = "accounts."
_WIDGETS = {"sex": "one", "date": "date", "agreement": "agree"}
_TYPES = {"phone": "tel"}
_DIGITS_ONLY = {"age", "bank-account"}


def steps(place: Place) -> tuple[Step, ...]:
    """Every step, that of the conditions included where there are any."""
    found = place.catalogue.steps
    return tuple(
        Step(step.slug, step.title, at, len(found), tuple(_groups(place, step.fields)))
        for at, step in enumerate(found, start=1)
    )


def _groups(place: Place, paths: Iterable[str]) -> Iterator[Group]:
    """The fields of one account make a group; the others stand by themselves."""
    accounts: dict[str, list[Input]] = {}
    for path in paths:
        if path.startswith(ACCOUNTS):
            accounts.setdefault(path.split(".")[1], []).extend(_inputs(place, path))
        elif inputs := tuple(_inputs(place, path)):
            yield Group("", "", inputs)
    for slug, fields in accounts.items():
        yield _account(place, slug, fields)


def _account(place: Place, slug: str, inputs: Iterable[Input]) -> Group:
    account = place.data["accounts"][slug]
    hint = relevance.words(place, "account", explain=account["explain"])
    return Group(account["name"], hint, tuple(inputs), relevance.of_account(place, slug))


def _inputs(place: Place, path: str) -> Iterator[Input]:
    if path == "eligibility":
        yield from (_condition(place, slug) for slug in place.catalogue.conditions)
    elif path == "matters":
        yield from [_matters(place)] if place.catalogue.ticked_by == "applicant" else []
    elif path == "payee":
        yield _payee(place)
    elif path.startswith("answers."):
        yield _question(place, place.catalogue.questions[path.removeprefix("answers.")])
    else:
        yield _field(place, place.catalogue.fields[path])


def _condition(place: Place, slug: str) -> Input:
    wording = place.data["wording"]
    answers = {"true": wording["true_label"], "false": wording["false_label"], UNKNOWN: wording["unknown"]}
    return Input(
        f"eligibility.{slug}",
        "one",
        place.catalogue.conditions[slug].ask,
        options=tuple(Option(answer, label) for answer, label in answers.items()),
    )


def _matters(place: Place) -> Input:
    """What the official form leaves out cannot be ticked, and says why."""
    matters, texts = place.catalogue.matters.values(), place.data["matters"]
    offered = (Option(one.slug, one.form_label, texts[one.slug]["summary"]) for one in matters if one.form_label)
    others = (f"{one.name}：{one.not_offered}" for one in matters if one.not_offered)
    label = relevance.words(place, "matters")
    return Input("matters", "several", label, hints=tuple(others), options=tuple(offered))


def _payee(place: Place) -> Input:
    accounts = place.data["accounts"]
    choices = ((slug, accounts[slug]) for slug in place.catalogue.payee_choices)
    asked = relevance.words(place, "payee_for", matters=relevance.named(relevance.choosing(place)))
    return Input(
        "payee",
        "one",
        relevance.words(place, "payee"),
        hints=tuple(filter(None, (asked, place.data["form"].get("note", "")))),
        options=tuple(Option(slug, account["name"], account["explain"]) for slug, account in choices),
        relevance=relevance.of_payee(place),
    )


def _question(place: Place, question: Question) -> Input:
    options = [Option(relevance.value(answer), label) for answer, label in question.labels.items()]
    return Input(
        f"answers.{question.slug}",
        "one",
        place.data["questions"][question.slug]["ask"],
        hints=tuple(filter(None, relevance.question_hints(place, question))),
        options=(*options, Option(UNKNOWN, place.data["wording"]["unknown"])),
        relevance=relevance.of_question(place, question),
    )


def _field(place: Place, field: Field) -> Input:
    texts = place.data["fields"][field.path]
    return Input(
        path=field.path,
        widget=_WIDGETS.get(field.kind, "text"),
        label=field.ask,
        kind=field.kind,
        hints=(texts["hint"],) if "hint" in texts else (),
        options=_sexes(place) if field.kind == "sex" else (),
        type=_TYPES.get(field.kind, "text"),
        inputmode="numeric" if field.kind in _DIGITS_ONLY else "",
        autocomplete=texts.get("autocomplete", "off"),
        optional=not field.required,
    )


def _sexes(place: Place) -> tuple[Option, ...]:
    return tuple(Option(sex, place.data["wording"][sex]) for sex in ("male", "female"))
