"""A silent item starts on a certificate and sees only what stands on it."""

import pytest

from tests.scripts.matters.small import changed, only, said


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "opens_on: [death-certificate]\n        materials: []\n        silent",
            "opens_on: []\n        materials: []\n        silent",
            "true\n        discloses",
            (
                "localities.linshi.items.licence.silent: 静默办理的一项没有可等的证照; "
                "在 opens_on 里写上一到就开始的证照"
            ),
        ),
        (
            "discloses: [deceased.name, deceased.id_number]\n",
            "discloses: [deceased.name, deceased.id_number, applicant.phone]\n",
            "applicant.phone]\n",
            (
                "localities.linshi.items.licence.discloses[3]: 静默办理没有申请，"
                "拿不到“applicant.phone”; 只能写 deceased. 开头的内容"
            ),
        ),
    ],
)
def test_a_silent_item_that_could_not_start_by_itself_is_refused(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


def test_a_silent_item_asks_nothing_and_pays_nothing() -> None:
    found = said(
        changed("silent: true", "silent: true\n        when: {drawing: [true, false]}\n        payees: [card]")
    )
    assert any("items.licence.when: 静默办理不问情形" in problem for problem in found)
    assert any("items.licence.payees: 静默办理没有申请" in problem for problem in found)
