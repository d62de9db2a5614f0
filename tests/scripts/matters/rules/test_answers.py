"""Conditions name questions that exist and answers that they have."""

import pytest

from tests.scripts.matters.small import changed, only


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "when: {insurance: town, drawing: true}",
            "when: {insurence: town, drawing: true}",
            "insurence",
            (
                "localities.linshi.items.town-drawing.when.insurence: 没有叫“insurence”的情形; 可以写："
                "insurance、drawing; 是不是想写 insurance"
            ),
        ),
        (
            "when: {insurance: town, drawing: true}",
            "when: {insurance: [town, vilage], drawing: true}",
            "vilage",
            (
                "localities.linshi.items.town-drawing.when.insurance[2]: 情形 insurance 没有“vilage”这个回答; "
                "可以写：town、village; 是不是想写 village"
            ),
        ),
        (
            "when: {insurance: town, drawing: true}",
            "when: {insurance: 城镇, drawing: true}",
            "城镇, drawing",
            (
                "localities.linshi.items.town-drawing.when.insurance: 情形 insurance 没有“城镇”这个回答; "
                "可以写：town、village; 是不是想写 town"
            ),
        ),
        (
            "when: {insurance: town, drawing: false}",
            'when: {insurance: town, drawing: "false"}',
            '"false"',
            (
                "localities.linshi.items.town-working.when.drawing: 情形 drawing 没有“false”这个回答; "
                "可以写：true、false; 是不是想写 false"
            ),
        ),
        (
            "when: {insurance: town, drawing: false}",
            "when: {insurance: false, drawing: false}",
            "false, drawing",
            (
                "localities.linshi.items.town-working.when.insurance: 情形 insurance 没有判断 false这个回答; "
                "可以写：town、village"
            ),
        ),
        (
            "        time_limit: {working_days: 3}\n",
            "        outcomes: [{when: {drawing: maybe}, text: 发钱}]\n",
            "maybe",
            (
                "localities.linshi.items.town-drawing.outcomes[1].when.drawing: 情形 drawing 没有“maybe”这个回答; "
                "可以写：true、false"
            ),
        ),
    ],
)
def test_a_condition_that_can_never_hold_is_said(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "{when: {insurance: village}",
            "{when: {insurance: unknown}",
            "unknown}, reason",
            (
                "localities.linshi.matters.pension.left_out[1].when.insurance: "
                "情形 insurance 没有“unknown”这个回答; "
                "可以写：town、village"
            ),
        ),
        (
            "{insurance: [town, unknown]}",
            "{insurance: [town, unkown]}",
            "unkown",
            (
                "localities.linshi.questions.drawing.asked_when.insurance[2]: 情形 insurance 没有“unkown”这个回答; "
                "可以写：town、village、unknown; 是不是想写 unknown"
            ),
        ),
    ],
)
def test_only_a_question_may_ask_about_unknown_answers(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)
