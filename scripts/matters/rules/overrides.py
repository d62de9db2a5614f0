"""A locality words again only what all share: another key would never be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..place import Place, Report
from ..problem import Path, can_be, nearest, quote

WORDED = ("wording", "problems", "messages", "fields", "site")


def check(place: Place, report: Report) -> None:
    for group in WORDED:
        _compare(place.own.get(group), place.shared.get(group), (group,), report)


def _compare(own: Any, shared: Any, path: Path, report: Report) -> None:
    if not (isinstance(own, Mapping) and isinstance(shared, Mapping)):
        return
    for key, value in own.items():
        if key in shared:
            _compare(value, shared[key], (*path, key), report)
        elif path != ("fields",) and not report.told_below(*path, key):
            report.say(
                (*path, key),
                f"shared 里没有叫{quote(key)}的内容",
                can_be(shared),
                nearest(key, list(shared)),
                at_key=True,
            )
