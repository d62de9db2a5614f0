"""The answers a family may give: every combination that the form can ask for, and what it means for an item."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from chalicelib.catalogue.when import UNKNOWN, Answer, Verdict, When, verdict

from .place import Place

MOST = 20_000
Scenario = dict[str, Answer]


def options(question: Mapping[str, Any]) -> tuple[Answer, ...]:
    """Every answer of a question, `unknown` left out."""
    if question["kind"] == "yes-no":
        return (True, False)
    return tuple(question["choices"])


def scenarios(
    place: Place, ticked: Collection[str], questions: Iterable[str], *, unknown: bool = False
) -> list[Scenario]:
    """The different sets of answers to those of `questions` that are asked when these matters are ticked."""
    asked = [slug for slug in _with_earlier(place, questions) if _asked_for(place, slug, ticked)]
    every = [options(place["questions"][slug]) + ((UNKNOWN,) if unknown else ()) for slug in asked]
    given = (dict(zip(asked, answers, strict=True)) for answers in itertools.product(*every))
    unique = {tuple(one.items()): one for one in (_only_asked(place, answers) for answers in given)}
    return list(unique.values())


def too_many(place: Place, questions: Iterable[str]) -> bool:
    sizes = (len(options(place["questions"][slug])) + 1 for slug in _with_earlier(place, questions))
    return math.prod(sizes) > MOST


def judge(place: Place, when: Mapping[str, Any], answers: Mapping[str, Answer]) -> Verdict:
    """Whether what holds only `when` is meant for these answers, as the planner judges it."""
    every = {slug: options(question) for slug, question in place["questions"].items()}
    return verdict(as_when(when), answers, every)


def as_when(written: Mapping[str, Any]) -> When:
    return {key: tuple(one) if isinstance(one, list) else (one,) for key, one in written.items()}


def in_words(place: Place, answers: Mapping[str, Answer]) -> str:
    """`参保类型=城乡居民养老保险，是否领取养老保险待遇=是`"""
    return "，".join(f"{place['questions'][slug]['label']}={_label(place, slug, one)}" for slug, one in answers.items())


def _with_earlier(place: Place, questions: Iterable[str]) -> list[str]:
    """The questions and those that decide whether they are asked, in the form's order."""
    wanted: set[str] = set()
    waiting = [slug for slug in questions if slug in place["questions"]]
    while waiting:
        slug = waiting.pop()
        if slug not in wanted:
            wanted.add(slug)
            waiting += [one for one in place["questions"][slug]["asked_when"] if one in place["questions"]]
    return [slug for slug in place["questions"] if slug in wanted]


def _asked_for(place: Place, slug: str, ticked: Collection[str]) -> bool:
    asked_for = place["questions"][slug]["asked_for"]
    return not asked_for or not set(asked_for).isdisjoint(ticked)


def _only_asked(place: Place, answers: Scenario) -> Scenario:
    """`asked_when` looks at what was answered, `unknown` included."""
    return {slug: one for slug, one in answers.items() if _may_ask(place, slug, answers)}


def _may_ask(place: Place, slug: str, answers: Scenario) -> bool:
    asked_when = as_when(place["questions"][slug]["asked_when"])
    return all(answers.get(key) in allowed for key, allowed in asked_when.items())


def _label(place: Place, slug: str, answer: Answer) -> str:
    question, wording = place["questions"][slug], place["wording"]
    match answer:
        case True:
            return question["true_label"] or wording["true_label"] or "true"
        case False:
            return question["false_label"] or wording["false_label"] or "false"
    return (question["choices"] or {}).get(answer) or (wording["unknown"] if answer == UNKNOWN else "") or answer


def each_in_words(place: Place, found: list[Scenario], most: int = 3) -> str:
    shown = "；".join(in_words(place, one) for one in found[:most])
    return shown + (f"……等 {len(found)} 种" if len(found) > most else "")


def iterate(place: Place) -> Iterator[Scenario]:
    """Every set of answers of the whole form, all matters ticked."""
    if not too_many(place, place["questions"]):
        yield from scenarios(place, set(place["matters"]), place["questions"])
