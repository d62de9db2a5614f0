"""Every page of the site in a real browser: reachable by everybody, light, and silent towards other hosts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from tests.browser.chromium import WIDTHS
from tests.browser.pages_of import pages_of

pytestmark = pytest.mark.browser

GUIDE_BYTES = 30 * 1024
OTHER_BYTES = {"/apply/": 45 * 1024, "/staff/": 60 * 1024}
ZOOMED = 320
"""A desk's 1280 px at 400 %."""


@pytest.fixture
def visited(page: Page, site: Path, address: str) -> Iterator[Page]:
    """The browser on every page of the site in turn: `for page in visited`."""

    def visits() -> Iterator[Page]:
        for path in pages_of(site):
            page.goto(address + path)
            yield page

    return visits()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_has_an_accessibility_violation(visited: Iterator[Page], page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    results = [(one.url, Axe().run(one)) for one in visited]
    assert [f"{url}\n{found.generate_report()}" for url, found in results if found.violations_count] == []


@pytest.mark.parametrize("width", [ZOOMED, *WIDTHS])
def test_no_page_scrolls_sideways(visited: Iterator[Page], page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert [one.url for one in visited if one.evaluate("document.documentElement.scrollWidth") > width] == []


def test_no_page_asks_another_host_or_is_blocked_by_the_content_policy(
    visited: Iterator[Page], page: Page, address: str
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: complaints.append(request.url) if not _is_ours(request.url, address) else None)
    for _ in visited:
        pass
    assert complaints == []


def test_a_first_visit_stays_within_its_weight(visited: Iterator[Page], page: Page) -> None:
    measuring = page.context.new_cdp_session(page)
    measuring.send("Network.enable")
    measuring.send("Network.setCacheDisabled", {"cacheDisabled": True})
    transferred: list[float] = []
    measuring.on("Network.loadingFinished", lambda event: transferred.append(event["encodedDataLength"]))
    heavy = {}
    for one in visited:
        allowed = next((most for part, most in OTHER_BYTES.items() if part in one.url), GUIDE_BYTES)
        if not 0 < sum(transferred) <= allowed:
            heavy[one.url] = sum(transferred)
        transferred.clear()
    assert heavy == {}


def test_what_can_be_pressed_is_large_enough_for_a_finger(visited: Iterator[Page], page: Page) -> None:
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    small = {}
    for one in visited:
        one.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        if found := one.evaluate(SMALL_TARGETS):
            small[one.url] = found
    assert small == {}


SMALL_TARGETS = """
[...document.querySelectorAll('a, button, summary, input:not([type=hidden]), select')]
  .map(element => [element, (element.closest('.cards > li, label') || element).getBoundingClientRect()])
  .filter(([element, box]) => box.width && box.height < 44 && getComputedStyle(element).display !== 'inline'
    && getComputedStyle(element).position !== 'absolute')
  .map(([element, box]) => element.textContent.trim().slice(0, 12) + ' ' + Math.round(box.height))
"""
"""Links inside a sentence are as tall as its lines."""


def test_the_first_tab_leads_past_the_menu(page: Page, address: str) -> None:
    page.goto(f"{address}/jining/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "跳到正文"
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_menu_opens_on_a_phone_without_script(page: Page, address: str) -> None:
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(f"{address}/jining/flow/")
    menu = page.get_by_role("navigation", name="目录", exact=True)
    assert not menu.is_visible()
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.get_by_role("link", name="流程图").get_attribute("aria-current") == "page"


def test_the_flowchart_scrolls_in_its_own_frame_and_with_the_keyboard(page: Page, address: str) -> None:
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(f"{address}/jining/flow/")
    frame = page.get_by_role("region", name="流程图")
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_every_line_of_the_flowchart_fits_its_box(page: Page, address: str) -> None:
    page.set_viewport_size({"width": WIDTHS[1], "height": 900})
    for path in ("/jining/flow/", "/guyang/flow/"):
        page.goto(address + path)
        assert page.evaluate(CUT_OFF) == []


CUT_OFF = """
[...document.querySelectorAll('.flow text:not(.branch)')].filter(text => {
  const inner = text.getBoundingClientRect()
  const boxes = [...document.querySelectorAll('.flow .box')].map(box => box.getBoundingClientRect())
  return !boxes.some(box => box.left + 2 <= inner.left && inner.right + 2 <= box.right
    && box.top <= inner.top && inner.bottom <= box.bottom)
}).map(text => text.textContent)
"""


def test_paper_shows_neither_menu_nor_buttons(page: Page, address: str) -> None:
    page.goto(f"{address}/jining/matters/housing-fund/")
    page.emulate_media(media="print")
    assert page.locator(".menu:visible, .actions:visible, .skip:visible").count() == 0
    assert page.locator("h1").is_visible()


def test_a_wrong_address_leads_back(page: Page, address: str) -> None:
    response = page.goto(f"{address}/404.html")
    assert isinstance(response, Response)
    assert page.get_by_role("link", name="济宁市").last.get_attribute("href") == "/jining/"


def _is_ours(url: str, address: str) -> bool:
    return urlsplit(url).netloc == urlsplit(address).netloc
