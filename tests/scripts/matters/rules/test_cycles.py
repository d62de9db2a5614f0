"""No item waits, through the certificates of others, for itself."""

import pytest

from tests.scripts.matters.small import changed, only


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "opens_on: [death-certificate]\n        issues",
            "opens_on: [death-certificate, cremation-certificate]\n        issues",
            "cremation-certificate]\n        issues",
            (
                "localities.linshi.items.cremation.opens_on[2]: 互相等待，谁也不能开始："
                "cremation → cremation; 去掉其中一处等待"
            ),
        ),
        (
            "payees: [card]",
            "payees: [card]\n        issues: death-certificate",
            "death-certificate]\n        materials: []\n        payees",
            (
                "localities.linshi.items.town-working.opens_on[1]: 互相等待，谁也不能开始："
                "town-working → town-working; 去掉其中一处等待"
            ),
        ),
    ],
)
def test_an_item_that_waits_for_itself_is_refused(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


def test_a_circle_of_several_items_is_told_once() -> None:
    text = changed("opens_on: [death-certificate]\n        issues", "opens_on: [pension-paper]\n        issues")
    text = text.replace("        time_limit: {working_days: 3}\n", "        issues: pension-paper\n")
    paper = (
        "      pension-paper: {name: 凭证, short: 凭证, certificate: true, bring: {online: shared, counter: shared}}\n"
    )
    text = text.replace("    case_materials", paper + "    case_materials")
    only(
        text,
        "pension-paper]",
        "localities.linshi.items.cremation.opens_on[1]: "
        "互相等待，谁也不能开始：cremation → town-drawing → cremation; 去掉其中一处等待",
    )
