"""What every view of a staff page has to be: accessible, as wide as its screen, and large enough to press."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.chromium import WIDTHS
from tests.browser.test_staff_agency import SMALL_TARGETS, sideways, violations


def look(page: Page, what: str) -> None:
    """On a phone and at a desk; the desk's width stays."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = violations(page)
        assert found == [], (what, width, found)
        assert not sideways(page), (what, width)
        assert page.evaluate(SMALL_TARGETS) == [], (what, width)


def weight(page: Page, address: str) -> float:
    """Bytes on the wire of a first visit."""
    measuring = page.context.new_cdp_session(page)
    measuring.send("Network.enable")
    measuring.send("Network.setCacheDisabled", {"cacheDisabled": True})
    transferred: list[float] = []
    measuring.on("Network.loadingFinished", lambda event: transferred.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    return sum(transferred)
