"""One problem of a file as data: where it stands, what is wrong, what is allowed, and the nearest right word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Path = tuple[str | int, ...]
WHOLE = "文件"
MOST_WORDS = 12
LONGEST_QUOTE = 40


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`line` and `column` count from 1, as editors show them."""

    file: str
    line: int
    column: int
    where: str
    what: str
    allowed: str = ""
    guess: str = ""

    def __str__(self) -> str:
        guess = f"是不是想写 {self.guess}" if self.guess else ""
        said = "; ".join(filter(None, (self.what, self.allowed, guess)))
        return f"{self.file}:{self.line}:{self.column}: {self.where}: {said}"


def dotted(path: Path) -> str:
    """`("items", "x", "opens_on", 0)` as `items.x.opens_on[1]`: people count from one."""
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{one_line(part)}" for part in path)
    return text.removeprefix(".") or WHOLE


def quote(value: object) -> str:
    return f"“{one_line(str(value))}”"


def one_line(text: str) -> str:
    """A problem is one line, whatever the file holds."""
    tidy = "".join(character if character.isprintable() else " " for character in text)
    return tidy if len(tidy) <= LONGEST_QUOTE else f"{tidy[:LONGEST_QUOTE]}…"


def can_be(words: Iterable[str]) -> str:
    every = list(words)
    shown = "、".join(every[:MOST_WORDS])
    more = f"…（共 {len(every)} 个）" if len(every) > MOST_WORDS else ""
    return f"可以写：{shown}{more}" if every else ""


def nearest(word: str, known: Iterable[str] | Mapping[str, object]) -> str:
    """The known word most like this one; where `known` gives each word's Chinese name, that name finds it too."""
    names: Mapping[str, object] = known if isinstance(known, Mapping) else {}
    by_form = {_form(name): one for one, name in names.items() if isinstance(name, str) and name}
    by_form |= {_form(one): one for one in known}
    found = difflib.get_close_matches(_form(word), list(by_form), n=1)
    return by_form[found[0]] if found else ""


def meant(word: str, known: Iterable[str] | Mapping[str, str]) -> str:
    """The word itself or, for a slip, the known word it stands for: one slip is one problem, not several."""
    return word if word in known else nearest(word, known) or word


def _form(word: str) -> str:
    return word[:100].lower().replace("_", "-").strip()
