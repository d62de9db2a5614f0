"""Places in a page that are filled when the API answers: slots, parts that repeat, parts that depend.

Marked with two characters of Unicode's private use area, which no editor types and Markdown, Jinja2 and HTML leave
alone. `segments` turns marked HTML into what the API keeps; `blank` into the page before anybody has typed.

>>> page = "<b>" + slot("name") + "</b>" + each("tasks") + "<i>" + slot("agency") + "</i>" + end("tasks")
>>> segments(page)
['<b>', {'slot': 'name'}, '</b>', {'each': 'tasks', 'main': ['<i>', {'slot': 'agency'}, '</i>']}]
>>> blank(page)
'<b></b>'
>>> blank(unless("tasks") + "none" + end("tasks"))
'none'
"""

from __future__ import annotations

import re
from typing import Any

OPEN, CLOSE = "\ue000", "\ue001"
_MARKER = re.compile(f"{OPEN}([#^/]?)([^{OPEN}{CLOSE}]+){CLOSE}")
_SIGNS = {"#": "each", "^": "unless"}

Segment = str | dict[str, Any]
"""A literal; or `{"slot": name}`; or `{"each": name, "main": [...]}`, filled once for every one of a list, once for
anything else that is there; or `{"unless": name, "main": [...]}`, filled where there is nothing."""


class MarkerError(ValueError):
    """A part of a template is opened and not closed, or the other way round."""


def slot(name: str) -> str:
    return f"{OPEN}{name}{CLOSE}"


def each(name: str) -> str:
    return f"{OPEN}#{name}{CLOSE}"


def unless(name: str) -> str:
    return f"{OPEN}^{name}{CLOSE}"


def end(name: str) -> str:
    """Closes `each` and `unless`."""
    return f"{OPEN}/{name}{CLOSE}"


MARKERS = {"slot": slot, "each": each, "unless": unless, "end": end}
"""As templates know them."""


def segments(html: str) -> list[Segment]:
    """Raises MarkerError."""
    stack: list[tuple[str, list[Segment]]] = [("", [])]
    at = 0
    for found in _MARKER.finditer(html):
        _add(stack, html[at : found.start()])
        _mark(stack, *found.groups())
        at = found.end()
    _add(stack, html[at:])
    if len(stack) > 1:
        raise MarkerError(f"not closed: {stack[-1][0]}")
    return stack[0][1]


def blank(html: str) -> str:
    """The page with nothing in its slots. Raises MarkerError."""
    return _blank(segments(html))


def _add(stack: list[tuple[str, list[Segment]]], literal: str) -> None:
    if literal:
        stack[-1][1].append(literal)


def _mark(stack: list[tuple[str, list[Segment]]], sign: str, name: str) -> None:
    if not sign:
        stack[-1][1].append({"slot": name})
    elif sign in _SIGNS:
        inner: list[Segment] = []
        stack[-1][1].append({_SIGNS[sign]: name, "main": inner})
        stack.append((name, inner))
    elif stack.pop()[0] != name or not stack:
        raise MarkerError(f"closed and not open: {name}")


def _blank(parts: list[Segment]) -> str:
    return "".join(
        part if isinstance(part, str) else _blank(part["main"]) if "unless" in part else "" for part in parts
    )
