"""A certificate that opens an item comes from somewhere."""

import pytest

from tests.scripts.matters.small import changed, only, said


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "        issues: cremation-certificate\n",
            "",
            "cremation-certificate]",
            (
                "localities.linshi.items.town-drawing.opens_on[2]: 没有人出具“cremation-certificate”，"
                "这一项永远等不到; 要有一个业务办理项写 issues，或者一个部门写 certifies"
            ),
        ),
    ],
)
def test_a_certificate_that_nobody_issues_is_refused(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


def test_a_certifying_agency_is_enough() -> None:
    text = changed("        issues: cremation-certificate\n", "")
    certified = text.replace("certifies: [death-certificate]", "certifies: [death-certificate, cremation-certificate]")
    assert said(certified) == []


def test_every_item_that_waits_in_vain_is_named() -> None:
    found = said(changed(", certifies: [death-certificate]", ""))
    assert len(found) == 4
    assert all("没有人出具“death-certificate”" in problem for problem in found)
