"""An item's own time limit is no longer than the locality's."""

import pytest

from tests.scripts.matters.small import changed, only, said


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "time_limit: {working_days: 3}",
            "time_limit: {working_days: 8}",
            "8}",
            (
                "localities.linshi.items.town-drawing.time_limit.working_days: 8 个工作日比地区的上限 5 个还长; "
                "可以写：1 到 5"
            ),
        ),
    ],
)
def test_a_longer_limit_than_the_ceiling_is_refused(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


def test_without_a_ceiling_any_limit_may_be_promised() -> None:
    text = changed("time_limit: {working_days: 5, text", "time_limit: {text")
    assert said(text.replace("working_days: 3}", "working_days: 30}")) == []


def test_the_ceiling_itself_may_be_promised() -> None:
    assert said(changed("time_limit: {working_days: 3}", "time_limit: {working_days: 5}")) == []
