"""Conditions on answers, in three values: the one evaluator behind every `when` of the catalogue.

>>> retiree = {"pension": ("enterprise",), "receiving_pension": (True,)}
>>> options = {"pension": ("resident", "enterprise"), "receiving_pension": (True, False)}
>>> verdict(retiree, {"pension": "enterprise", "receiving_pension": True}, options)
<Verdict.CERTAIN: 'certain'>
>>> verdict(retiree, {"pension": "enterprise", "receiving_pension": "unknown"}, options)
<Verdict.POSSIBLE: 'possible'>
>>> verdict(retiree, {"pension": "resident", "receiving_pension": "unknown"}, options)
<Verdict.NEVER: 'never'>
>>> verdict({}, {}, options)
<Verdict.CERTAIN: 'certain'>
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

Answer = bool | str
Answers = Mapping[str, Answer]
When = Mapping[str, tuple[Answer, ...]]
"""Every key must match; the tuple lists the answers that do."""
Options = Mapping[str, tuple[Answer, ...]]
"""Every answer a question has, `unknown` left out."""

UNKNOWN = "unknown"


class Verdict(StrEnum):
    """Over all completions of the unknown answers: all of them, some, or none fulfil the condition."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    NEVER = "never"


def verdict(when: When, answers: Answers, options: Options) -> Verdict:
    """A question that was not answered at all fulfils nothing."""
    verdicts = [_key(allowed, answers.get(key), options.get(key, ())) for key, allowed in when.items()]
    if Verdict.NEVER in verdicts:
        return Verdict.NEVER
    return Verdict.POSSIBLE if Verdict.POSSIBLE in verdicts else Verdict.CERTAIN


def _key(allowed: tuple[Answer, ...], given: Answer | None, options: tuple[Answer, ...]) -> Verdict:
    if given is None:
        return Verdict.NEVER
    if _among(given, allowed):
        return Verdict.CERTAIN
    if given != UNKNOWN:
        return Verdict.NEVER
    fitting = [option for option in options if _among(option, allowed)]
    if options and len(fitting) == len(options):
        return Verdict.CERTAIN
    return Verdict.POSSIBLE if fitting else Verdict.NEVER


def _among(answer: Answer, allowed: tuple[Answer, ...]) -> bool:
    """True and 1, False and 0 are equal in Python and must not be here."""
    return any(type(answer) is type(one) and answer == one for one in allowed)
