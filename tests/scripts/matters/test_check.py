"""The checker as a whole: the shipped file passes, every problem comes at once, and nothing makes it fall over."""

import ast
import copy
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.catalogue.kinds import KINDS
from scripts.matters import compile as compiler
from scripts.matters.check import check_path, check_text, examine
from scripts.matters.place import Report
from scripts.matters.read import read, read_path
from scripts.matters.rules import RULES, Rule
from tests.scripts.matters.small import TEXT, changed, place_of

ROOT = Path(__file__).resolve().parents[3]
MATTERS = ROOT / "matters.yaml"
SHIPPED = MATTERS.read_text("utf-8")
DATA = yaml.safe_load(SHIPPED)


def check(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "check.py"), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_shipped_catalogue_has_no_problem() -> None:
    assert check_path(MATTERS) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__module__.rpartition(".")[2])
def test_the_shipped_catalogue_keeps_each_rule(rule: Rule) -> None:
    checked = examine(read_path(MATTERS))
    assert len(checked.places) == 2
    for place in checked.places:
        report = Report(checked.document, roots=(("localities", place.slug), ("shared",)))
        rule(place, report)
        assert report.problems == []


def test_every_rule_file_is_among_the_rules() -> None:
    files = {path.stem for path in (ROOT / "scripts" / "matters" / "rules").glob("*.py")} - {"__init__"}
    assert {rule.__module__.rpartition(".")[2] for rule in RULES} == files
    tests = {path.stem for path in (Path(__file__).parent / "rules").glob("test_*.py")}
    assert {f"test_{name}" for name in files} == tests


def test_every_problem_comes_at_once_in_the_order_of_the_file() -> None:
    text = (
        changed("lead: office", "lead: ofice").replace("silent: true", "silnt: true").replace("kind: phone", "kind: no")
    )
    problems = check_text(text)
    assert [(one.line, one.where) for one in problems] == [
        (int(place_of(text, "kind: no").split(":")[0]), "shared.fields.applicant.phone.kind"),
        (int(place_of(text, "lead: ofice").split(":")[0]), "localities.linshi.lead"),
        (int(place_of(text, "silnt").split(":")[0]), "localities.linshi.items.licence.silnt"),
    ]


def test_a_problem_is_written_with_place_reason_allowed_words_and_guess() -> None:
    text = changed("agency: police", "agency: polcie")
    assert [str(one) for one in check_text(text, "my.yaml")] == [
        f"my.yaml:{place_of(text, 'polcie')}: localities.linshi.items.licence.agency: 没有叫“polcie”的部门; "
        "可以写：office、health、social、police; 是不是想写 police"
    ]


def test_a_catalogue_without_problems_can_be_compiled() -> None:
    assert set(compiler.compile_all(read(TEXT, "small").data)) == {"linshi"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- a\n", "m.yaml:1:1: 文件: 文件里要写几项“名: 值”，写的是一列内容; 可以写：shared、localities"),
        ("shared: {}\n", "m.yaml:1:1: 文件: 缺少 localities; 至少要有一个地区"),
        ("localities: {}\n", "m.yaml:1:13: localities: 一个地区也没有; 至少要有一个地区"),
    ],
)
def test_a_catalogue_without_localities_is_refused(text: str, problem: str) -> None:
    assert [str(one) for one in check_text(text, "m.yaml")] == [problem]


def test_unknown_parts_of_the_file_are_refused() -> None:
    assert str(check_text(TEXT + "localties: {}\n", "m.yaml")[0]).endswith(
        "localties: 这里没有叫“localties”的内容; 可以写：shared、localities; 是不是想写 localities"
    )


def test_a_broken_locality_does_not_hide_the_others() -> None:
    text = changed("lead: office", "lead: ofice") + "  other: 1\n"
    assert {problem.where for problem in check_text(text)} >= {"localities.linshi.lead", "localities.other"}


