"""A sentence with {…} uses only what will be filled in there."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping

from ..place import Place, Report
from ..problem import Path, can_be, nearest, quote

LABEL = frozenset({"label"})
ABOUT_CASE = frozenset({"theme", "case_number", "count", "address", "phone"})
ABOUT_TASK = ABOUT_CASE | {"item", "agency", "state"}
TO_AGENCY = frozenset({"theme", "agency", "case_number", "item", "state", "link"})
ABOUT_NO_CASE = frozenset({"theme", "agency", "address", "phone"})
PLACE_MESSAGES = ("undelivered", "calendar-short")
CASE_MESSAGES = ("receipt", "case-closed", "case-ended", "code-renewed")
MORE: Mapping[str, frozenset[str]] = {"digest": frozenset({"theme", "agency", "count", "list", "time", "link"})}
"""What messages of their own kind say."""

PROBLEMS: Mapping[str, frozenset[str]] = {
    "unknown_field": frozenset({"name"}),
    "too_long": frozenset({"limit"}),
    "age": frozenset({"expected", "expected_nominal"}),
    "nothing_left": frozenset({"reason"}),
    "not_offered": frozenset({"name", "reason"}),
    "unknown_matter": frozenset({"name"}),
    "payee_not_allowed": frozenset({"account", "help"}),
    "not_covered": frozenset({"reason"}),
    "slow_down": frozenset({"seconds"}),
    "state_conflict": frozenset({"state"}),
    "not_running": frozenset({"state"}),
    "not_dormant": frozenset({"days"}),
}
"""Beside `label`, which every problem has."""
WORDING: Mapping[str, frozenset[str]] = {
    "waits_for": frozenset({"certificates"}),
    "undetermined": frozenset({"agency"}),
    "due_unknown": frozenset({"agency"}),
    "card_only": frozenset({"account"}),
    "call_back.name": frozenset({"item"}),
    "call_back.open": frozenset({"item", "agency", "due"}),
    "call_back.done": frozenset({"item", "agency"}),
    "shredded": frozenset({"day"}),
    "supervision.digest_line": frozenset({"number", "case_number", "item", "agency", "days", "due"}),
    "form.asked_for": frozenset({"matters"}),
    "form.asked_when": frozenset({"answers"}),
    "form.payee_for": frozenset({"matters"}),
    "form.account": frozenset({"explain"}),
}
"""The wording that is filled in; other wording is shown as it stands."""


def check(place: Place, report: Report) -> None:
    for path, text, known in _sentences(place):
        for name in _names(path, text, report):
            if name not in known:
                allowed = can_be(f"{{{one}}}" for one in sorted(known)) or "这一句里不能有 {}"
                report.say(path, f"这一句里没有可以填进 {quote('{' + name + '}')} 的内容", allowed, _guess(name, known))


def _guess(name: str, known: frozenset[str]) -> str:
    found = nearest(name, sorted(known))
    return f"{{{found}}}" if found else ""


def _sentences(place: Place) -> Iterator[tuple[Path, str, frozenset[str]]]:
    for path, text in place.each("problems", "*"):
        yield path, text, LABEL | PROBLEMS.get(str(path[1]), frozenset())
    for name, known in WORDING.items():
        for path, text in place.each("wording", *name.split(".")):
            yield path, str(text), known
    for slug, message in place["messages"].items():
        to_family = ABOUT_CASE if slug in CASE_MESSAGES else ABOUT_TASK
        to_agency = ABOUT_NO_CASE if slug in PLACE_MESSAGES else TO_AGENCY
        known = MORE.get(slug) or (to_agency if message["to"] == "agency" else to_family)
        for key in ("subject", "text"):
            if message[key]:
                yield ("messages", slug, key), message[key], known


def _names(path: Path, text: str, report: Report) -> list[str]:
    """What stands in braces; a half pair of braces is a problem by itself."""
    try:
        return [_written(*part[1:]) for part in string.Formatter().parse(text) if part[1] is not None]
    except ValueError:
        report.say(path, "花括号没有配对", "写成 {label} 这样")
        return []


def _written(name: str | None, spec: str | None, conversion: str | None) -> str:
    """A name with more behind it is not a name that is filled in."""
    return (name or "") + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
