"""A question has the parts of its kind: choices for a choice, own words for yes and no only where those are asked."""

from __future__ import annotations

from ..place import Place, Report


def check(place: Place, report: Report) -> None:
    for slug, question in place["questions"].items():
        path = ("questions", slug)
        if question["kind"] == "choice":
            if len(question["choices"]) < 2:
                report.say(path, "选一项的情形至少要有两个选项", "在 choices 里写 编号: 叫法", at_key=True)
            for label in ("true_label", "false_label"):
                if question[label]:
                    report.say((*path, label), f"选一项的情形没有 {label}", "叫法写在 choices 里")
        if question["kind"] == "yes-no" and question["choices"]:
            report.say((*path, "choices"), "是或否的情形没有 choices", "叫法写在 true_label、false_label 里")
