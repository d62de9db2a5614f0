"""Any answer leads a matter to exactly one item, unless the catalogue says why."""

import pytest

from tests.scripts.matters.small import changed, only, place_of, said


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "        left_out:\n          - {when: {insurance: village}, reason: 农村的另外办}\n",
            "",
            "pension:\n",
            (
                "localities.linshi.matters.pension: 有的情形下没有可办的业务办理项：参保类型=农村; "
                "给业务办理项补上这种情形（when），或者在 left_out 里写明为什么不办"
            ),
        ),
        (
            "{when: {insurance: village}",
            "{when: {insurance: village, drawing: true}",
            "pension:\n",
            (
                "localities.linshi.matters.pension: 有的情形下没有可办的业务办理项：参保类型=农村; "
                "给业务办理项补上这种情形（when），或者在 left_out 里写明为什么不办"
            ),
        ),
        (
            "when: {insurance: town, drawing: false}",
            "when: {insurance: village, drawing: false}",
            "pension:\n",
            (
                "localities.linshi.matters.pension: 有的情形下没有可办的业务办理项：参保类型=城镇，"
                "是否领取=否; 给业务办理项补上这种情形（when），或者在 left_out 里写明为什么不办"
            ),
        ),
        (
            "        asked_when: {insurance: [town, unknown]}\n",
            "        asked_when: {insurance: [village]}\n",
            "pension:\n",
            (
                "localities.linshi.matters.pension: 有的情形下没有可办的业务办理项：参保类型=城镇; "
                "给业务办理项补上这种情形（when），或者在 left_out 里写明为什么不办"
            ),
        ),
    ],
)
def test_answers_that_lead_to_no_item_need_a_reason(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "drawing: false}\n",
            "drawing: [false, true]}\n",
            "pension:\n",
            (
                "localities.linshi.matters.pension: 有的情形下要同时办 2 项（town-drawing、town-working）："
                "参保类型=城镇，是否领取=是; 让 when 互不重叠；同时办都对的，在事项里写 both: true"
            ),
        ),
        (
            "drawing: true}\n",
            "drawing: [false, true]}\n",
            "pension:\n",
            (
                "localities.linshi.matters.pension: 有的情形下要同时办 2 项（town-drawing、town-working）："
                "参保类型=城镇，是否领取=否; 让 when 互不重叠；同时办都对的，在事项里写 both: true"
            ),
        ),
        (
            "        items: [cremation]\n",
            "        items: [cremation, licence]\n",
            "cremation:\n        name: 开火化证明\n        form",
            (
                "localities.linshi.matters.cremation: 有的情形下要同时办 2 项（cremation、licence）："
                "任何回答; 让 when 互不重叠；同时办都对的，在事项里写 both: true"
            ),
        ),
    ],
)
def test_answers_that_lead_to_two_items_need_to_say_that_both_are_right(
    old: str, new: str, part: str, problem: str
) -> None:
    only(changed(old, new), part, problem)


def test_both_may_be_right() -> None:
    text = changed("drawing: false}\n", "drawing: [false, true]}\n")
    assert said(text.replace("summary: 按参保类型。", "summary: 按参保类型。\n        both: true")) == []


def test_items_of_two_matters_in_one_group_count_together() -> None:
    text = changed("summary: 自动办。", "summary: 自动办。\n        group: pension")
    found = said(text.replace("summary: 按参保类型。", "summary: 按参保类型。\n        group: pension"))
    assert len(found) == 2
    assert "有的情形下要同时办 2 项（town-drawing、licence）：参保类型=城镇，是否领取=是" in found[0]


def test_more_answers_than_can_be_tried_are_refused() -> None:
    questions = "".join(
        f"      q{number}: {{label: 问, ask: 问, kind: yes-no, asked_for: [pension], source: 五}}\n"
        for number in range(15)
    )
    when = ", ".join(f"q{number}: true" for number in range(15))
    text = changed("    questions:\n      insurance:", f"    questions:\n{questions}      insurance:")
    text = text.replace("{insurance: town, drawing: true}", f"{{insurance: town, drawing: true, {when}}}")
    assert any("matters.pension: 这个事项牵涉的情形太多" in problem for problem in said(text))


def test_nothing_is_said_of_where_a_misspelt_condition_leads() -> None:
    text = changed("drawing: false}\n", "drawng: false}\n")
    assert [problem.split("; ")[0] for problem in said(text)] == [
        f"{place_of(text, 'drawng')}: localities.linshi.items.town-working.when.drawng: 没有叫“drawng”的情形"
    ]


def test_a_matter_that_no_family_can_start_shares_no_task() -> None:
    text = changed("        form_label: 注销驾驶证\n", "        group: pension\n        not_offered: 自动办\n")
    assert said(text.replace("summary: 按参保类型。", "summary: 按参保类型。\n        group: pension")) == []


def test_a_matter_that_no_family_can_start_may_lead_nowhere() -> None:
    text = changed("        left_out:\n          - {when: {insurance: village}, reason: 农村的另外办}\n", "")
    assert said(text.replace("form_label: 领取养老金", "not_offered: 由部门办理")) == []
