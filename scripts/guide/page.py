"""One page of the site: where it stands, what it is called, what it holds."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """`body`: HTML in balanced tags. `css`, `js`: assets of this page alone. `wide`: no side menu, the full width."""

    path: str
    title: str
    body: str
    css: tuple[str, ...] = ()
    js: tuple[str, ...] = ()
    wide: bool = False

    @property
    def place(self) -> str:
        return self.path.partition("/")[0]

    def source(self) -> str:
        """What mkdocs reads: the wrapping element keeps Markdown from touching the HTML."""
        matter = {"title": self.title, "place": self.place, "css": self.css, "js": self.js, "wide": self.wide}
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in matter.items()]
        return "\n".join(["---", *lines, "---", f"<div>{self.body.strip()}</div>", ""])
