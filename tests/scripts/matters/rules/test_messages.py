"""A message to an agency has a subject; one to a family has none."""

import pytest

from tests.scripts.matters.small import changed, only


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "to: family, text",
            "to: agency, text",
            "receipt:",
            "shared.messages.receipt: 缺少 subject; 发给部门的是邮件，要写标题",
        ),
        (
            "to: family, text",
            "to: family, subject: 题目, text",
            "题目",
            "shared.messages.receipt.subject: 发给家属的是短信，没有标题; 去掉 subject",
        ),
    ],
)
def test_subjects_belong_to_mails(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)
