"""A family's way in a real browser, with script and without: apply, keep the receipt, look it up, see it move on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests import applications
from tests.browser.chromium import WIDTHS
from tests.people import bank_card
from tests.stack.client import Place
from tests.stack.processes import Stack

pytestmark = [pytest.mark.stack, pytest.mark.browser]
SERIALS = iter(range(430, 499))


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def visitor(request: pytest.FixtureRequest, chromium: Browser, stack: Stack) -> Iterator[Page]:
    """Somebody on a phone."""
    context = chromium.new_context(
        java_script_enabled=request.param,
        base_url=f"http://127.0.0.1:{stack.port}",
        viewport={"width": 390, "height": 844},
    )
    with closing(context):
        yield context.new_page()


def fill_in(page: Page, body: dict) -> None:  # type: ignore[type-arg]
    """Types an application as the form asks for it."""
    for group in ("deceased", "applicant"):
        for name, value in body[group].items():
            if name == "sex":
                page.locator(f'[name="{group}.sex"][value="{value}"]').check()
            elif name == "died_on":
                for part, text in zip(("year", "month", "day"), value.split("-"), strict=True):
                    page.locator(f'[name="{group}.died_on.{part}"]').fill(text)
            else:
                page.locator(f'[name="{group}.{name}"]').fill(str(value))
    page.locator('[name="declaration.agreed"]').check()
    page.locator('[name="declaration.signed_name"]').fill(body["declaration"]["signed_name"])


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f'[name="{name}"][value="{value}"]').check()


def numbers(page: Page) -> dict[str, str]:
    """What the receipt shows: the two numbers, in groups of four."""
    text = page.locator("main, body").first.inner_text()
    found = re.findall(r"\b\d{4}(?: \d{4}){2,3}\b", text)
    return {
        "case_number": next(one for one in found if len(one) == 14),
        "lookup_code": next(one for one in found if len(one) == 19),
    }


def test_jining_from_the_guide_to_the_police(visitor: Page, stack: Stack) -> None:
    body = applications.jining(deceased=applications.deceased(serial=next(SERIALS)))
    visitor.goto("/")
    visitor.get_by_role("link", name="济宁市").first.click()
    visitor.locator("#content").get_by_role("link", name="网上申请").first.click()
    fill_in(visitor, body)
    for matter in body["matters"]:
        choose(visitor, "matters", matter)
    choose(visitor, "answers.pension", "enterprise")
    choose(visitor, "answers.receiving_pension", "true")
    choose(visitor, "payee", "card")
    visitor.locator('[name="accounts.card.card_number"]').fill("A12345678")
    visitor.locator('[name="accounts.card.account_number"]').fill(bank_card())
    visitor.get_by_role("button", name="核对").click()
    expect(visitor.locator("body")).to_contain_text("企业离退休人员遗属待遇及个人账户余额申领")
    visitor.get_by_role("button", name="提交申请").click()
    receipt = numbers(visitor)
    visitor.reload()
    assert numbers(visitor) == receipt, "a reload is the same case"

    place = Place(stack, "jining")
    task = next(one for one in place.look_up(receipt)["tasks"] if one["item"] == "death-certificate")
    place.finish("health", task["task_id"], certificate_number="D-1")

    visitor.goto("/jining/lookup/")
    visitor.locator('[name="case_number"]').fill(receipt["case_number"])
    visitor.locator('[name="lookup_code"]').fill(receipt["lookup_code"].replace(" ", ""))
    visitor.get_by_role("button", name="查询").click()
    expect(visitor.locator("body")).to_contain_text("已办结")
    expect(visitor.locator("body")).to_contain_text("驾驶证注销")
    assert body["deceased"]["name"] not in visitor.content()
    assert receipt["lookup_code"].replace(" ", "") not in visitor.url


def test_guyang_asks_its_conditions_before_anything_personal(visitor: Page) -> None:
    visitor.goto("/guyang/apply/")
    assert visitor.locator('[name="deceased.name"]').count() == 0
    sound = applications.guyang()["eligibility"]
    for name, value in {**sound, "work_injury": True}.items():
        choose(visitor, f"eligibility.{name}", str(value).lower())
    visitor.get_by_role("button", name="下一步").click()
    expect(visitor.locator("body")).to_contain_text("工伤死亡暂时不在")
    visitor.goto("/guyang/apply/")
    for name, value in sound.items():
        choose(visitor, f"eligibility.{name}", str(value).lower())
    visitor.get_by_role("button", name="下一步").click()
    body = applications.guyang(deceased=applications.deceased(serial=next(SERIALS)))
    fill_in(visitor, body)
    for name, value in body["answers"].items():
        choose(visitor, f"answers.{name}", str(value).lower())
    for name, value in body["accounts"]["applicant"].items():
        visitor.locator(f'[name="accounts.applicant.{name}"]').fill(value)
    visitor.get_by_role("button", name="核对").click()
    expect(visitor.locator("body")).to_contain_text("机关事业单位人员退休死亡终止发放")
    visitor.get_by_role("button", name="提交申请").click()
    assert len(numbers(visitor)["lookup_code"]) == 19


def test_what_is_wrong_is_said_on_top_and_beside_the_field_and_everything_is_kept(visitor: Page) -> None:
    body = applications.jining()
    body["deceased"]["id_number"] = "370800194503010021"
    visitor.goto("/jining/apply/")
    fill_in(visitor, body)
    visitor.get_by_role("button", name="核对").click()
    assert visitor.title().startswith("错误：")
    expect(visitor.locator("body")).to_contain_text("有 2 处需要修改")
    field = visitor.locator('[name="deceased.id_number"]')
    expect(field).to_have_value("370800194503010021")
    assert field.get_attribute("aria-invalid") == "true"
    described = (field.get_attribute("aria-describedby") or "").split()
    said = " ".join(visitor.locator(f"[id='{one}']").inner_text() for one in described)
    assert "对照证件逐位核对" in said
    expect(visitor.locator('[name="applicant.address"]')).to_have_value(body["applicant"]["address"])


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_the_pages_that_the_api_answers_with(chromium: Browser, stack: Stack, width: int) -> None:
    context = chromium.new_context(base_url=f"http://127.0.0.1:{stack.port}", viewport={"width": width, "height": 900})
    with closing(context):
        page = context.new_page()
        page.goto("/jining/apply/")
        page.get_by_role("button", name="核对").click()
        assert Axe().run(page).violations_count == 0, "the form with errors"
        body = applications.jining(deceased=applications.deceased(serial=next(SERIALS)))
        receipt = Place(stack, "jining").apply(body).json()
        page.goto("/jining/lookup/")
        page.locator('[name="case_number"]').fill(receipt["case_number"])
        page.locator('[name="lookup_code"]').fill(receipt["lookup_code"])
        page.get_by_role("button", name="查询").click()
        assert Axe().run(page).violations_count == 0, "the state of a case"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
