"""The pages as text: all of them, all that they must say, and nothing about a place outside matters.yaml."""

import re
from pathlib import Path

import pytest

from scripts.build import ROOT
from scripts.guide.page import Page
from scripts.guide.place import Place
from scripts.guide.render import menu, render
from tests.scripts.guide.places import place, places

SOURCES = [
    path
    for folder in ("templates/guide", "templates/theme", "scripts/guide", "guide_src")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.is_file() and path.suffix in {".py", ".j2", ".html", ".md", ".css", ".js"}
]


def text(path: str) -> str:
    return render(places())[path]


def test_rendering_twice_gives_the_same_text() -> None:
    assert render(places()) == render(places())


@pytest.mark.parametrize("one", places(), ids=lambda one: one.slug)
def test_the_menu_leads_to_every_page_a_family_looks_for(one: Place) -> None:
    entries = [
        path
        for group in menu(one, render([one]))
        for listed in group.values()
        for entry in listed
        for path in entry.values()
    ]
    names = [name for group in one.guide["menu"] for name in group["pages"] if name != "matters"]
    assert len(entries) == len(names) + len(one.data["matters"])
    assert set(one.guide["pages"]) == set(names)


def test_a_page_that_was_not_rendered_is_not_in_the_menu() -> None:
    groups = menu(place("jining"), ["jining/index.md"])
    assert groups == [{"怎么办": [{"办事指南": "jining/index.md"}]}]


@pytest.mark.parametrize("one", places(), ids=lambda one: one.slug)
def test_a_matter_page_says_who_handles_it_when_and_how_it_is_called(one: Place) -> None:
    for slug, matter in one.data["matters"].items():
        page = text(f"{one.slug}/matters/{slug}.md")
        said = [matter["name"], matter["summary"], *matter.get("aliases", ()), one.data["fee"]["text"]]
        items = [one.data["items"][item] for item in matter["items"]]
        said += [one.data["agencies"][item["agency"]]["name"] for item in items] + [
            item["source"].split("；")[0] for item in items
        ]
        assert [words for words in said if words not in page] == []


def test_a_matter_page_says_which_certificate_opens_it() -> None:
    assert "有了火化证明或者死亡证明就能办" in text("jining/matters/housing-fund.md")
    assert "随时能办" in text("jining/matters/death-certificate.md")
    assert "有了户口注销证明就能办" in text("guyang/matters/medical-account.md")


def test_a_material_for_one_account_only_says_so() -> None:
    page = text("jining/matters/housing-fund.md")
    assert "钱打到继承人银行账户时才要" in page
    assert "能获取身份证电子证照的，不用交" in page


def test_what_families_cannot_apply_for_offers_no_button() -> None:
    assert 'class="button' not in text("jining/matters/unnatural-death-certificate.md")
    assert 'class="button' in text("jining/matters/licence-cancellation.md")


def test_what_only_a_counter_handles_says_so_and_names_no_way_online() -> None:
    page = text("guyang/matters/housing-fund.md")
    assert "只在县政务大厅“一件事一次办”窗口办理" in page
    assert "<li>网上：" not in page


def test_no_number_is_invented_where_the_document_gives_none() -> None:
    page = text("guyang/matters/medical-account.md") + text("guyang/counters.md") + text("guyang/index.md")
    assert "工作日" not in page
    assert "tel:" not in page


def test_a_telephone_can_be_dialled_from_the_page() -> None:
    assert '<a class="tel" href="tel:+8653712345">0537—12345</a>' in text("jining/index.md")


def test_the_sources_page_names_the_section_of_every_item() -> None:
    for one in places():
        page = text(f"{one.slug}/sources.md")
        assert [item["source"] for item in one.data["items"].values() if item["source"] not in page] == []
        assert [reading["text"] for reading in one.guide["readings"] if reading["text"] not in page] == []


def test_text_of_the_catalogue_cannot_become_markup() -> None:
    data = dict(place("jining").data, theme="<script>alert(1)</script>")
    page = render([Place("jining", data, place("jining").catalogue)])["jining/index.md"]
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_page_hands_its_assets_and_place_to_the_frame() -> None:
    source = Page("guyang/apply.md", "网上申请", "<p>一</p>", css=("assets/form.css",)).source()
    assert 'title: "网上申请"' in source
    assert 'place: "guyang"' in source
    assert 'css: ["assets/form.css"]' in source


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_about_a_place_stands_outside_the_catalogue(path: Path) -> None:
    content = path.read_text("utf-8")
    assert [name for name in _names() if re.search(rf"(?<![a-z-]){re.escape(name)}(?![a-z-])", content)] == []


def _names() -> set[str]:
    """What only a place's own data may say."""
    names = set()
    for one in places():
        data = one.data
        names |= {one.slug, data["name"], data["theme"], *(agency["bureau"] for agency in data["agencies"].values())}
        names |= {listed["name"] for part in ("matters", "items") for listed in data[part].values()}
    return names
