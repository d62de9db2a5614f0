"""A condition on answers (`when`, `asked_when`) names questions that exist and answers that they have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chalicelib.catalogue.when import UNKNOWN, Answer

from ..place import Place, Report
from ..problem import Path, can_be, nearest, quote
from ..scenarios import options
from ..schema import described

CONDITIONS: tuple[tuple[str, ...], ...] = (
    ("items", "*", "when"),
    ("items", "*", "outcomes", "*", "when"),
    ("matters", "*", "left_out", "*", "when"),
    ("questions", "*", "asked_when"),
)


def check(place: Place, report: Report) -> None:
    for pattern in CONDITIONS:
        for path, when in place.each(*pattern):
            for slug, wanted in when.items():
                _check_question(place, report, (*path, slug), slug, wanted)


def _check_question(place: Place, report: Report, path: Path, slug: str, wanted: Any) -> None:
    questions = {one: question["label"] or "" for one, question in place["questions"].items()}
    if slug not in questions:
        allowed = can_be(questions) or "这个地区没有情形"
        report.say(path, f"没有叫{quote(slug)}的情形", allowed, nearest(slug, questions), at_key=True)
        return
    known = options(place["questions"][slug])
    if "asked_when" in path:
        known = (*known, UNKNOWN)
    for answer_path, answer in _each(wanted, path):
        if known and not any(type(answer) is type(one) and answer == one for one in known):
            _say_answer(place, report, answer_path, slug, answer, known)


def _say_answer(place: Place, report: Report, path: Path, slug: str, answer: Answer, known: tuple[Answer, ...]) -> None:
    words = [_word(one) for one in known]
    choices = {**dict.fromkeys(words, ""), **(place["questions"][slug]["choices"] or {})}
    guess = nearest(_word(answer), {word: name or "" for word, name in choices.items() if word in words})
    report.say(path, f"情形 {slug} 没有{described(answer)}这个回答", can_be(words), guess)


def _each(wanted: Any, path: Path) -> Iterator[tuple[Path, Answer]]:
    several = enumerate(wanted) if isinstance(wanted, list) else None
    pairs = [((*path, number), one) for number, one in several] if several else [(path, wanted)]
    yield from ((where, one) for where, one in pairs if one is not None)


def _word(answer: Answer) -> str:
    return str(answer).lower() if isinstance(answer, bool) else answer
