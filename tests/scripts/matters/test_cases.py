"""Routing cases are compared with the planner; what differs, and slips in the cases themselves, are said."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.matters.cases import catalogues, read_cases, run
from scripts.matters.read import read
from tests.scripts.matters.small import TEXT

ROOT = Path(__file__).resolve().parents[3]
KNOWN = catalogues(read(TEXT, "small"))
CASE = """\
- name: 领取中的
  locality: linshi
  channel: online
  answers: {insurance: town, drawing: true}
  matters: [pension]
  payee: heir
  on_file: [death-certificate]
  tasks:
    town-drawing: []
    licence: []
  uploads: [id-card]
  payees: {town-drawing: [heir, card]}
  left_out: []
"""


def outcome(text: str, folder: Path) -> list[str]:
    path = folder / "cases.yaml"
    path.write_text(text, "utf-8")
    cases, problems = read_cases(path, KNOWN, "cases.yaml")
    return [str(one) for one in problems] or [str(one) for one in run(cases, KNOWN)]


def test_a_case_that_holds_says_nothing(tmp_path: Path) -> None:
    assert outcome(CASE, tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        (
            "    town-drawing: []\n",
            "    town-working: [death-certificate]\n",
            "领取中的: tasks: 应为 {licence: [], town-working: [death-certificate]}，"
            "实为 {licence: [], town-drawing: []}",
        ),
        ("uploads: [id-card]", "uploads: []", "领取中的: uploads: 应为 []，实为 [id-card]"),
        (
            "{town-drawing: [heir, card]}",
            "{town-drawing: [card]}",
            "领取中的: payees: 应为 {town-drawing: [card]}，实为 {town-drawing: [card, heir]}",
        ),
        ("left_out: []", "left_out: [licence]", "领取中的: left_out: 应为 [licence]，实为 []"),
        ("left_out: []", "error: payee", "领取中的: error: 应为 [payee]，实为 []"),
        ("  payee: heir\n", "", "领取中的: error: 应为 没有，实为 payee"),
        ("left_out: []", "done_already: [cremation]", "领取中的: done_already: 应为 [cremation]，实为 []"),
        ("left_out: []", "counter_only: [cremation]", "领取中的: counter_only: 应为 [cremation]，实为 []"),
        (
            "left_out: []",
            "undetermined: {pension: [town-working]}",
            "领取中的: undetermined: 应为 {pension: [town-working]}，实为 {}",
        ),
    ],
)
def test_what_differs_is_said_with_what_was_expected(old: str, new: str, difference: str, tmp_path: Path) -> None:
    assert old in CASE
    assert outcome(CASE.replace(old, new), tmp_path) == [difference]


def test_an_unknown_answer_gives_one_undetermined_task(tmp_path: Path) -> None:
    text = CASE.replace("drawing: true", "drawing: unknown").replace("    town-drawing: []\n", "")
    text = text.replace("  payees: {town-drawing: [heir, card]}\n", "")
    assert outcome(text + "  undetermined: {pension: [town-working, town-drawing]}\n", tmp_path) == []


def test_a_case_may_fail_its_conditions(tmp_path: Path) -> None:
    text = CASE.split("  tasks:")[0] + "  eligibility: {lived_here: false}\n  error: eligibility\n"
    assert outcome(text, tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  uploads:", "  upload:", "cases.yaml:11:3: [1].upload: 这里没有叫“upload”的内容; "),
        ("linshi", "linsi", "cases.yaml:2:13: [1].locality: 没有叫“linsi”的地区; 可以写：linshi; 是不是想写 linshi"),
        ("online", "phone", "cases.yaml:3:12: [1].channel: 这里不能写“phone”; 可以写：online、counter"),
        (
            "drawing:",
            "drawin:",
            "cases.yaml:4:30: [1].answers.drawin: 没有叫“drawin”的情形; 可以写：insurance、drawing",
        ),
        (
            "town,",
            "twon,",
            "cases.yaml:4:24: [1].answers.insurance: 情形 insurance 没有这个回答; 可以写：town、village、unknown",
        ),
        ("drawing: true", "drawing: yes", "cases.yaml:4:39: [1].answers.drawing: 没有加引号的“yes”会被当成判断"),
        ("- name: 领取中的\n  l", "- l", "cases.yaml:1:3: [1]: 缺少 name; "),
        (CASE, "[]", "cases.yaml:1:1: 文件: 这里写了 0 个; 至少要有 1 个"),
        (CASE, "a: 1", "cases.yaml:1:1: 文件: 这里要写一列"),
    ],
)
def test_slips_in_the_cases_are_problems_too(old: str, new: str, problem: str, tmp_path: Path) -> None:
    found = outcome(CASE.replace(old, new), tmp_path)
    assert len(found) == 1
    assert found[0].startswith(problem)


def check(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "check.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_compares_the_cases(tmp_path: Path) -> None:
    matters, cases = tmp_path / "matters.yaml", tmp_path / "cases.yaml"
    matters.write_text(TEXT, "utf-8")
    cases.write_text(CASE, "utf-8")
    done = check("--matters", str(matters), "--cases", str(cases))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1] == f"{cases} 没有问题：1 种情形都和预期一样。"
    cases.write_text(CASE.replace("uploads: [id-card]", "uploads: []"), "utf-8")
    done = check("--matters", str(matters), "--cases", str(cases))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[1:] == [
        "领取中的: uploads: 应为 []，实为 [id-card]",
        "1 种情形里有 1 种和预期不一样。",
    ]


def test_the_command_survives_missing_cases() -> None:
    done = check("--cases", "none.yaml")
    assert (done.returncode, done.stderr) == (1, "")
    assert "none.yaml:1:1: 文件: 找不到这个文件" in done.stdout
