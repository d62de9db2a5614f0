"""What a broken YAML file suffers from, in words an editor understands: one problem, where to look, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yaml import MarkedYAMLError, YAMLError
from yaml.reader import Reader

from .problem import WHOLE, Problem, one_line

LARGEST = 2_000_000
NEARBY = 8
_CONFLICT = re.compile(r"<{7}( |$)|={7}$|>{7}( |$)")
_WIDE_COLON = re.compile(r"\s*(- +)?[\"']?[A-Za-z][\w.-]*[\"']?：")


@dataclass(frozen=True, slots=True)
class Advice:
    """What PyYAML's `words` mean and what to do. `at_beginning`: look where the broken part begins."""

    words: str
    what: str
    allowed: str
    at_beginning: bool = False


_ADVICE = (
    Advice("quoted scalar", "引号没有配对", "每个引号都要有另一半；文字里本来就有引号的，用“”", True),
    Advice("flow sequence", "方括号没有配对，或者中间少了逗号", "写成 [甲, 乙]，用英文的括号和逗号", True),
    Advice("flow mapping", "花括号没有配对，或者中间少了逗号", "写成 {名: 值, 名: 值}，用英文的括号、冒号和逗号", True),
    Advice(
        "mapping values are not allowed",
        "这里多了一个冒号，或者缩进不对",
        "文字里有“冒号加空格”的要把整句加上引号；同一层的内容左边要对齐",
    ),
    Advice("could not find expected ':'", "这里少了冒号", "写成 名: 值，英文冒号后面空一格", True),
    Advice(
        "but found '<scalar>'",
        "引号或括号后面又有文字，或者缩进和上面不一致",
        "整句一起加上引号；同一层的内容左边要对齐",
    ),
    Advice("expected <block end>", "缩进和上面不一致", "同一层的内容左边要对齐，只用空格"),
    Advice("cannot start any token", "这个符号不能放在开头", "请把整句加上引号"),
    Advice("alphabetic or numeric", "& 和 * 在开头有特殊的意思", "请把整句加上引号"),
    Advice("a tag", "! 在开头有特殊的意思", "请把整句加上引号"),
    Advice("document start", "一个文件里只能有一份内容", "请去掉 --- 或者 ... 以及多出来的内容"),
)


def before_parsing(text: str, name: str) -> Iterator[Problem]:
    """What can be said better than the parser would, or must be said before it runs."""
    if len(text) > LARGEST:
        yield Problem(name, 1, 1, WHOLE, "文件太大了", f"最多 {LARGEST // 1_000_000} 百万字")
        return
    if hidden := Reader.NON_PRINTABLE.search(text):
        line, column = place_of(text, hidden.start())
        yield Problem(name, line, column, WHOLE, "这里有一个看不见的特殊字符", "请删掉后重新输入")
    for number, line_text in enumerate(text.splitlines(), 1):
        if _CONFLICT.match(line_text):
            what = f"这是两个人同时修改留下的记号“{line_text[:7]}”"
            yield Problem(name, number, 1, WHOLE, what, "请选定一份内容，把 <<<<<<<、=======、>>>>>>> 都删掉")


def place_of(text: str, index: int) -> tuple[int, int]:
    """Line and column, both from 1, of a character."""
    before = text[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1


def explain(error: YAMLError, text: str, name: str) -> Problem:
    """The one problem behind a parser's error."""
    if not isinstance(error, MarkedYAMLError) or not (mark := error.problem_mark or error.context_mark):
        return Problem(name, 1, 1, WHOLE, f"文件的写法有误（{one_line(str(error))}）", "请看编辑手册里的写法")
    lines = text.splitlines()
    for number in _upwards(mark.line, lines):
        if lines[number].startswith("\t") or re.match(r" *\t", lines[number]):
            column = lines[number].index("\t") + 1
            return Problem(name, number + 1, column, WHOLE, "这一行开头用了 Tab 键", "缩进只能用空格，每层两个")
        if wide := _WIDE_COLON.match(lines[number]):
            what = "这里的冒号是中文的“：”"
            return Problem(name, number + 1, wide.end(), WHOLE, what, "请改成英文冒号，后面空一格")
    return _advise(error, name)


def _advise(error: MarkedYAMLError, name: str) -> Problem:
    said = f"{error.context or ''} {error.problem or ''}"
    unknown = Advice("", f"文件的写法有误（{one_line(said.strip())}）", "请看编辑手册里的写法")
    advice = next((one for one in _ADVICE if one.words in said), unknown)
    mark = (error.context_mark if advice.at_beginning else None) or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(name, line, column, WHOLE, advice.what, advice.allowed)


def _upwards(at: int, lines: Sequence[str]) -> Iterator[int]:
    """The line of the error and those just above it: what is wrong often stands there."""
    last = min(at, len(lines) - 1)
    return iter(range(last, max(last - NEARBY, -1), -1))
