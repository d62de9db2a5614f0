"""A certificate that opens an item is issued by some item or certified by some agency: else it never comes."""

from __future__ import annotations

from ..place import Place, Report
from ..problem import meant, quote


def check(place: Place, report: Report) -> None:
    known = place.certificates
    issued = {meant(one, known) for _, one in place.each("items", "*", "issues")}
    certified = {meant(one, known) for _, one in place.each("agencies", "*", "certifies", "*")}
    for path, certificate in place.each("items", "*", "opens_on", "*"):
        if certificate in known and certificate not in issued | certified:
            allowed = "要有一个业务办理项写 issues，或者一个部门写 certifies"
            report.say(path, f"没有人出具{quote(certificate)}，这一项永远等不到", allowed)
