"""The staff pages as they are written: every word is there, the data are the catalogue's, nothing runs inline."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from scripts.build import ROOT
from scripts.guide import staff
from scripts.guide.hosts import in_markup
from scripts.guide.place import Place
from tests.scripts.guide.places import place, places

SCRIPTS = ROOT / "guide_src/assets/staff"
SAID = re.compile(r"""say\(\s*(?:"(\w+)"|`(\w+)\$)""")
TERNARY = re.compile(r"""say\([^()]*\?\s*"(\w+)"\s*:\s*(?:"(\w+)"|`(\w+)\$)""")


def written(folder: Path, one: Place, page: str) -> str:
    staff.write(folder, one)
    return (folder / one.slug / "staff" / page / "index.html").read_text("utf-8")


def data(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def said() -> tuple[set[str], set[str]]:
    """Whole names, and beginnings of names, that scripts ask for."""
    texts = "".join(path.read_text("utf-8") for path in SCRIPTS.glob("*.js"))
    names = {found[1] for found in SAID.finditer(texts) if found[1]}
    beginnings = {found[2] for found in SAID.finditer(texts) if found[2]}
    for found in TERNARY.finditer(texts):
        names |= {one for one in found.groups()[:2] if one}
        beginnings |= {found[3]} - {None}
    return names | set(re.findall(r'problem\("(\w+)"\)', texts)), beginnings


@pytest.mark.parametrize("role", staff.ROLES)
@pytest.mark.parametrize("one", places(), ids=lambda one: one.slug)
def test_a_page_has_its_scripts_its_data_and_no_code(tmp_path: Path, one: Place, role: str) -> None:
    html = written(tmp_path, one, role)
    assert in_markup(html) == []
    assert '<meta name="robots" content="noindex,nofollow">' in html
    for address in re.findall(r'"/assets/(staff/[\w-]+\.js)"', html):
        assert (SCRIPTS.parent / address).is_file(), address
    assert data(html)["place"] == one.slug
    assert data(html)["role"] == role


@pytest.mark.parametrize("role", staff.ROLES)
def test_every_script_that_is_loaded_is_named_beforehand(tmp_path: Path, role: str) -> None:
    """Otherwise the browser would find them one after the other."""
    html = written(tmp_path, place("jining"), role)
    named = set(re.findall(r"/assets/staff/([\w-]+)\.js", html))
    needed, found = [role], {role}
    while needed:
        text = (SCRIPTS / f"{needed.pop()}.js").read_text("utf-8")
        more = set(re.findall(r'from "\./([\w-]+)\.js"', text)) - found
        found |= more
        needed += more
    assert found == named


def test_every_sentence_that_scripts_say_is_there_and_every_one_that_is_there_is_said() -> None:
    names, beginnings = said()
    words = set(place("jining").guide["staff"]["words"])
    assert names - words == set()
    assert [one for one in beginnings if not any(word.startswith(one) for word in words)] == []
    from_python = {"group_deceased", "group_applicant", "group_answers"}
    unsaid = [word for word in words - names - from_python if not word.startswith(tuple(beginnings))]
    assert unsaid == []


def test_the_entrance_lists_the_pages_that_are_there(tmp_path: Path) -> None:
    html = written(tmp_path, place("guyang"), "")
    assert re.findall(r'href="/guyang/staff/(\w+)/"', html) == list(staff.ROLES)
    assert "<script" not in html


def test_agencies_know_items_materials_and_how_values_are_said(tmp_path: Path) -> None:
    known = data(written(tmp_path, place("jining"), "agency"))
    catalogue = place("jining").catalogue
    assert list(known["items"]) == list(catalogue.items)
    assert known["items"]["licence-cancellation"]["no_record"] == "名下无驾驶证"
    assert known["items"]["death-certificate"]["issues"] == "death-certificate"
    assert "notarised-document" in known["items"]["housing-fund"]["materials"]
    assert known["values"]["deceased.sex"] == {"male": "男", "female": "女"}
    assert known["values"]["answers.receiving_pension"] == {"true": "是", "false": "否", "unknown": "不清楚"}
    assert list(known["states"])[:3] == ["waiting", "open", "accepted"], "in the catalogue's order"


def test_text_of_the_catalogue_cannot_become_markup(tmp_path: Path) -> None:
    one = place("jining")
    reasons = {**one.data["reasons"], "x": "</script><script>alert(1)</script>"}
    changed = Place(one.slug, {**one.data, "reasons": reasons, "name": "<b>"}, one.catalogue)
    html = written(tmp_path, changed, "agency")
    assert "<script>alert" not in html
    assert "<b>" not in html
