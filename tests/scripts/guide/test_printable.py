"""The application form on paper: the official rows on one sheet that people, screen readers and machines can read."""

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest

from chalicelib.catalogue import load
from scripts.guide import fonts, printable
from scripts.guide.paper import paper
from scripts.guide.place import Place
from tests.catalogues import catalogue, compiled
from tests.elements import Element, read

PLACES = ["jining", "guyang"]
LARGEST = 100 * 1024
OFFICIAL = """
济宁市“公民身后一件事”主题集成服务 申请表（样表）
基本信息 家属/亲属姓名 性别 手机号码 与逝者关系 身份证号 联系地址
逝者姓名 性别 年龄 死亡时间 身份证号 逝者所属派出所
逝者参保类型 □城乡居民养老保险 □城镇企业职工养老保险 □机关事业养老保险 是否领取养老保险待遇 □是 □否
办理事项 □出具死亡证明（正常死亡） □出具火化证明 □个人账户一次性待遇申领（养老保险） □遗属待遇申领
□参保人员个人账户一次性支取（基本医疗保险） □住房公积金提取（死亡） □死亡、宣告死亡办理户口注销 □注销驾驶证
账户信息 逝者社保卡： 账号： （请用正楷字填写清楚） 继承人开户银行： 户名： 账号： （请用正楷字填写清楚）
个人承诺 一、 二、 申请人签名： 年 月 日
备注： 济政办字〔2022〕75号 附件2 第1页共1页
"""


def place(slug: str, **changes: Any) -> Place:
    data = {**compiled()[slug], **changes}
    return Place(slug, data, load(data))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fonts")


@pytest.fixture(scope="module", params=PLACES)
def sheet(request: pytest.FixtureRequest, cache: Path) -> bytes:
    return printable.pdf(place(request.param), cache)


def reader(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def squeezed(content: bytes) -> str:
    return "".join(reader(content).pages[0].extract_text().split())


def found_in_order(words: list[str], text: str) -> list[str]:
    """The words, up to the first that does not follow."""
    at = 0
    for number, word in enumerate(words):
        at = text.find(word, at)
        if at < 0:
            return words[:number]
        at += len(word)
    return words


def test_the_sheet_is_one_page_of_a4_and_small(sheet: bytes) -> None:
    (page,) = reader(sheet).pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    assert len(sheet) <= LARGEST


def test_every_official_label_can_be_read_from_the_pdf_in_order(cache: Path) -> None:
    assert found_in_order(OFFICIAL.split(), squeezed(printable.pdf(place("jining"), cache))) == OFFICIAL.split()


def test_the_form_of_the_other_place_has_all_its_matters_and_its_account(cache: Path) -> None:
    matters = [f"□{one.form_label}" for one in catalogue("guyang").matters.values()]
    words = [
        "固阳县身后“一件事一次办”登记表",
        "□未参加养老保险",
        "□已经退休",
        "□在职",
        *matters,
        "开户银行：",
        "账号：",
    ]
    assert found_in_order(words, squeezed(printable.pdf(place("guyang"), cache))) == words


def test_the_sheet_has_language_title_and_tags_of_a_table(sheet: bytes) -> None:
    root = reader(sheet).trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader(sheet).metadata.title in {compiled()[slug]["form"]["title"] for slug in PLACES}
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert {"/Table", "/TR", "/TH", "/TD"} <= set(tags(root["/StructTreeRoot"]))


def tags(node: Any) -> list[str]:
    element = node.get_object()
    if isinstance(element, list):
        return [tag for child in element for tag in tags(child)]
    if not isinstance(element, dict):
        return []
    return [str(element.get("/S")), *(tags(element["/K"]) if "/K" in element else [])]


def test_its_fonts_are_embedded_truetype_ones_of_ours(sheet: bytes) -> None:
    embedded = reader(sheet).pages[0]["/Resources"]["/Font"].values()
    descriptors = [one.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for one in embedded]
    assert len(descriptors) == 2
    for descriptor in descriptors:
        assert "/FontFile2" in descriptor
        assert "+Form" in descriptor["/FontName"]


def test_the_same_form_is_the_same_bytes_with_and_without_a_cache(tmp_path: Path) -> None:
    first = printable.pdf(place("jining"), tmp_path / "one")
    assert printable.pdf(place("jining"), tmp_path / "one") == first
    assert printable.pdf(place("jining"), tmp_path / "two") == first
    assert b"/CreationDate" not in first


def test_a_character_that_the_font_lacks_is_an_error(tmp_path: Path) -> None:
    strange = {**compiled()["jining"]["form"], "note": "☑ 写在这里"}
    with pytest.raises(fonts.MissingGlyphsError) as caught:
        printable.pdf(place("jining", form=strange), tmp_path)
    assert caught.value.characters == ("☑",)


def test_a_form_longer_than_one_sheet_is_an_error(cache: Path) -> None:
    long = {**compiled()["jining"]["form"], "declaration": compiled()["jining"]["form"]["declaration"] * 4}
    with pytest.raises(printable.NotOnePageError):
        printable.pdf(place("jining", form=long), cache)


def test_a_cut_font_is_kept_by_its_characters(tmp_path: Path) -> None:
    fonts.cut(fonts.Face.SERIF, "表格", tmp_path)
    fonts.cut(fonts.Face.SERIF, "格表表", tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    fonts.cut(fonts.Face.SANS, "表格", tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def table(slug: str) -> list[list[Element]]:
    rows = read(printable.page(place(slug))).one("tbody").every("tr")
    return [[one for one in row.parts if isinstance(one, Element)] for row in rows]


def test_cells_are_merged_as_on_the_official_sample() -> None:
    rows = table("jining")
    assert [(row[0].text, row[0]["rowspan"]) for row in rows if row[0]["class"] == "section"] == [
        ("基本信息", "10"),
        ("办理事项", "1"),
        ("账户信息", "1"),
        ("个人承诺", "1"),
    ]
    spans = [[cell["colspan"] for cell in row if cell.tag == "td"] for row in rows]
    pair, wide, whole = ["", ""], ["3"], ["4"]
    assert spans == [pair, pair, wide, wide, pair, pair, wide, wide, wide, wide, whole, whole, whole]


def test_every_row_is_as_wide_as_the_table() -> None:
    for slug in PLACES:
        for row in table(slug):
            cells = [cell for cell in row if cell["class"] != "section"]
            assert sum(int(cell["colspan"] or 1) for cell in cells) == 4


def test_account_lines_are_those_of_the_official_sample() -> None:
    (accounts,) = (row.cells[0].accounts for row in paper(compiled()["jining"]).sections[2].rows)
    assert accounts == ((("逝者社保卡", "账号"),), (("继承人开户银行",), ("户名", "账号")))


def test_the_page_for_the_screen_has_no_style_of_its_own_and_a_way_back() -> None:
    page = read(printable.page(place("jining"), printable.STYLESHEET))
    assert [one["href"] for one in page.every("link")] == [printable.STYLESHEET]
    assert list(page.every("style")) == []
    assert page.one("a")["href"] == "../"


def test_what_is_offered_is_written(tmp_path: Path) -> None:
    printable.write(tmp_path, place("guyang"))
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {
        "guyang/form/application-form.pdf",
        "guyang/form/print/index.html",
        "guyang/form/print/application_form.css",
    }
