"""A message to an agency is a mail with a subject; one to a family is a text message without."""

from __future__ import annotations

from ..place import Place, Report


def check(place: Place, report: Report) -> None:
    for slug, message in place["messages"].items():
        path = ("messages", slug)
        if message["to"] == "agency" and not message["subject"]:
            report.say(path, "缺少 subject", "发给部门的是邮件，要写标题", at_key=True)
        if message["to"] == "family" and message["subject"]:
            report.say((*path, "subject"), "发给家属的是短信，没有标题", "去掉 subject")
