"""What somebody typed, and what was wrong with it, by the names that the form's pages use.

`value:path` the text · `is:path=value` whether it was ticked · `given:path,…` whether any was filled in ·
`shown:kind:path` the text for reading · `carry:name` and `others:name,…` fields as hidden inputs ·
`wrong`, `count`, `problems` all of what was wrong · `wrong:path`, `problems:path` what was wrong there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from chalicelib.catalogue.kinds import KindError, kind
from chalicelib.catalogue.kinds.date import compact

from .page import Page, names

Fields = Mapping[str, Sequence[str]]
Problems = Sequence[tuple[str, str]]
"""(field, message)"""
_PARTS = ("year", "month", "day")


class Typed:
    """`page` says which fields it has a place for: other problems stand in the summary alone."""

    def __init__(self, fields: Fields, problems: Problems, page: Page) -> None:
        self._fields = fields
        self._anchors = list(dict.fromkeys(_paths(names(page))))
        self._problems = [{"anchor": self._anchor(field), "message": message} for field, message in problems]

    def __call__(self, name: str) -> object:
        kind, _, argument = name.partition(":")
        return self._looks[kind](self, argument) if kind in self._looks else None

    def value(self, path: str) -> str:
        """The first text of that name; a part of a date is found in the whole date too."""
        if texts := self._fields.get(path):
            return texts[0]
        whole, _, part = path.rpartition(".")
        return _part(self._fields[whole][0], part) if part in _PARTS and self._fields.get(whole) else ""

    def _is(self, argument: str) -> bool:
        path, _, value = argument.partition("=")
        return value in self._fields.get(path, ())

    def _given(self, paths: str) -> bool:
        return any(self._texts(path) for path in paths.split(","))

    def _texts(self, path: str) -> list[str]:
        found = [text for name, texts in self._fields.items() if _below(name, path) for text in texts]
        return [text for text in found if text.strip()]

    def _shown(self, argument: str) -> str:
        name, _, path = argument.partition(":")
        parts = "-".join(filter(None, (self.value(f"{path}.{part}") for part in _PARTS))) if name == "date" else ""
        text = parts or self.value(path)
        try:
            return kind(name).format(text)
        except KindError:
            return text

    def _carry(self, path: str) -> list[dict[str, str]]:
        return self._hidden(name for name in self._fields if _below(name, path))

    def _others(self, paths: str) -> list[dict[str, str]]:
        return self._hidden(name for name in self._fields if name not in paths.split(","))

    def _hidden(self, found: Iterable[str]) -> list[dict[str, str]]:
        return [{"name": name, "value": text} for name in found for text in self._fields[name]]

    def _wrong(self, path: str) -> bool:
        return bool(self._problems_at(path))

    def _problems_at(self, path: str) -> list[dict[str, str]]:
        return [one for one in self._problems if not path or one["anchor"] == path]

    def _anchor(self, field: str) -> str:
        """The field itself, else the one it is part of, else the first that is part of it."""
        wider = (one for one in self._anchors if _below(field, one))
        narrower = (one for one in self._anchors if field and _below(one, field))
        return next(wider, next(narrower, ""))

    _looks: Mapping[str, Callable[[Typed, str], object]] = {
        "value": value,
        "is": _is,
        "given": _given,
        "shown": _shown,
        "carry": _carry,
        "others": _others,
        "wrong": _wrong,
        "problems": _problems_at,
        "count": lambda self, _: len(self._problems),
    }


def _below(name: str, path: str) -> bool:
    return name == path or name.startswith(f"{path}.")


def _paths(found: Iterable[str]) -> list[str]:
    return [name.removeprefix("problems:") for name in found if name.startswith("problems:")]


def _part(whole: str, part: str) -> str:
    """Text that is no date at all goes where the eye falls first."""
    try:
        pieces = compact(whole).split("-")
    except KindError:
        pieces = []
    if len(pieces) == len(_PARTS):
        return pieces[_PARTS.index(part)]
    return whole if part == "year" else ""
