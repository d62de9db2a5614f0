"""Nothing is asked that nobody uses: every field goes to some agency, every answer decides or is shown to somebody."""

from __future__ import annotations

from ..place import Place, Report
from ..problem import quote
from .answers import CONDITIONS

NOT_DISCLOSED = ("matters", "payee", "eligibility", "declaration.")


def check(place: Place, report: Report) -> None:
    disclosed = {name for _, name in place.each("items", "*", "discloses", "*")}
    deciding = {f"answers.{slug}" for pattern in CONDITIONS for _, when in place.each(*pattern) for slug in when}
    known = {*place["fields"], *(f"answers.{slug}" for slug in place["questions"])}
    for field, path in place.asked_fields.items():
        if field.startswith(NOT_DISCLOSED) or field not in known:
            continue
        if not {field, field.rpartition(".")[0]} & (disclosed | deciding):
            what = f"问了{quote(field)}，却没有部门用得上"
            report.say(path, what, "不问它，或者在要用的业务办理项的 discloses 里写上")
