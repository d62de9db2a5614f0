"""The words in which the shape of a file is described: plain data, fitted to a document, and fit to be exported.

`fit` says everything that is wrong and answers with a sound value: what does not fit is left blank, so that
the rules after it need not look again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from .problem import Path, can_be, nearest, quote

SLUG = r"[a-z][a-z0-9]*([-_][a-z0-9]+)*"
SLUG_MEANS = "编号只用小写英文字母、数字和 -，例如 death-certificate"
TRUE_FALSE = {"true": "是", "false": "否"}


class Reporter(Protocol):
    """Where problems go. `partial`: a part to be completed by another, so nothing is missing yet."""

    partial: bool

    def say(self, path: Path, what: str, allowed: str = "", guess: str = "", *, at_key: bool = False) -> None: ...

    def said(self, path: Path) -> bool:
        """Whether something was said about this very value already."""
        ...


class Shape(Protocol):
    def fit(self, value: Any, path: Path, report: Reporter) -> Any: ...

    def blank(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or a word. `empty`: may be "" on purpose. `pattern` is explained by `pattern_means`."""

    empty: bool = False
    pattern: str = ""
    pattern_means: str = ""

    def fit(self, value: Any, path: Path, report: Reporter) -> str | None:
        if report.said(path):
            return None
        if value is None or (isinstance(value, str) and not value.strip() and not self.empty):
            report.say(path, "这里没有填写", "要写一段文字")
        elif not isinstance(value, str):
            report.say(path, f"这里要写文字，写的是{described(value)}", _as_text(value))
        elif self.pattern and not re.fullmatch(self.pattern, value):
            report.say(path, f"{quote(value)}的写法不对", self.pattern_means)
        else:
            return value
        return None

    def blank(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words, each with what it means."""

    words: Mapping[str, str]

    def fit(self, value: Any, path: Path, report: Reporter) -> str | None:
        if report.said(path):
            return None
        if isinstance(value, str) and value in self.words:
            return value
        what = "这里没有填写" if value is None else f"这里不能写{described(value)}"
        guess = nearest(value, self.words) if isinstance(value, str) else ""
        report.say(path, what, can_be(self.words), guess)
        return None

    def blank(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def fit(self, value: Any, path: Path, report: Reporter) -> bool | None:
        if isinstance(value, bool):
            return value
        if not report.said(path):
            guess = nearest(value, TRUE_FALSE) if isinstance(value, str) else ""
            report.say(path, f"这里是判断，写的是{described(value)}", "可以写：true、false", guess)
        return None

    def blank(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Number:
    """A number; whole ones only unless `decimal`."""

    least: float = 0
    most: float = 1000
    decimal: bool = False

    def fit(self, value: Any, path: Path, report: Reporter) -> float | None:
        right = isinstance(value, int | float if self.decimal else int) and not isinstance(value, bool)
        if right and self.least <= value <= self.most:
            return value  # type: ignore[no-any-return]
        if not report.said(path):
            kind = "数字" if self.decimal else "整数"
            allowed = f"可以写：{self.least:g} 到 {self.most:g} 的{kind}，不加引号"
            report.say(path, f"这里要写{kind}，写的是{described(value)}", allowed)
        return None

    def blank(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or only a year where the document gives no more."""

    year_is_enough: bool = False

    def fit(self, value: Any, path: Path, report: Reporter) -> date | int | None:
        is_year = self.year_is_enough and isinstance(value, int) and not isinstance(value, bool)
        if isinstance(value, date) or (is_year and 1900 <= value <= 2200):
            return value  # type: ignore[no-any-return]
        if not report.said(path):
            also = "，只知道年份的写 2026" if self.year_is_enough else ""
            report.say(path, f"这里要写日期，写的是{described(value)}", f"写成 2026-11-21 这样，不加引号{also}")
        return None

    def blank(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Listing:
    """Several of one shape, in order. `most` is 0 where there is no bound."""

    of: Shape
    least: int = 0
    most: int = 0
    repeats: bool = False

    def fit(self, value: Any, path: Path, report: Reporter) -> list[Any]:
        if not isinstance(value, list):
            if not report.said(path):
                report.say(path, f"这里要写一列，写的是{described(value)}", "写成 [甲, 乙]，或者每行一个、用“- ”开头")
            return []
        if len(value) < self.least or (self.most and len(value) > self.most):
            bound = f"要有 {self.least} 到 {self.most} 个" if self.most else f"至少要有 {self.least} 个"
            report.say(path, f"这里写了 {len(value)} 个", bound)
        if not self.repeats:
            self._say_repeats(value, path, report)
        return [self.of.fit(one, (*path, number), report) for number, one in enumerate(value)]

    def _say_repeats(self, value: list[Any], path: Path, report: Reporter) -> None:
        for number, one in enumerate(value):
            if isinstance(one, str) and one in value[:number]:
                report.say((*path, number), f"{quote(one)}写了两次", "请留一个")

    def blank(self) -> list[Any]:
        return []


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record: its shape, what it means, whether it must be there."""

    shape: Shape
    means: str = ""
    required: bool = True


def optional(shape: Shape, means: str = "") -> Key:
    return Key(shape, means, required=False)


@dataclass(frozen=True, slots=True)
class Record:
    """Known keys. `rest` is the shape of any others; None: there are no others."""

    keys: Mapping[str, Key]
    rest: Shape | None = None

    def fit(self, value: Any, path: Path, report: Reporter) -> dict[str, Any]:
        if not isinstance(value, dict):
            _say_not_mapping(value, path, report, can_be(self.keys))
            return self.blank()
        known = {name: self._fit_key(name, key, value, path, report) for name, key in self.keys.items()}
        others = {name: one for name, one in value.items() if name not in self.keys}
        if self.rest is not None:
            return known | {name: self.rest.fit(one, (*path, name), report) for name, one in others.items()}
        for name, one in others.items():
            self._say_unknown(name, one, value, path, report)
        return known

    def _fit_key(self, name: str, key: Key, value: Mapping[str, Any], path: Path, report: Reporter) -> Any:
        if name in value:
            return key.shape.fit(value[name], (*path, name), report)
        if key.required and not report.partial:
            others = [one for one in value if one not in self.keys] if self.rest else []
            meant = nearest(name, others)
            what = f"缺少 {name}" + (f"（写成了 {meant}）" if meant else "")
            report.say(path, what, f"要写：{key.means}" if key.means else "", at_key=True)
        return key.shape.blank()

    def _say_unknown(self, name: str, one: Any, value: Mapping[str, Any], path: Path, report: Reporter) -> None:
        if report.said((*path, name)):
            return
        free = [key for key in self.keys if key not in value]
        if one is None and nearest(name, free) == "":
            what = f"这里多出{quote(name)}：花括号里的文字如果有英文逗号或冒号，会被拆开"
            report.say((*path, name), what, f"把整句加上引号；{can_be(self.keys)}", at_key=True)
        else:
            guess = nearest(name, {key: self.keys[key].means for key in free}) or nearest(name, list(self.keys))
            report.say((*path, name), f"这里没有叫{quote(name)}的内容", can_be(self.keys), guess, at_key=True)

    def blank(self) -> dict[str, Any]:
        return {name: key.shape.blank() for name, key in self.keys.items()}


@dataclass(frozen=True, slots=True)
class Map:
    """Names of the editor's choosing, each with a value of one shape."""

    of: Shape
    pattern: str = SLUG
    pattern_means: str = SLUG_MEANS
    least: int = 0
    reserved: frozenset[str] = field(default_factory=frozenset)

    def fit(self, value: Any, path: Path, report: Reporter) -> dict[str, Any]:
        if not isinstance(value, dict):
            _say_not_mapping(value, path, report, "没有就写 {}")
            return {}
        if len(value) < self.least and not report.partial:
            report.say(path, "这里是空的", f"至少要有 {self.least} 个")
        for name in value:
            self._check_name(name, (*path, name), report)
        return {name: self.of.fit(one, (*path, name), report) for name, one in value.items()}

    def _check_name(self, name: str, path: Path, report: Reporter) -> None:
        if report.said(path):
            return
        if name in self.reserved:
            report.say(path, f"{quote(name)}另有用处，不能当编号", "请换一个编号", at_key=True)
        elif not re.fullmatch(self.pattern, name) or len(name) > 60:
            report.say(path, f"编号{quote(name)}的写法不对", self.pattern_means, at_key=True)

    def blank(self) -> dict[str, Any]:
        return {}


@dataclass(frozen=True, slots=True)
class OneOf:
    """Several shapes; which one is meant shows in the kind of value."""

    text: Shape
    flag: Shape | None = None
    listing: Shape | None = None
    mapping: Shape | None = None

    def fit(self, value: Any, path: Path, report: Reporter) -> Any:
        kinds = ((bool, self.flag), (list, self.listing), (dict, self.mapping))
        fitting = (shape for kind, shape in kinds if shape and isinstance(value, kind))
        return next(fitting, self.text).fit(value, path, report)

    def blank(self) -> Any:
        return self.text.blank()


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts in any arrangement, which only pages show."""

    def fit(self, value: Any, path: Path, report: Reporter) -> Any:
        if isinstance(value, dict):
            return {name: self.fit(one, (*path, name), report) for name, one in value.items()}
        if isinstance(value, list):
            return [self.fit(one, (*path, number), report) for number, one in enumerate(value)]
        return Text().fit(value, path, report)

    def blank(self) -> None:
        return None


def described(value: Any) -> str:
    """What stands there, in words."""
    match value:
        case None:
            return "空白"
        case bool():
            return f"判断 {str(value).lower()}"
        case int() | float():
            return f"数字 {value}"
        case date():
            return f"日期 {value}"
        case list():
            return "一列内容"
        case dict():
            return "几项“名: 值”"
    return quote(value)


def _say_not_mapping(value: Any, path: Path, report: Reporter, allowed: str) -> None:
    if report.said(path):
        return
    if isinstance(value, str) and "：" in value:
        report.say(path, f"{quote(value)}里的冒号是中文的“：”", "请改成英文冒号，后面空一格")
    else:
        report.say(path, f"这里要写几项“名: 值”，写的是{described(value)}", allowed)


def _as_text(value: Any) -> str:
    if isinstance(value, bool | int | float | date):
        return f'要的是文字就加引号："{str(value).lower()}"'
    return "要写一段文字"
