"""No message that leaves the system can carry an ID number, an account or a cause of death."""

from collections.abc import Callable

import pytest

from chalicelib.cases.numbers import tidy
from chalicelib.services.casefile import known_case
from chalicelib.services.telling import values_of
from scripts.matters.rules.placeholders import ABOUT_CASE, ABOUT_NO_CASE, ABOUT_TASK, TO_AGENCY
from tests import applications
from tests.catalogues import compiled
from tests.scripts.matters.small import changed, only, said
from tests.services.world import World

RECEIPT = '    receipt: {to: family, text: "受理编号 {case_number}"}\n'
Where = Callable[[str], str]
FORBIDDEN = [
    "id_number",
    "deceased.id_number",
    "applicant.id_number",
    "deceased.name",
    "name",
    "account",
    "account_number",
    "accounts.heir.account_number",
    "accounts.card.card_number",
    "card_number",
    "cause",
    "cause_of_death",
    "reason",
    "result",
    "certificate_number",
    "lookup_code",
    "fields",
    "case_number.__class__",
    "case_number!r",
    "case_number:>999999999",
    "0",
    "",
]


def in_shared(message: str) -> str:
    return changed(RECEIPT, f"    receipt: {message}\n")


def in_a_locality(message: str) -> str:
    """The locality's own wording of the same message."""
    return changed("    name: 临时市\n", f"    name: 临时市\n    messages: {{receipt: {message}}}\n")


@pytest.mark.parametrize(
    ("where", "message"),
    [
        (in_shared, '{to: family, text: "%s"}'),
        (in_shared, '{to: agency, subject: 一, text: "%s"}'),
        (in_a_locality, '{to: family, text: "%s"}'),
    ],
    ids=["family", "agency", "family of one place"],
)
@pytest.mark.parametrize("name", FORBIDDEN)
def test_no_template_can_ask_for_what_is_personal(where: Where, message: str, name: str) -> None:
    placeholder = f"受理 {{{name}}}"
    (problem,) = said(where(message % placeholder))
    assert "messages.receipt.text: 这一句里没有可以填进" in problem


@pytest.mark.parametrize("name", FORBIDDEN)
def test_no_subject_can_either(name: str) -> None:
    (problem,) = said(in_shared(f'{{to: agency, subject: "办件 {{{name}}}", text: 一}}'))
    assert "messages.receipt.subject: 这一句里没有可以填进" in problem


@pytest.mark.parametrize("where", [in_shared, in_a_locality], ids=["shared", "one place"])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请回复逝者的身份证号码", "身份证"),
        ("钱已打到您的账户", "账户"),
        ("账号有误", "账号"),
        ("社保卡已注销", "社保卡"),
        ("死因：自然死亡", "死因"),
        ("110101194001012815 已办结", "110101194001012815"),
        ("11010119400101281X 已办结", "11010119400101281X"),
        ("卡 6222 0200 0001 2345 已办结", "6222 0200 0001 2345"),
    ],
)
def test_no_template_speaks_of_it(where: Where, text: str, found: str) -> None:
    written = where(f'{{to: family, text: "{text}"}}')
    prefix = "localities.linshi" if where is in_a_locality else "shared"
    problem = (
        f"{prefix}.messages.receipt.text: 发出去的消息里不能有“{found}”; "
        "身份证号、账号、死因都不写在消息里，也不请对方回复这些"
    )
    only(written, f'"{text}"', problem)


def test_a_telephone_number_may_stand_in_a_message() -> None:
    assert said(in_shared('{to: family, text: "请打 0537-12345 或 138 0000 0000"}')) == []


@pytest.mark.parametrize("slug", compiled())
def test_what_a_template_can_ask_for_is_all_that_there_is(slug: str) -> None:
    """Whoever adds a value to the messages meets this list, and the checker's."""
    world = World()
    receipt = world.submit(getattr(applications, slug)(), slug).receipt
    file = known_case(world.store, slug, tidy(receipt["case_number"]))
    delivery = {"agency": "police", "task_id": file.tasks[0].task_id}
    place = world.catalogue(slug)
    assert set(values_of("", place, delivery, file)) == ABOUT_CASE | ABOUT_TASK | TO_AGENCY
    assert set(values_of("", place, delivery, None)) == ABOUT_NO_CASE
