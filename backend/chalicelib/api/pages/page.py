"""A page that was written at build time as literals and slots: read it, and fill it with what is known now.

Only literals come from the page and only values from people, so nothing that anybody typed can become a slot or a tag.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parents[2] / "catalogue/pages"

Page = tuple[Any, ...]
"""Segments as `scripts.guide.markers` describes them."""
Look = Callable[[str], object]
"""What stands behind a name; None, "", False or nothing in it: nothing."""

# Half of a pair, control characters and non-characters cannot travel in an HTML page; browsers show the same sign.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def fill(slug: str | None, name: str, look: Look) -> str:
    """The page of that name with everything in its slots escaped. `slug` None: the page of no place."""
    return "".join(_fill(read(slug, name), look))


@cache
def read(slug: str | None, name: str) -> Page:
    path = PAGES / (slug or "") / f"{name}.json"
    return tuple(json.loads(path.read_text("utf-8")))


def names(page: Iterable[Any]) -> Iterator[str]:
    """Every name the page looks up, in its order, repeats included."""
    for part in page:
        if not isinstance(part, str):
            yield next(part[key] for key in ("slot", "each", "unless") if key in part)
            yield from names(part.get("main", ()))


def escape(value: object) -> str:
    return html.escape(_UNFIT.sub("\ufffd", "" if value is None else str(value)))


def _fill(page: Iterable[Any], look: Look) -> Iterator[str]:
    for part in page:
        if isinstance(part, str):
            yield part
        elif "slot" in part:
            yield escape(look(part["slot"]))
        elif "each" in part:
            for inner in _repeats(look(part["each"]), look):
                yield from _fill(part["main"], inner)
        elif not look(part["unless"]):
            yield from _fill(part["main"], look)


def _repeats(value: object, outer: Look) -> Iterator[Look]:
    """One of a list knows only itself: a task must not show what its case has under the same name."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        for at, one in enumerate(value):
            known = one if isinstance(one, Mapping) else {"one": one}
            yield {**known, "first": at == 0, "more": at + 1 < len(value)}.get
    elif value:
        yield outer
