"""While an answer is unknown, one agency decides among the items: all candidates of a task belong to it."""

from __future__ import annotations

from chalicelib.catalogue.when import UNKNOWN, Verdict

from ..place import Place, Report
from ..scenarios import Scenario, in_words, scenarios, too_many
from .reach import groups, in_doubt, items_of, questions_of


def check(place: Place, report: Report) -> None:
    for matters in groups(place).values():
        questions = questions_of(place, matters)
        if in_doubt(place, report, matters) or too_many(place, questions):
            continue
        unsure = (one for one in scenarios(place, set(matters), questions, unknown=True) if UNKNOWN in one.values())
        found = {agencies: answers for answers in unsure if len(agencies := _agencies(place, matters, answers)) > 1}
        for agencies, answers in found.items():
            what = f"回答不清楚时（{in_words(place, answers)}），可能的几项分属不同部门：{'、'.join(agencies)}"
            report.say(
                ("matters", matters[0]), what, "同一件只能由一个部门核定：请拆成两个事项，或者分成两组", at_key=True
            )


def _agencies(place: Place, matters: list[str], answers: Scenario) -> tuple[str, ...]:
    possible = [slug for slug, one in items_of(place, matters, answers).items() if one is Verdict.POSSIBLE]
    by_channel = ([slug for slug in possible if channel in _channels(place, slug)] for channel in ("online", "counter"))
    return max((_agencies_of(place, slugs) for slugs in by_channel), key=len)


def _agencies_of(place: Place, items: list[str]) -> tuple[str, ...]:
    return tuple(sorted({place["items"][slug]["agency"] for slug in items} - {None}))


def _channels(place: Place, slug: str) -> list[str]:
    return place["items"][slug]["channels"] or ["online", "counter"]
