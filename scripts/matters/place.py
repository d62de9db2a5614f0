"""One locality as the rules see it: shared content merged in, only what has the right shape, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .problem import Path, Problem, dotted, meant
from .read import Document


@dataclass(frozen=True, slots=True)
class Place:
    """`data` has every key of the shape; what was missing or wrong is blank (None, [], {}).

    `shared` and `own` are what `data` was merged from, as written.
    """

    slug: str
    data: Mapping[str, Any]
    shared: Mapping[str, Any]
    own: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.data[key]

    def each(self, *pattern: str | int) -> Iterator[tuple[Path, Any]]:
        """Every value that is there at `("items", "*", "opens_on", "*")`, with its path."""
        return _each(self.data, pattern, ())

    def names(self, group: str) -> dict[str, str]:
        """Slug to official name of the agencies, materials, items ..."""
        return {slug: (value or {}).get("name") or "" for slug, value in self.data[group].items()}

    @property
    def certificates(self) -> dict[str, str]:
        names = self.names("materials")
        return {slug: names[slug] for slug, material in self["materials"].items() if material["certificate"]}

    @property
    def askable(self) -> dict[str, str]:
        """What a step of the online form may ask for, with what it is called."""
        labels = {path: field["label"] or "" for path, field in self["fields"].items()}
        answers = {f"answers.{slug}": question["label"] or "" for slug, question in self["questions"].items()}
        return {**labels, **answers, "matters": "办理事项", "payee": "收款方式", "eligibility": "办理条件"}

    @property
    def asked_fields(self) -> dict[str, Path]:
        """What the online form asks for, each with where its step names it first.

        A slip counts as what was meant, so that it is one problem and not twenty.
        """
        found: dict[str, Path] = {}
        askable = self.askable
        for path, name in self.each("form", "steps", "*", "fields", "*"):
            found.setdefault(meant(name, list(askable)), path)
        return found

    @property
    def asked_accounts(self) -> list[str]:
        """The accounts whose fields are on the online form."""
        parts = [name.split(".") for name in self.asked_fields]
        return list(dict.fromkeys(part[1] for part in parts if part[0] == "accounts" and len(part) > 2))


@dataclass(slots=True)
class Report:
    """Collects problems of one part of the document; knows where each value was written."""

    document: Document
    roots: tuple[Path, ...]
    partial: bool = False
    problems: list[Problem] = field(default_factory=list)
    told: list[Path] = field(default_factory=list)

    def say(self, path: Path, what: str, allowed: str = "", guess: str = "", *, at_key: bool = False) -> None:
        self.told.append(path)
        whole = self.written(path)
        line, column = self.document.where_key(whole) if at_key else self.document.where(whole)
        self.problems.append(Problem(self.document.name, line, column, dotted(whole), what, allowed, guess))

    def said(self, path: Path) -> bool:
        return self.written(path) in self.document.troubled

    def told_below(self, *path: str | int) -> bool:
        """Whether something is wrong in this part already, so that what follows from it says nothing new."""
        return any(one[: len(path)] == path for one in self.told)

    def written(self, path: Path) -> Path:
        """The path in the file: of the locality itself where it says so, else of what all share."""
        for length in range(len(path), 0, -1):
            for root in self.roots:
                if (*root, *path[:length]) in self.document.values:
                    return (*root, *path[:length])
        return self.roots[0]


def _each(value: Any, pattern: tuple[str | int, ...], path: Path) -> Iterator[tuple[Path, Any]]:
    if not pattern:
        if value is not None:
            yield path, value
        return
    first, rest = pattern[0], pattern[1:]
    for key, one in _children(value):
        if first in ("*", key):
            yield from _each(one, rest, (*path, key))


def _children(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)
