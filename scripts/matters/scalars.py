"""What an unquoted word of YAML means, and the words that mean something other than what people read.

>>> value("济宁市"), value("3"), value("3.6"), value("true")
('济宁市', 3, 3.6, True)
>>> value("no").what
'没有加引号的“no”会被当成判断，不是文字'
>>> value("0537").what
'以 0 开头的数字“0537”会被当成八进制或者丢掉 0'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from yaml import ScalarNode
from yaml.resolver import Resolver

Scalar = str | int | float | bool | date | None
QUOTE = "请加上引号，例如 "
_RESOLVER = Resolver()
_PREFIX = "tag:yaml.org,2002:"
_YES_NO = {"y": "true", "yes": "true", "on": "true", "n": "false", "no": "false", "off": "false"}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,9}")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+")


@dataclass(frozen=True, slots=True)
class Trap:
    """A word that YAML does not read the way it looks."""

    what: str
    allowed: str
    guess: str = ""


def value(text: str) -> Scalar | Trap:
    """The value of a plain scalar, or why it must be written otherwise."""
    if text.lower() in _YES_NO:
        return _yes_no(text)
    if _LEADING_ZERO.fullmatch(text):
        return _quote_it(f"以 0 开头的数字“{text[:40]}”会被当成八进制或者丢掉 0", text)
    tag = str(_RESOLVER.resolve(ScalarNode, text, (True, False)))  # type: ignore[no-untyped-call]
    tag = tag.removeprefix(_PREFIX)
    if tag == "timestamp":
        return _day(text)
    return _number(text) if tag in {"int", "float"} else _word(text, tag)


def _yes_no(text: str) -> Trap:
    return Trap(
        f"没有加引号的“{text}”会被当成判断，不是文字",
        f'判断写 true 或 false；要的是文字就加引号："{text}"',
        _YES_NO[text.lower()],
    )


def _number(text: str) -> Scalar | Trap:
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return _quote_it(f"“{text[:40]}”会被当成一个奇怪的数字", text)


def _day(text: str) -> Scalar | Trap:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Trap(f"“{text[:40]}”不是一个存在的日期", "日期写成 2026-11-21 这样；要的是文字就加引号")


def _word(text: str, tag: str) -> Scalar | Trap:
    match tag:
        case "bool":
            return text.lower() == "true"
        case "null":
            return None
        case "str":
            return text
    return _quote_it(f"“{text[:40]}”在这里有特殊的意思", text)


def _quote_it(what: str, text: str) -> Trap:
    return Trap(what, f'{QUOTE}"{text[:40]}"')
