"""What applicants tick has the form's own name, and no two things share one."""

import pytest

from tests.scripts.matters.small import changed, only, said


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "        form_label: 火化证明\n",
            "",
            "cremation:\n        name: 开火化证明\n        summary",
            (
                "localities.linshi.matters.cremation: 缺少 form_label; 写上申请表上的叫法，"
                "或者用 not_offered 写明家属为什么不能申请"
            ),
        ),
        (
            "name: 驾驶证\n",
            "name: 养老金\n",
            "养老金\n        form_label: 注销",
            "localities.linshi.matters.licence.name: “养老金”和 pension 的叫法一样，分不清; 每一个要有自己的叫法",
        ),
        (
            "form_label: 注销驾驶证",
            "form_label: 领取养老金",
            "领取养老金\n        summary: 自动",
            (
                "localities.linshi.matters.licence.form_label: “领取养老金”和 pension 的叫法一样，"
                "分不清; 每一个要有自己的叫法"
            ),
        ),
        (
            "office: {name: 政务局",
            "office: {name: 卫健局",
            "卫健局, bureau: 市卫",
            "localities.linshi.agencies.health.name: “卫健局”和 office 的叫法一样，分不清; 每一个要有自己的叫法",
        ),
    ],
)
def test_missing_and_shared_names_are_refused(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


def test_what_no_family_can_tick_needs_no_label() -> None:
    assert said(changed("        form_label: 火化证明\n", "        not_offered: 由部门办理\n")) == []


def test_where_answers_tick_the_matters_no_label_is_needed() -> None:
    text = changed("        form_label: 火化证明\n", "").replace("ticked_by: applicant", "ticked_by: answers")
    assert said(text) == []