def test_the_command_says_what_it_counted() -> None:
    done = check()
    assert done.returncode == 0
    assert done.stdout.startswith("matters.yaml 没有问题：地区 2，")
    assert "情形组合 198" in done.stdout
    assert done.stderr == ""


def test_the_command_lists_the_problems_and_their_number(tmp_path: Path) -> None:
    text = changed("agency: police", "agency: polcie")
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    done = check("--matters", "mine.yaml", folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0].startswith(
        f"mine.yaml:{place_of(text, 'polcie')}: localities.linshi.items.licence.agency: "
    )
    assert done.stdout.splitlines()[1:] == ["mine.yaml 有 1 个问题，请改好后再检查。"]
    assert done.stderr == ""


def test_the_command_survives_a_missing_file() -> None:
    done = check("--matters", "none.yaml")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("none.yaml:1:1: 文件: 找不到这个文件")


def test_every_problem_that_the_program_can_report_is_worded() -> None:
    used = {code for path in (ROOT / "backend").rglob("*.py") for code in _codes(path)}
    assert used
    assert used - set(DATA["shared"]["problems"]) == set()


def _codes(path: Path) -> set[str]:
    """The literals that stand first in `Problem(…)`."""
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    first = [call.args[0] for call in calls if getattr(call.func, "id", "") == "Problem" and call.args]
    found = (node.value for argument in first for node in _chosen(argument) if isinstance(node, ast.Constant))
    return {str(value) for value in found}


def _chosen(argument: ast.expr) -> list[ast.expr]:
    return [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]


def _nodes(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, one in children for deeper in _nodes(one, (*path, key)))]


NODES = [path for path in _nodes(DATA) if path]
ODD = [None, True, 0, -1, 3.5, "", "x", "否", [], ["x"], [[]], [None], {}, {"x": None}, {"": {}}, {"when": {"a": [1]}}]


@pytest.mark.slow
@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(st.sampled_from(NODES), st.sampled_from(["delete", "rename", *range(len(ODD))])),
        min_size=1,
        max_size=6,
    )
)
def test_no_missing_or_odd_part_makes_the_checker_fall_over(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    data = copy.deepcopy(DATA)
    for path, change in changes:
        _change(data, path, change)
    text = json.dumps(data, ensure_ascii=False, indent=1, default=str)  # YAML, too
    for problem in check_text(text):
        assert problem.line >= 1
        assert "\n" not in str(problem)


def _change(data: Any, path: tuple[Any, ...], change: Any) -> None:
    try:
        for key in path[:-1]:
            data = data[key]
        if change == "delete":
            del data[path[-1]]
        elif change == "rename":
            data["odd"] = data.pop(path[-1])
        else:
            data[path[-1]] = copy.deepcopy(ODD[change])
    except (KeyError, IndexError, TypeError, AttributeError):
        return  # an earlier change took this part away


@pytest.mark.slow
@settings(max_examples=50)
@given(
    st.integers(0, 2**32),
    st.sampled_from(
        ["", "\t", ":", "：", "[", "}", '"', "- ", "&a ", "*a", "!", "\n", "\0", "字", "#", "|", "%", "<<: "]
    ),
)
def test_no_slip_of_the_keyboard_makes_the_checker_fall_over(seed: int, typed: str) -> None:
    chance = random.Random(seed)
    start = chance.randrange(len(SHIPPED))
    text = SHIPPED[:start] + typed + SHIPPED[start + chance.randrange(12) :]
    for problem in check_text(text):
        assert 1 <= problem.line <= text.count("\n") + 2


@settings(max_examples=200)
@given(st.text(alphabet="ab:{}[]-,\n \t\"'&*!|>%@#?0é字", max_size=60) | st.binary(max_size=40))
def test_nothing_at_all_makes_the_checker_fall_over(content: str | bytes) -> None:
    assert check_text(content)


def test_kinds_of_the_shape_are_those_of_the_program() -> None:
    for kind in KINDS:
        assert check_text(changed("kind: phone", f"kind: {kind}")) == []
