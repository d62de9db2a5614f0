"""What applicants tick has the form's own name for it, and no two things share one."""

from __future__ import annotations

from ..place import Place, Report
from ..problem import quote

GROUPS = (("agencies", "name"), ("materials", "name"), ("matters", "name"), ("matters", "form_label"))


def check(place: Place, report: Report) -> None:
    for slug, matter in place["matters"].items():
        if place["ticked_by"] == "applicant" and not matter["not_offered"] and not matter["form_label"]:
            allowed = "写上申请表上的叫法，或者用 not_offered 写明家属为什么不能申请"
            report.say(("matters", slug), "缺少 form_label", allowed, at_key=True)
    for group, key in GROUPS:
        first: dict[str, str] = {}
        for path, name in place.each(group, "*", key):
            other = first.setdefault(name, str(path[1]))
            if other != path[1]:
                report.say(path, f"{quote(name)}和 {other} 的叫法一样，分不清", "每一个要有自己的叫法")
