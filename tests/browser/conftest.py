"""The site, built as for publication, served as in production, and a Chromium to look at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from scripts.build import ROOT, build
from tests.browser.chromium import launch
from tests.browser.served import served


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    build(ROOT / "matters.yaml", folder / "site", folder / "catalogue")
    return folder / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The site's origin."""
    with served(site) as origin:
        yield origin


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright, launch(playwright) as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of its own: nothing cached, nothing remembered."""
    with closing(chromium.new_context()) as context:
        yield context.new_page()
