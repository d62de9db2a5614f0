"""Nothing is asked that nobody uses."""

import pytest

from tests.scripts.matters.small import changed, only, said


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "applicant.name, applicant.phone, accounts.card",
            "applicant.name, accounts.card",
            "applicant.phone]}",
            (
                "localities.linshi.form.steps[3].fields[2]: 问了“applicant.phone”，却没有部门用得上; "
                "不问它，或者在要用的业务办理项的 discloses 里写上"
            ),
        ),
    ],
)
def test_a_field_that_no_agency_gets_is_refused(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


def test_an_answer_that_decides_is_used() -> None:
    assert said(changed("accounts.heir, answers.insurance]", "accounts.heir]")) == []
