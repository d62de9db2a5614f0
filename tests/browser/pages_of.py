"""The pages of a built site, by their addresses."""

from __future__ import annotations

from pathlib import Path


def pages_of(site: Path) -> list[str]:
    """`/`, `/404.html`, `/{slug}/…/`, in order."""
    found = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    return sorted("/" + path.removesuffix("index.html") for path in found)
