"""What the scenario answers lead to: conditions in words, and every combination of answers with what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from chalicelib.catalogue import Answer, Answers, Catalogue, Verdict, verdict
from chalicelib.catalogue.model import Item, Matter, Question
from chalicelib.catalogue.when import When

from .place import Place

Words = tuple[tuple[Question, str], ...]
"""Questions with an answer, or several that come to the same, in words."""


@dataclass(frozen=True, slots=True)
class Found:
    """An item that applies, who handles it, and what comes of it under these answers."""

    item: Item
    agency: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One combination of answers in words; nothing found means nothing to handle."""

    answers: Words
    found: tuple[Found, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are decided together; `agencies` settle what is not known."""

    questions: tuple[Question, ...]
    rows: tuple[Row, ...]
    agencies: tuple[str, ...]

    @property
    def single(self) -> bool:
        """One yes-or-no question: only a yes leads anywhere."""
        return len(self.questions) == 1 and self.questions[0].options == (True, False)


def in_words(catalogue: Catalogue, when: When) -> Words:
    """The question and the answers that fit, for every key of a condition."""
    asked = [catalogue.questions[key] for key in when]
    return tuple((one, "、".join(one.labels[answer] for answer in when[one.slug])) for one in asked)


def groups(place: Place) -> list[Group]:
    """The questions, those that one condition combines together, with all that follows from them."""
    return [_group(place, slugs) for slugs in _together(place.catalogue)]


def unconditional(catalogue: Catalogue) -> list[Item]:
    """Items that no answer decides, in the order of their matters."""
    slugs = dict.fromkeys(slug for matter in offered(catalogue) for slug in matter.items)
    return [catalogue.items[slug] for slug in slugs if not catalogue.items[slug].when]


def offered(catalogue: Catalogue) -> list[Matter]:
    """The matters that a family can apply for."""
    return [matter for matter in catalogue.matters.values() if not matter.not_offered]


def _together(catalogue: Catalogue) -> list[tuple[str, ...]]:
    """Each question with those that some item's condition names beside it."""
    sets = [{slug} for slug in catalogue.questions]
    for item in catalogue.items.values():
        joined = set().union(*(one for one in sets if one & item.when.keys()))
        sets = [one for one in sets if not one & joined] + ([joined] if joined else [])
    order = list(catalogue.questions)
    return sorted((tuple(sorted(one, key=order.index)) for one in sets), key=lambda one: order.index(one[0]))


def _group(place: Place, slugs: tuple[str, ...]) -> Group:
    catalogue = place.catalogue
    questions = tuple(catalogue.questions[slug] for slug in slugs)
    items = [item for item in catalogue.items.values() if item.when.keys() & set(slugs)]
    rows = [_row(place, questions, answers, items) for answers in _answers(questions)]
    return Group(questions, tuple(rows), tuple(dict.fromkeys(catalogue.agencies[one.agency].name for one in items)))


def _answers(questions: tuple[Question, ...]) -> Iterator[Answers]:
    """Every combination; a question that the others make superfluous is left out."""
    seen: list[Answers] = []
    for combination in product(*(one.options for one in questions)):
        given = dict(zip((one.slug for one in questions), combination, strict=True))
        asked = {one.slug: given[one.slug] for one in questions if _is_asked(one, given)}
        if asked not in seen:
            seen.append(asked)
            yield asked


def _is_asked(question: Question, answers: Mapping[str, Answer]) -> bool:
    return all(answers.get(key) in fitting for key, fitting in question.asked_when.items())


def _row(place: Place, questions: tuple[Question, ...], answers: Answers, items: list[Item]) -> Row:
    certain = [item for item in items if _fits(item.when, answers)]
    words = tuple((one, one.labels[answers[one.slug]]) for one in questions if one.slug in answers)
    return Row(words, tuple(_found(place, item, answers) for item in certain), _reasons(place, answers))


def _found(place: Place, item: Item, answers: Answers) -> Found:
    return Found(item, place.catalogue.agencies[item.agency].name, _outcomes(place, item, answers))


def _outcomes(place: Place, item: Item, answers: Answers) -> tuple[str, ...]:
    listed = place.data["items"][item.slug].get("outcomes", ())
    return tuple(one["text"] for one in listed if _fits(_when(one), answers))


def _reasons(place: Place, answers: Answers) -> tuple[str, ...]:
    """Why a matter that several kinds of families tick is left out here; without a condition it goes without saying."""
    listed = [one for matter in place.catalogue.matters.values() for one in matter.left_out if one.when]
    return tuple(one.reason for one in listed if _fits(one.when, answers))


def _fits(when: When, answers: Answers) -> bool:
    return verdict(when, answers, {}) is Verdict.CERTAIN


def _when(value: Mapping[str, Mapping[str, Answer]]) -> When:
    return {key: (one,) for key, one in value.get("when", {}).items()}
