"""Every item belongs to a matter: else nobody can ever apply for it."""

from __future__ import annotations

from ..place import Place, Report
from ..problem import meant


def check(place: Place, report: Report) -> None:
    items = place.names("items")
    used = {meant(slug, items) for _, slug in place.each("matters", "*", "items", "*")}
    for slug in place["items"]:
        if slug not in used:
            what = "这个业务办理项不属于任何事项，谁也申请不到"
            report.say(("items", slug), what, f"在一个事项的 items 里写上 {slug}", at_key=True)
