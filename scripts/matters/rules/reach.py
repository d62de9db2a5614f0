"""Any answer leads a matter to exactly one item, unless the catalogue says why to none or that both are right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.catalogue.when import Verdict

from ..place import Place, Report
from ..scenarios import Scenario, each_in_words, judge, scenarios, too_many

NOWHERE = "给业务办理项补上这种情形（when），或者在 left_out 里写明为什么不办"
TWICE = "让 when 互不重叠；同时办都对的，在事项里写 both: true"


def check(place: Place, report: Report) -> None:
    for slug, matter in place["matters"].items():
        if matter["not_offered"] or in_doubt(place, report, [slug]):
            continue
        questions = questions_of(place, [slug])
        if too_many(place, questions):
            report.say(
                ("matters", slug), "这个事项牵涉的情形太多，无法逐一核对", "请把事项拆开，或者减少情形", at_key=True
            )
            continue
        found = scenarios(place, {slug}, questions)
        _say_nothing_to_do(place, report, slug, [one for one in found if _leads_nowhere(place, matter, one)])
    for matters in groups(place).values():
        _check_group(place, report, matters)


def groups(place: Place) -> dict[str, list[str]]:
    """The offered matters that share a task while it is undetermined."""
    found: dict[str, list[str]] = {}
    for slug, matter in place["matters"].items():
        if not matter["not_offered"]:
            found.setdefault(matter["group"] or slug, []).append(slug)
    return found


def in_doubt(place: Place, report: Report, matters: list[str]) -> bool:
    """Whether what decides about these matters is wrong in itself: then nothing can be said of where it leads."""
    items = [one for slug in matters for one in place["matters"][slug]["items"]]
    parts = [("matters", slug, key) for slug in matters for key in ("items", "group", "left_out")]
    parts += [("items", one, key) for one in items if one for key in ("when", "channels", "agency")]
    return report.told_below("questions") or any(report.told_below(*part) for part in parts)


def questions_of(place: Place, matters: list[str]) -> set[str]:
    """The questions that decide what becomes of these matters."""
    items = [
        place["items"][one] for slug in matters for one in place["matters"][slug]["items"] if one in place["items"]
    ]
    reasons = [one for slug in matters for one in place["matters"][slug]["left_out"] if one]
    return {key for one in (*items, *reasons) for key in one["when"]}


def items_of(place: Place, matters: list[str], answers: Scenario) -> dict[str, Verdict]:
    """The items of these matters that the answers certainly or possibly lead to."""
    slugs = dict.fromkeys(one for slug in matters for one in place["matters"][slug]["items"] if one in place["items"])
    found = {slug: judge(place, place["items"][slug]["when"], answers) for slug in slugs}
    return {slug: one for slug, one in found.items() if one is not Verdict.NEVER}


def _leads_nowhere(place: Place, matter: Mapping[str, Any], answers: Scenario) -> bool:
    known = [one for one in matter["items"] if one in place["items"]]
    if any(judge(place, place["items"][one]["when"], answers) is not Verdict.NEVER for one in known):
        return False
    reasons = (one for one in matter["left_out"] if one)
    return bool(known) and all(judge(place, one["when"], answers) is Verdict.NEVER for one in reasons)


def _say_nothing_to_do(place: Place, report: Report, slug: str, found: list[Scenario]) -> None:
    if found:
        cases = each_in_words(place, found) or "任何回答"
        what = f"有的情形下没有可办的业务办理项：{cases}"
        report.say(("matters", slug), what, NOWHERE, at_key=True)


def _check_group(place: Place, report: Report, matters: list[str]) -> None:
    questions = questions_of(place, matters)
    if (
        in_doubt(place, report, matters)
        or too_many(place, questions)
        or any(place["matters"][slug]["both"] for slug in matters)
    ):
        return
    doubled: dict[tuple[str, ...], list[Scenario]] = {}
    for answers in scenarios(place, set(matters), questions):
        found = tuple(items_of(place, matters, answers))
        if len(found) > 1:
            doubled.setdefault(found, []).append(answers)
    for found, cases in doubled.items():
        when = each_in_words(place, cases) or "任何回答"
        what = f"有的情形下要同时办 {len(found)} 项（{'、'.join(found)}）：{when}"
        report.say(("matters", matters[0]), what, TWICE, at_key=True)
