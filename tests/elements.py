"""Reading HTML in tests: the elements in their order, with attributes and the text inside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = {"br", "dd", "div", "dt", "h1", "h2", "h3", "legend", "li", "p", "small", "td", "th"}
VOID = {"br", "hr", "img", "input", "link", "meta", "col"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parts: list[Element | str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    @property
    def text(self) -> str:
        return " ".join(self.words().split())

    def words(self) -> str:
        inside = "".join(part if isinstance(part, str) else part.words() for part in self.parts)
        return f" {inside} " if self.tag in BLOCKS else inside

    def every(self, tag: str = "", **attributes: str) -> Iterator[Element]:
        for part in self.parts:
            if isinstance(part, Element):
                if tag in ("", part.tag) and all(part[name] == value for name, value in attributes.items()):
                    yield part
                yield from part.every(tag, **attributes)

    def one(self, tag: str = "", **attributes: str) -> Element:
        return next(self.every(tag, **attributes))


class UnbalancedError(ValueError):
    """A tag is closed that is not the one open."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            raise UnbalancedError(f"</{tag}> closes <{self.open[-1].tag}>")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def read(html: str) -> Element:
    """The whole page. Raises UnbalancedError."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if len(reader.open) > 1:
        raise UnbalancedError(f"<{reader.open[-1].tag}> is not closed")
    return reader.open[0]
