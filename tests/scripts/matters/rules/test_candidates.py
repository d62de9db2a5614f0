"""While an answer is unknown, one agency decides."""

import pytest

from tests.scripts.matters.small import changed, only, said


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "agency: social\n        name: 在职",
            "agency: health\n        name: 在职",
            "pension:\n",
            (
                "localities.linshi.matters.pension: 回答不清楚时（参保类型=不清楚，是否领取=不清楚），"
                "可能的几项分属不同部门：health、social; 同一件只能由一个部门核定：请拆成两个事项，"
                "或者分成两组"
            ),
        ),
    ],
)
def test_candidates_of_two_agencies_are_refused(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


def test_candidates_that_no_channel_offers_together_may_differ() -> None:
    text = changed("agency: social\n        name: 在职", "agency: health\n        name: 在职")
    text = text.replace(
        "        payees: [card, heir]\n",
        "        payees: [card, heir]\n        channels: [online]\n        counter_reason: 只在网上\n",
    )
    text = text.replace(
        "        payees: [card]\n",
        "        payees: [card]\n        channels: [counter]\n        counter_reason: 只在窗口\n",
    )
    assert said(text) == []


def test_nothing_is_said_of_candidates_whose_conditions_are_misspelt() -> None:
    text = changed("agency: social\n        name: 在职", "agency: health\n        name: 在职")
    found = said(text.replace("{insurance: town, drawing: true}", "{insurance: twon, drawing: true}"))
    assert [problem.split("; ")[0].split(": ")[-1] for problem in found] == ["情形 insurance 没有“twon”这个回答"]
