"""CSV that opens in Excel and WPS: Chinese intact, one line a row, and no cell that could become a formula."""

import csv
import io
import json
from typing import Any

import pytest

from chalicelib.api.columns import COLUMNS, table
from chalicelib.api.sheet import as_sheet, cell, wants_sheet
from tests.catalogues import catalogue, compiled

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://a.example","x")',
    "\t=1",
    "\r=1",
    "\n=1",
    "\tx",
    "\rx",
    " =1",
    "\u3000=1",
    "\u200b=1",
    "\ufeff=1",
    "\x00=1",
    "\u202e=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "﹦1",
    "\ud800=1",
    "'\n=1",
]


def written(*rows: list[object]) -> str:
    return str(as_sheet("x", "x", ["列"], rows).body)


@pytest.mark.parametrize("text", [one for one in FORMULAS if not one.startswith("'")])
def test_a_cell_that_a_spreadsheet_would_reckon_is_text(text: str) -> None:
    assert str(cell(text)).startswith("'")


@pytest.mark.parametrize(
    "text", ["户口注销", "1234 5678 9012", "2026-11-26", "a=b", "姓名-不一致", "'quoted", "", "（=）"]
)
def test_any_other_cell_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize("text", ["一\n二", "一\r\n二", "一\t二", "一\u2028二"])
def test_lines_in_a_cell_become_one(text: str) -> None:
    assert cell(text) == "一 二"


@pytest.mark.parametrize(("value", "shown"), [(3, 3), (0, 0), (-1, -1), (None, ""), (True, "True")])
def test_our_own_numbers_stay_numbers(value: object, shown: object) -> None:
    assert cell(value) == shown


@pytest.mark.parametrize(
    "text", [*FORMULAS, 'a"b', "a,b", "a\r\nb", "a\nb", "a\u2028b", "a\x85b", "a\x0bb", "逗号，引号”"]
)
def test_whatever_a_cell_holds_a_row_is_one_line_and_nothing_leaves_its_cell(text: str) -> None:
    body = written(["前", text, "后"])
    lines = body.split("\r\n")
    assert len(lines) == 3, body
    assert not lines[2]
    assert lines[1].splitlines() == [lines[1]]
    (_, row) = csv.reader(io.StringIO(body))
    assert (row[0], row[2], len(row)) == ("前", "后", 3)
    assert body.encode("utf-8")


def test_the_file_begins_with_the_mark_that_tells_excel_it_is_utf_8() -> None:
    body = written(["逝者"])
    assert body.encode().startswith(b"\xef\xbb\xbf")
    assert body == '\ufeff"列"\r\n"逝者"\r\n'


def test_the_file_has_a_name_in_chinese_and_one_for_programs_that_read_none() -> None:
    headers = as_sheet("overdue-jining-2026-11-27", "济宁市超期办件", ["列"], []).headers
    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    assert headers["Content-Disposition"] == (
        'attachment; filename="overdue-jining-2026-11-27.csv"; '
        "filename*=UTF-8''%E6%B5%8E%E5%AE%81%E5%B8%82%E8%B6%85%E6%9C%9F%E5%8A%9E%E4%BB%B6.csv"
    )
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("text/csv", True),
        ("TEXT/CSV; charset=utf-8", True),
        ("text/csv, */*;q=0.1", True),
        ("application/json;q=0.5, text/csv", True),
        ("application/json, text/csv;q=0.5", False),
        ("application/json, text/csv", False),
        ("text/csv;q=0", False),
        ("text/csv;q=x", False),
        ("text/csv;q=nan", False),
        ("text/csvx", False),
        ("*/*", False),
        ("", False),
        (None, False),
        (",;,;q=" * 1000, False),
    ],
)
def test_csv_is_given_to_who_asks_for_it_by_name(accept: str | None, wanted: bool) -> None:
    assert wants_sheet({} if accept is None else {"accept": accept}) is wanted


@pytest.mark.parametrize("slug", compiled())
@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_of_every_list_has_a_name_in_the_catalogue(slug: str, name: str) -> None:
    header, cells = table(catalogue(slug), name, [{}])
    assert len(header) == len(set(header)) == len(cells[0])
    assert catalogue(slug).texts["wording"]["supervision"]["lists"][name]


def test_cells_are_in_words() -> None:
    chases: list[Any] = [
        {"at": "2026-11-27T09:00:00+08:00", "note": "请办"},
        {"at": "2026-11-30T09:00:00+08:00", "note": "再请"},
    ]
    row = {"case_number": "123456789012", "state": "accepted", "agency": "police", "chases": chases, "days_late": 2}
    header, (cells,) = table(catalogue("jining"), "overdue", [row])
    shown = dict(zip(header, cells, strict=True))
    assert shown["受理编号"] == "1234 5678 9012", "twelve digits in a row would be shown as a rounded number"
    assert (shown["状态"], shown["办理部门"], shown["超期工作日"]) == ("办理中", "公安机关", 2)
    assert shown["督办"] == "2026-11-27 请办；2026-11-30 再请"
    assert "123456789012" not in json.dumps(shown)


def test_what_is_left_of_a_dormant_case_is_one_cell() -> None:
    tasks = [{"name": "户口注销", "agency_name": "公安机关", "state": "waiting"}]
    _, (cells,) = table(catalogue("jining"), "dormant", [{"case_number": "1", "tasks": tasks, "days": 61}])
    assert cells[2:] == [61, "户口注销 公安机关 等待"]


def test_codes_are_in_words_too() -> None:
    rows = [{"change_name": "已撤销", "certificate_name": "死亡证明", "tasks": []}]
    _, (cells,) = table(catalogue("jining"), "certificates", rows)
    assert cells[1:3] == ["死亡证明", "已撤销"]
    _, (cells,) = table(catalogue("jining"), "undelivered", [{"kind": "family", "why": "550", "agency": ""}])
    assert ("家属" in cells, "550" in cells) == (True, True)
