"""A question has the parts of its kind."""

import pytest

from tests.scripts.matters.small import changed, only, said


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "kind: yes-no",
            "kind: yes-no\n        choices: {a: 甲, b: 乙}",
            "{a: 甲",
            (
                "localities.linshi.questions.drawing.choices: 是或否的情形没有 choices; "
                "叫法写在 true_label、false_label 里"
            ),
        ),
        (
            "kind: choice",
            "kind: choice\n        true_label: 是的",
            "是的",
            "localities.linshi.questions.insurance.true_label: 选一项的情形没有 true_label; 叫法写在 choices 里",
        ),
    ],
)
def test_parts_of_another_kind_are_refused(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


def test_a_choice_needs_two_choices() -> None:
    found = said(changed("choices: {town: 城镇, village: 农村}", "choices: {town: 城镇}"))
    assert any("questions.insurance: 选一项的情形至少要有两个选项" in problem for problem in found)
