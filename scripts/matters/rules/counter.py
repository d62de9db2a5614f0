"""An item that one channel does not offer says why, and no other item does."""

from __future__ import annotations

from ..place import Place, Report


def check(place: Place, report: Report) -> None:
    for slug, item in place["items"].items():
        path = ("items", slug)
        limited = bool(item["channels"]) and not {"online", "counter"} <= set(item["channels"])
        if limited and not item["counter_reason"]:
            what = "不是网上、窗口都能办，却没有写原因"
            report.say((*path, "channels"), what, "写上 counter_reason，申请人会看到")
        if item["counter_reason"] and not limited:
            what = "网上和窗口都能办，却写了只能在窗口办的原因"
            report.say((*path, "counter_reason"), what, "去掉它，或者写上 channels: [counter]")
