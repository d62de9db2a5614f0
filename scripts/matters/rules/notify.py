"""A channel has what it needs to reach somebody, and nothing that it does not use."""

from __future__ import annotations

from ..place import Place, Report
from ..problem import quote

NEEDS = {
    "mail": (),
    "webhook": ("url", "secret_name"),
    "wecom": ("url", "secret_name"),
    "dingtalk": ("url", "secret_name"),
}
MAY_HAVE = {"mail": ("to",)}
WAYS = ("to", "url", "secret_name")


def check(place: Place, report: Report) -> None:
    for path, way in place.each("agencies", "*", "notify", "*"):
        channel = way["channel"]
        if channel is None:
            continue
        for name in NEEDS[channel]:
            if way[name] is None and not report.told_below(*path, name):
                report.say(path, f"缺少 {name}", f"{quote(channel)}要写 {name}")
        for name in WAYS:
            if way[name] is not None and name not in (*NEEDS[channel], *MAY_HAVE.get(channel, ())):
                report.say((*path, name), f"{quote(channel)}用不到 {name}", f"去掉 {name}")
