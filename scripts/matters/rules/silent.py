"""A silent item starts on a certificate, for everybody, and sees only what stands on the certificate."""

from __future__ import annotations

from ..place import Place, Report
from ..problem import quote


def check(place: Place, report: Report) -> None:
    for slug, item in place["items"].items():
        if not item["silent"]:
            continue
        path = ("items", slug)
        if not item["opens_on"]:
            report.say((*path, "silent"), "静默办理的一项没有可等的证照", "在 opens_on 里写上一到就开始的证照")
        if item["when"]:
            report.say((*path, "when"), "静默办理不问情形", "去掉 when，或者去掉 silent")
        if item["payees"]:
            report.say((*path, "payees"), "静默办理没有申请，也就没有收款账户", "去掉 payees，或者去掉 silent")
        for where, field in place.each("items", slug, "discloses", "*"):
            if not field.startswith("deceased."):
                report.say(where, f"静默办理没有申请，拿不到{quote(field)}", "只能写 deceased. 开头的内容")
