"""The whole build: every link leads somewhere, the same bytes every time, and a broken catalogue breaks nothing."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from scripts.build import ROOT, BuildError, build, main
from scripts.guide.hosts import foreign
from scripts.guide.site import SiteError

MATTERS = ROOT / "matters.yaml"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `site` and `catalogue`."""
    folder = tmp_path_factory.mktemp("build")
    build(MATTERS, folder / "site", folder / "catalogue")
    return folder


def test_every_link_inside_the_site_leads_to_a_page_and_a_place_on_it(built: Path) -> None:
    pages = {path: _Links(path) for path in _pages(built)}
    dead = [
        f"{path.relative_to(built)}: {link}"
        for path, page in pages.items()
        for link in page.links
        if not _leads(built / "site", path, link)
    ]
    assert dead == []


def test_no_page_asks_another_host_or_carries_inline_code(built: Path) -> None:
    assert foreign(built / "site") == []


def test_titles_go_from_the_page_over_the_place_to_the_site(built: Path) -> None:
    titles = {path: re.search("<title>(.*?)</title>", path.read_text("utf-8")) for path in _pages(built)}
    found = {path.relative_to(built / "site").as_posix(): title[1] for path, title in titles.items() if title}
    assert found["jining/materials/index.html"] == "材料清单 - 济宁市 - 身后一件事"
    assert found["guyang/matters/veteran-benefit/index.html"].endswith(" - 固阳县 - 身后一件事")
    assert found["index.html"] == "身后一件事"
    assert found["404.html"] == "没有这个页面 - 身后一件事"
    assert len(set(found.values())) == len(found)


def test_every_page_is_chinese_and_has_one_main_heading(built: Path) -> None:
    for path in _pages(built):
        content = path.read_text("utf-8")
        assert '<html lang="zh-CN"' in content
        shown = re.sub("<template.*</template>", "", content, flags=re.DOTALL)
        assert len(re.findall("<h1[ >]", shown)) == 1, path


def test_nothing_of_the_theme_is_published_that_no_page_asks_for(built: Path) -> None:
    published = {path.relative_to(built / "site").parts[0] for path in (built / "site").rglob("*") if path.is_file()}
    assert published == {"404.html", "404.html.gz", "assets", "guyang", "index.html", "index.html.gz", "jining"}


def test_compressed_files_hold_what_they_stand_for(built: Path) -> None:
    zipped = list((built / "site").rglob("*.gz"))
    assert len(zipped) > 30
    assert all(gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes() for path in zipped)


def test_the_backend_gets_every_place_without_the_texts_that_only_pages_show(built: Path) -> None:
    data = {path.stem: json.loads(path.read_text("utf-8")) for path in (built / "catalogue" / "data").glob("*.json")}
    assert set(data) == {"jining", "guyang"}
    assert all("guide" not in value for value in data.values())


def test_building_twice_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    build(MATTERS, tmp_path / "site", tmp_path / "catalogue")
    assert _bytes(tmp_path) == _bytes(built)


def test_a_place_that_is_gone_leaves_the_backend(tmp_path: Path) -> None:
    (tmp_path / "catalogue" / "data").mkdir(parents=True)
    (tmp_path / "catalogue" / "data" / "atlantis.json").write_text("{}")
    build(MATTERS, tmp_path / "site", tmp_path / "catalogue")
    assert not (tmp_path / "catalogue" / "data" / "atlantis.json").exists()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("localities: {", "localities:"), ("agency: helth", "agency: health"), ("flow: 流程图", "")],
    ids=["not YAML", "an agency that is not there", "a page without a title"],
)
def test_a_broken_catalogue_leaves_the_last_good_site_alone(tmp_path: Path, wrong: str, right: str) -> None:
    broken, site = tmp_path / "matters.yaml", tmp_path / "site"
    content = MATTERS.read_text("utf-8")
    broken.write_text(content.replace(wrong, "") if not right else content.replace(right, wrong, 1), "utf-8")
    site.mkdir()
    (site / "index.html").write_text("the last good one")
    with pytest.raises((BuildError, SiteError), match=r"matters\.yaml"):
        build(broken, site, tmp_path / "catalogue")
    assert (site / "index.html").read_text() == "the last good one"


def test_problems_are_printed_and_the_exit_code_is_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "matters.yaml"
    broken.write_text("localities: {", "utf-8")
    assert main(["--matters", str(broken), "--site", str(tmp_path / "site")]) == 1
    assert f"{broken}:" in capsys.readouterr().err


def _pages(built: Path) -> list[Path]:
    return sorted((built / "site").rglob("*.html"))


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _leads(site: Path, page: Path, link: str) -> bool:
    if link.startswith("#/"):  # a view of the same page, which its script shows
        return True
    address, anchor = urldefrag(urljoin("/" + page.relative_to(site).as_posix().removesuffix("index.html"), link))
    if urlsplit(address).scheme or address.startswith("/api/"):
        return True
    target = site / unquote(urlsplit(address).path).lstrip("/")
    target = target / "index.html" if target.is_dir() else target
    return target.is_file() and (not anchor or anchor in _Links(target).ids)


class _Links(HTMLParser):
    """What a page points at, and what can be pointed at on it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        self.ids.update(value or "" for name, value in attrs if name == "id")
