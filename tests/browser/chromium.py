"""The machine's own Chromium, for tests and pictures."""

from __future__ import annotations

from playwright.sync_api import Browser, Playwright

WIDTHS = (390, 1280)
"""A phone and a desk."""

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking")


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
