"""No two matters stand for the same two characters in the code printed on a form."""

from __future__ import annotations

from chalicelib.catalogue.form_signs import sign_of

from ..place import Place, Report


def check(place: Place, report: Report) -> None:
    first: dict[str, str] = {}
    for slug in place["matters"]:
        other = first.setdefault(sign_of(slug), slug)
        if other != slug:
            what = f"{slug} 和 {other} 在申请表的编码里分不清"
            report.say(("matters", slug), what, "换一个编号（英文）；已经用过的不要改，改后加的那一个", at_key=True)
