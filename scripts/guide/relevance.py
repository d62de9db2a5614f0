"""When a part of the online form matters, for the script in data and for everybody in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from chalicelib.catalogue import UNKNOWN, Channel
from chalicelib.catalogue.model import Matter, Question

from .inputs import Relevance
from .place import Place


def of_question(place: Place, question: Question) -> Relevance:
    matters = question.asked_for if _ticked_here(place) else ()
    if not question.asked_when:
        return Relevance(matters)
    slug, answers = next(iter(question.asked_when.items()))
    return Relevance(matters, f"answers.{slug}", tuple(value(answer) for answer in answers))


def of_account(place: Place, account: str) -> Relevance:
    """Whatever is wished for, some items are paid to the first account; the others only where wished for."""
    wished = account if account in place.catalogue.payee_choices[1:] else ""
    return Relevance(_ticked(place, paying(place, lambda payees: account in payees)), payee=wished)


def of_payee(place: Place) -> Relevance:
    return Relevance(_ticked(place, choosing(place)))


def question_hints(place: Place, question: Question) -> Iterator[str]:
    if question.asked_for:
        yield words(place, "asked_for", matters=named(place.catalogue.matters[slug] for slug in question.asked_for))
    for slug, answers in question.asked_when.items():
        yield words(place, "asked_when", answers=_answers(place, slug, answers))
    yield place.data["questions"][question.slug].get("hint", "")
    for item in place.catalogue.items.values():
        if question.slug in item.when and Channel.ONLINE not in item.channels:
            yield f"{item.counter_reason}。"


def choosing(place: Place) -> list[Matter]:
    """The matters whose money may go to one account or another."""
    return paying(place, lambda payees: len(payees) > 1)


def paying(place: Place, paid: Callable[[tuple[str, ...]], bool]) -> list[Matter]:
    """The matters one of whose items is paid so."""
    items = place.catalogue.items
    return [one for one in place.catalogue.matters.values() if any(paid(items[slug].payees) for slug in one.items)]


def named(matters: Iterable[Matter]) -> str:
    return "、".join(f"“{one.form_label or one.name}”" for one in matters)


def value(answer: bool | str) -> str:
    """An answer as a form sends it."""
    return answer if isinstance(answer, str) else str(answer).lower()


def words(place: Place, name: str, **values: str) -> str:
    text: str = place.data["wording"]["form"][name]
    return text.format(**values)


def _answers(place: Place, question: str, answers: Iterable[Any]) -> str:
    labels = {**place.catalogue.questions[question].labels, UNKNOWN: place.data["wording"]["unknown"]}
    return "、".join(f"“{labels[answer]}”" for answer in answers)


def _ticked(place: Place, matters: Iterable[Matter]) -> tuple[str, ...]:
    return tuple(one.slug for one in matters) if _ticked_here(place) else ()


def _ticked_here(place: Place) -> bool:
    """Only where the applicant ticks matters can the page know which are."""
    return place.catalogue.ticked_by == "applicant"
