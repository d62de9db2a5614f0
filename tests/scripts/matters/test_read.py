"""A file is read with positions, and what is wrong with its writing is said in plain words."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from scripts.matters.read import read, read_path

ROOT = Path(__file__).resolve().parents[3]


def said(content: str | bytes) -> list[str]:
    return [str(problem) for problem in read(content, "m.yaml").problems]


def test_the_shipped_catalogue_is_read_as_every_other_program_reads_it() -> None:
    text = (ROOT / "matters.yaml").read_text("utf-8")
    assert read(text, "m.yaml").data == yaml.safe_load(text)


def test_every_key_and_every_value_has_its_line_and_column() -> None:
    document = read("a:\n  b: 字\n  甲: [1, {c: 2}]\n", "m.yaml")
    assert document.data == {"a": {"b": "字", "甲": [1, {"c": 2}]}}
    assert document.keys[("a", "甲")] == (3, 3)
    assert document.values[("a", "甲", 1, "c")] == (3, 14)
    assert document.where(("a",)) == (1, 1)
    assert document.where(("a", "b")) == (2, 6)
    assert document.where(("a", "b", "missing")) == (2, 6)


def test_anchors_are_followed() -> None:
    document = read("a: &x [1, 二]\nb: *x\nc: &y 三\nd: *y\n", "m.yaml")
    assert document.data == {"a": [1, "二"], "b": [1, "二"], "c": "三", "d": "三"}
    assert not document.problems


def test_a_mark_at_the_beginning_and_other_line_ends_do_no_harm() -> None:
    assert read("\ufeffa: 1\r\nb: 2026-11-21\r\n".encode(), "m.yaml").data == {"a": 1, "b": date(2026, 11, 21)}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "1:1: 文件: 文件是空的"),
        ("# 只有说明\n", "1:1: 文件: 文件是空的"),
        ("a:\n\tb: 1\n", "2:1: 文件: 这一行开头用了 Tab 键"),
        ("a:\n  b: 1\n \tc: 2\n", "3:2: 文件: 这一行开头用了 Tab 键"),
        ("a:\n  b：\n    c: 1\n", "2:4: 文件: 这里的冒号是中文的“：”"),
        ('a: 1\nb: "二\nc: 3\n', "2:4: 文件: 引号没有配对"),
        ("a: [1, 2\nb: 3\n", "1:4: 文件: 方括号没有配对"),
        ("a: {b: 1\nc: 2\n", "1:4: 文件: 花括号没有配对"),
        ("a: 电话: 12345\n", "1:6: 文件: 这里多了一个冒号"),
        ("a: 1\n  b: 2\n", "2:4: 文件: 这里多了一个冒号，或者缩进不对"),
        ("a: 1\nb\n", "2:1: 文件: 这里少了冒号"),
        ("a:\n  b: 1\n c: 2\n", "3:2: 文件: 缩进和上面不一致"),
        ("a: '甲' 乙\n", "1:8: 文件: 引号或括号后面又有文字"),
        ("a: @甲\n", "1:4: 文件: 这个符号不能放在开头"),
        ("a: *甲\n", "1:5: 文件: & 和 * 在开头有特殊的意思"),
        ("a: *x\n", "1:4: 文件: 没有叫“x”的锚点"),
        ("a: &x [*x]\n", "1:8: 文件: 没有叫“x”的锚点"),
        ("a: !secret 1\n", "1:4: 文件: ! 在开头有特殊的意思"),
        ("a: 1\n---\nb: 2\n", "3:1: 文件: 一个文件里只能有一份内容"),
        ("a: 甲\u0007乙\n", "1:5: 文件: 这里有一个看不见的特殊字符"),
        ("甲: 1\n".encode("gbk"), "1:1: 文件: 文件不是 UTF-8 编码"),
        (b"a: 1\nb: \xe4\xb8\xad\xff", "2:5: 文件: 文件不是 UTF-8 编码"),
        ("a: 1\n".encode("utf-16"), "1:1: 文件: 文件不是 UTF-8 编码"),
        ("a: " + "[" * 99, "1:42: 文件: 这里一层套一层，套得太深了"),
        ("a" * 2_000_001, "1:1: 文件: 文件太大了"),
        ("? [a]\n: 1\n", "1:3: 文件: 冒号左边只能是一个名字"),
        ("%YAML 9.9\n---\na: 1", "1:1: 文件: 文件的写法有误"),
    ],
)
def test_broken_writing_is_explained_where_it_is(content: str | bytes, problem: str) -> None:
    found = said(content)
    assert len(found) == 1
    assert found[0].startswith(f"m.yaml:{problem}")


def test_every_mark_of_an_unfinished_merge_is_named() -> None:
    found = said("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n")
    assert [problem.split(": ")[0] for problem in found] == ["m.yaml:1:1", "m.yaml:3:1", "m.yaml:5:1"]


def test_a_key_written_twice_is_named_with_the_first_place() -> None:
    document = read("a:\n  b: 1\n  c: 2\n  b: 3\n", "m.yaml")
    assert [str(problem) for problem in document.problems] == [
        "m.yaml:4:3: a.b: “b”写了两次，第一次在第 2 行; 同一层里每个名字只能写一次，请留一个"
    ]
    assert document.data == {"a": {"b": 1, "c": 2}}


def test_references_that_multiply_are_stopped() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert "引用（*）展开以后太多了" in said("\n".join(lines))[-1]


@pytest.mark.parametrize("word", ["yes", "No", "ON", "off", "y", "N"])
def test_yes_and_no_are_traps(word: str) -> None:
    right = "true" if word.lower() in ("yes", "on", "y") else "false"
    assert said(f"a: {word}\n") == [
        f"m.yaml:1:4: a: 没有加引号的“{word}”会被当成判断，不是文字; "
        f'判断写 true 或 false；要的是文字就加引号："{word}"; 是不是想写 {right}'
    ]
    assert said(f'a: "{word}"\n') == []


@pytest.mark.parametrize("word", ["0537", "007", "0o17", "0x1F", "1_000", "12:30", "+5", "1e3", ".5", ".inf", "="])
def test_numbers_that_are_not_read_as_they_look_are_traps(word: str) -> None:
    document = read(f"a: {word}\n", "m.yaml")
    surprising = yaml.safe_load(f"a: {word}\n")["a"] if word != "=" else None
    assert bool(document.problems) == (surprising != word)


@pytest.mark.parametrize("word", ["2026-13-45", "2026-02-30", "2026-11-21 10:00:00"])
def test_days_that_do_not_exist_or_have_an_hour_are_traps(word: str) -> None:
    assert "不是一个存在的日期" in said(f"a: {word}\n")[0]


@pytest.mark.parametrize("word", ["no", "1", "2026-11-21", "true", "null", "<<"])
def test_names_that_are_read_as_something_else_are_traps(word: str) -> None:
    assert f'当名字用要加引号："{word}"' in said(f"{word}: 甲\n")[0]
    assert said(f'"{word}": 甲\n') == []


def test_the_names_x_and_y_are_names() -> None:
    assert read("{x: 1, y: 2}", "m.yaml").data == {"x": 1, "y": 2}


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    assert [str(problem) for problem in read_path(tmp_path / "none.yaml", "none.yaml").problems] == [
        "none.yaml:1:1: 文件: 找不到这个文件; 请核对路径"
    ]
    assert read_path(tmp_path, "here").problems[0].what == "这个文件读不出来"
