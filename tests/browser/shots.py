"""Pictures of a served site at both widths: `python -m tests.browser.shots SITE ADDRESS FOLDER [PAGE …]`."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import WIDTHS, launch
from tests.browser.pages_of import pages_of


def main(site: Path, address: str, folder: Path, only: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, launch(playwright) as browser:
        page = browser.new_page()
        for path in only or pages_of(site):
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(address + path)
                _shoot(page, folder / f"{path.strip('/').replace('/', '-') or 'index'}-{width}.png")


def _shoot(page: Page, target: Path) -> None:
    page.screenshot(path=target, full_page=True)
    print(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2].rstrip("/"), Path(sys.argv[3]), sys.argv[4:])
