"""Where the money goes: what an applicant may choose, and the account each item is paid to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .choose import Chosen
from .model import Catalogue, Matter
from .problem import Problem

Wish = str | Mapping[str, str] | None
"""One account for all, or a map matter -> account, or nothing."""


@dataclass(frozen=True, slots=True)
class Payment:
    """`allowed`: the accounts an agency may pay to; `payee`: the one wished for, where it is allowed;
    `accounts`: every account whose number is needed, more than one while the item is undetermined."""

    allowed: tuple[str, ...] = ()
    payee: str | None = None
    accounts: tuple[str, ...] = ()


def payments(
    catalogue: Catalogue, chosen: Iterable[Chosen], matters: Iterable[Matter], wish: Wish
) -> tuple[list[Payment], list[Problem]]:
    """One payment for each chosen task, in order.

    A wish applies to the items that allow a choice; an item paid to one account only is paid there. Wishing
    for an account that no item it is meant for allows is a problem on `payee`.
    """
    tasks, ticked = list(chosen), list(matters)
    problems = list(_wish_problems(catalogue, ticked, wish))
    if problems:
        return [Payment() for _ in tasks], problems
    wishes = [_wish(task, ticked, wish) for task in tasks]
    result = [_payment(catalogue, task, wished) for task, wished in zip(tasks, wishes, strict=True)]
    if any(len(payment.allowed) > 1 and not wished for payment, wished in zip(result, wishes, strict=True)):
        problems.append(Problem("payee_required", "payee"))
    return result, problems + list(_refused(catalogue, result, wishes, wish))


def _wish(task: Chosen, ticked: list[Matter], wish: Wish) -> str | None:
    if wish is None or isinstance(wish, str):
        return wish
    serving = [matter.slug for matter in ticked if set(matter.items) & set(task.candidates)]
    return next((wish[slug] for slug in (task.matter, *serving) if slug in wish), None)


def _payment(catalogue: Catalogue, task: Chosen, wished: str | None) -> Payment:
    each = [catalogue.items[slug].payees for slug in task.candidates]
    allowed = tuple(dict.fromkeys(payee for payees in each for payee in payees))
    accounts = tuple(dict.fromkeys(_paid_to(payees, wished) for payees in each if payees))
    return Payment(allowed, wished if wished in allowed else next(iter(accounts), None), accounts)


def _paid_to(payees: tuple[str, ...], wished: str | None) -> str:
    return wished if wished in payees else payees[0]


def _wish_problems(catalogue: Catalogue, ticked: list[Matter], wish: Wish) -> Iterable[Problem]:
    if wish is None:
        return
    known = {matter.slug for matter in ticked}
    given = {"": wish} if isinstance(wish, str) else wish
    if any(account not in catalogue.payee_choices for account in given.values()):
        yield Problem("payee_unknown", "payee")
    for slug in given:
        if slug and slug not in known:
            yield Problem("unknown_matter", "payee", {"name": slug[:40]})


def _refused(catalogue: Catalogue, result: list[Payment], wishes: list[str | None], wish: Wish) -> Iterable[Problem]:
    """Only a choice other than the default can be refused: the default is where money goes anyway."""
    asked_for = [wish] if isinstance(wish, str) else list((wish or {}).values())
    for account in dict.fromkeys(asked_for):
        granted = any(account in one.allowed and wished == account for one, wished in zip(result, wishes, strict=True))
        if not granted and account != catalogue.payee_choices[0]:
            values = {"account": catalogue.accounts[account], "help": catalogue.texts["payee_help"]}
            yield Problem("payee_not_allowed", "payee", values)
