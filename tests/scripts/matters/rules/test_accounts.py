"""Money finds its way."""

import pytest

from tests.scripts.matters.small import changed, only, said


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "fields: [payee, ",
            "fields: [",
            "steps:\n",
            (
                "localities.linshi.form.steps: 有可以选择账户的业务办理项（town-drawing），"
                "网上表单却没有问 payee; 在某一步的 fields 里写上 payee"
            ),
        ),
    ],
)
def test_a_choice_is_offered_exactly_where_there_is_one(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "discloses: [deceased.name, accounts.card]",
            "discloses: [deceased.name]",
            "card]\n        discloses: [deceased.name]\n",
            (
                "localities.linshi.items.town-working.payees[1]: 钱可以打到“card”，部门却看不到它; "
                "在 discloses 里写上 accounts.card"
            ),
        ),
        (
            "discloses: [deceased.name, accounts.card]",
            "discloses: [deceased.name, accounts.card, accounts.heir]",
            "accounts.heir]\n        source",
            (
                "localities.linshi.items.town-working.discloses[3]: 这一项不打钱到“heir”，"
                "部门不应该看到; 去掉它，或者在 payees 里写上 heir"
            ),
        ),
    ],
)
def test_who_pays_sees_the_account_and_nobody_else_does(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


def test_a_choice_that_nobody_has_is_not_asked_for() -> None:
    found = said(changed("payees: [card, heir]", "payees: [card]"))
    assert any("没有一个业务办理项可以选择账户，不用问 payee" in problem for problem in found)
    assert any("materials[1].payee: 这一项不打钱到“heir”; 可以写：card" in problem for problem in found)


def test_the_account_in_use_is_asked_for() -> None:
    found = said(changed("fields: [payee, accounts.card.number, ", "fields: [payee, "))
    assert any("items.town-working.payees[1]: 网上表单没有问“card”的账号" in problem for problem in found)


def test_an_account_that_does_not_exist_is_not_looked_for_on_the_form() -> None:
    found = said(changed("payees: [card, heir]", "payees: [card, heir, bank]"))
    assert [problem.split("; ")[0].split(": ")[-1] for problem in found] == ["没有叫“bank”的账户"]
