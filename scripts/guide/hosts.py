"""Find what a built page would ask of another host, or what the site's content policy would block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

LOADING = {"src", "srcset", "data", "poster", "action", "formaction", "background", "ping", "manifest"}
"""Attributes that make a browser ask for something without anybody following a link."""
REMOTE = re.compile(r"(?:https?|wss?|ftp)://[\w\[]|//[\w-]+\.\w", re.ASCII)
NAMESPACE = re.compile(r"http://www\.w3\.org/\d{4}/[\w/]+")


def foreign(site: Path) -> list[str]:
    """`file: what` for every request that would leave the origin and everything inline that would be blocked."""
    found = []
    for path in sorted(site.rglob("*")):
        if path.suffix in {".html", ".svg"}:
            found += [f"{path.relative_to(site)}: {what}" for what in in_markup(path.read_text("utf-8"))]
        elif path.suffix in {".css", ".js", ".json"}:
            found += [f"{path.relative_to(site)}: {what}" for what in in_code(path.read_text("utf-8"))]
    return found


def in_code(text: str) -> list[str]:
    """Style sheets and scripts; names of XML namespaces are no addresses."""
    return [match.group() for match in REMOTE.finditer(NAMESPACE.sub("", text))]


def in_markup(text: str) -> list[str]:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "style" or (tag == "script" and not _runs_nothing_inline(dict(attrs))):
            self.found.append(f"inline <{tag}>")
        for name, value in attrs:
            self.found += _in_attribute(tag, name, value or "")


def _runs_nothing_inline(attrs: dict[str, str | None]) -> bool:
    """A file of its own, or data, which no browser runs and no policy blocks."""
    return "src" in attrs or attrs.get("type") == "application/json"


def _in_attribute(tag: str, name: str, value: str) -> Iterator[str]:
    if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
        yield f"inline {name} on <{tag}>"
    loads = name in LOADING or (name in {"href", "xlink:href"} and tag not in {"a", "area"})
    if loads and REMOTE.search(value):
        yield f"{name}={value} on <{tag}>"
