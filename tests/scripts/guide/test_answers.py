"""What the API answers with is taken out of the built site as literals and slots."""

import json
from pathlib import Path

import pytest

from scripts.guide import answers, markers
from scripts.guide.place import Place
from tests.catalogues import catalogue, compiled

FRAME = """<html><head><title>{title} - 某地</title><link href="../../../assets/form.css"></head>
<body><a href="../../apply/">网上申请</a><a href="#content">跳过</a><a href="tel:+86">电话</a>
<div>{content}</div></body></html>"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """As the build leaves it: one frame for each place, and one for none."""
    html = FRAME.format(title=markers.slot("title"), content=markers.slot("content"))
    for folder in ("jining/answers", "guyang/answers", "answers"):
        path = tmp_path / "site" / folder / "frame/index.html"
        path.parent.mkdir(parents=True)
        path.write_text(html, "utf-8")
    return tmp_path / "site"


def extract(site: Path, slug: str) -> Path:
    pages = site.parent / "pages"
    answers.extract(site, Place(slug, compiled()[slug], catalogue(slug)), pages)
    return pages


def literals(page: list[markers.Segment]) -> str:
    return "".join(part if isinstance(part, str) else literals(part.get("main", [])) for part in page)


def test_every_page_is_written_for_its_place(site: Path) -> None:
    pages = extract(site, "jining")
    assert {path.stem for path in (pages / "jining").glob("*")} == set(answers.EVERYWHERE)
    extract(site, "guyang")
    everywhere = {*answers.EVERYWHERE, *answers.WITH_CONDITIONS}
    assert {path.stem for path in (pages / "guyang").glob("*")} == everywhere
    assert (pages / "problem.json").is_file()


def test_the_frames_are_gone_from_the_site(site: Path) -> None:
    extract(site, "jining")
    extract(site, "guyang")
    assert [path for path in site.rglob("*") if path.is_file()] == []


def test_addresses_are_from_the_root_since_the_api_answers_elsewhere(site: Path) -> None:
    page = json.loads((extract(site, "jining") / "jining/receipt.json").read_text("utf-8"))
    assert 'href="/assets/form.css"' in literals(page)
    assert 'href="/jining/apply/"' in literals(page)
    assert 'href="#content"' in literals(page)
    assert 'href="tel:+86"' in literals(page)


def test_pages_are_plain_text_and_slots_without_a_marker_left(site: Path) -> None:
    for path in extract(site, "jining").rglob("*.json"):
        page = json.loads(path.read_text("utf-8"))
        assert markers.OPEN not in path.read_text("utf-8"), path
        assert literals(page).startswith("<html>")


def test_the_title_says_that_something_is_wrong_only_when_it_is(site: Path) -> None:
    page = json.loads((extract(site, "jining") / "jining/form.json").read_text("utf-8"))
    at = page.index(next(part for part in page if isinstance(part, dict)))
    assert page[at] == {"each": "wrong", "main": ["错误："]}
    assert page[at - 1].endswith("<title>")
