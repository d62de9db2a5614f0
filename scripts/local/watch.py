"""Notices that a source of the site was edited, once the editor has finished writing."""

from pathlib import Path

from .build import fingerprint
from .place import ROOT

SOURCES = [ROOT / name for name in ("matters.yaml", "templates", "guide_src", "mkdocs.yml")]


class Watch:
    """Looks at times and sizes: works with every editor and every file system."""

    def __init__(self, paths: list[Path] = SOURCES) -> None:
        self._paths = paths
        self._built = self._seen = fingerprint(paths)

    def changed(self) -> bool:
        """True once per edit, at the second look that finds the same."""
        now = fingerprint(self._paths)
        settled, self._seen = now == self._seen, now
        if not settled or now == self._built:
            return False
        self._built = now
        return True
