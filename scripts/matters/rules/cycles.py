"""No item waits, through the certificates of others, for itself."""

from __future__ import annotations

from ..place import Place, Report

Waits = dict[str, dict[str, int]]
"""item -> the items whose certificates it waits for -> at which place of its `opens_on`"""


def check(place: Place, report: Report) -> None:
    waits = _waits(place)
    told: set[frozenset[str]] = set()
    for item in waits:
        circle = _circle(item, waits)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            chain = " → ".join((*circle, item))
            path = ("items", item, "opens_on", waits[item][circle[1] if len(circle) > 1 else item])
            report.say(path, f"互相等待，谁也不能开始：{chain}", "去掉其中一处等待")


def _waits(place: Place) -> Waits:
    issuers: dict[str, list[str]] = {}
    for path, certificate in place.each("items", "*", "issues"):
        issuers.setdefault(certificate, []).append(str(path[1]))
    waits: Waits = {slug: {} for slug in place["items"]}
    for path, certificate in place.each("items", "*", "opens_on", "*"):
        for issuer in issuers.get(certificate, ()):
            waits[str(path[1])].setdefault(issuer, int(path[3]))
    return waits


def _circle(start: str, waits: Waits) -> tuple[str, ...]:
    """The shortest way from an item back to itself, without its end; empty if there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:
        for item in waits[way[-1]]:
            if item == start:
                return way
            if item not in seen:
                seen.add(item)
                ways.append((*way, item))
    return ()
