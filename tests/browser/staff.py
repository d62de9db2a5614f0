"""Signs people in on staff pages, through the real page of the local issuer."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.stack.processes import Stack


def password(stack: Stack) -> str:
    """What the stack printed when it was ready."""
    log = (stack.state.parent / f"{stack.state.name}.log").read_text("utf-8")
    match = re.search(r"密码都是 (\w+)", log)
    assert match
    return match[1]


def sign_in(page: Page, stack: Stack, username: str, path: str) -> None:
    """Opens a staff page and signs in there; afterwards the page shows what it begins with."""
    page.goto(stack.origin + path)
    page.get_by_role("button", name="登录", exact=True).click()
    identify(page, stack, username)
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()


def identify(page: Page, stack: Stack, username: str) -> None:
    """On the provider's page."""
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(password(stack))
    page.get_by_role("button", name="登录").click()
