"""The online form asks everything that has to be answered, once, and its paper twin has a place for it."""

from __future__ import annotations

from collections.abc import Iterator

from ..place import Place, Report
from ..problem import Path, quote

STEPS: Path = ("form", "steps")
ALWAYS = {
    "matters": "办理事项",
    "deceased.name": "逝者姓名",
    "deceased.id_number": "逝者身份证号码",
    "applicant.name": "申请人姓名",
    "applicant.phone": "申请人电话",
    "declaration.agreed": "同意承诺",
    "declaration.signed_name": "签名",
}
"""What the service itself cannot do without: to match certificates, to answer, to be signed."""


def check(place: Place, report: Report) -> None:
    asked = place.asked_fields
    for field, called in _needed(place):
        if field not in asked:
            report.say(STEPS, f"网上表单没有问“{field}”（{called}）", "在某一步的 fields 里写上它", at_key=True)
    if "eligibility" in asked and not place["conditions"]:
        report.say(asked["eligibility"], "这个地区没有办理条件，不用问 eligibility", "去掉它，或者写上 conditions")
    _say_asked_twice(place, report)
    _say_same_ids(place, report)


def _needed(place: Place) -> Iterator[tuple[str, str]]:
    yield from ALWAYS.items()
    yield from ((f"answers.{slug}", one["label"] or "情形") for slug, one in place["questions"].items())
    if place["conditions"]:
        yield "eligibility", "办理条件"


def _say_asked_twice(place: Place, report: Report) -> None:
    first = place.asked_fields
    for path, field in place.each("form", "steps", "*", "fields", "*"):
        earlier = first.get(field, path)
        if earlier != path and earlier[2] != path[2]:
            report.say(path, f"{quote(field)}问了两次", "请留一处")


def _say_same_ids(place: Place, report: Report) -> None:
    for pattern in (("form", "steps", "*", "id"), ("guide", "flowchart", "nodes", "*", "id")):
        seen: set[str] = set()
        for path, slug in place.each(*pattern):
            if slug in seen:
                report.say(path, f"编号{quote(slug)}用了两次", "请换一个")
            seen.add(slug)
