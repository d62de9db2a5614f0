"""A full build of the site, against mkdocs-material with the same theme building the same pages already rendered.

Each build is a process of its own: `python -m scripts.measures.site ours|plain FOLDER`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from scripts.build import ROOT, build
from scripts.guide.place import Place, read_places
from scripts.guide.render import menu, render

from .pairs import Run

MATTERS = ROOT / "matters.yaml"
HOOK = Path(__file__).with_name("plain_hook.py")


def runs(folder: Path) -> tuple[Run, Run]:
    """Wall-clock time, as somebody who waits for the build sees it."""
    _write_rendered(folder, read_places(MATTERS))
    return (lambda: _timed("ours", folder)), (lambda: _timed("plain", folder))


def _write_rendered(folder: Path, places: list[Place]) -> None:
    """The Markdown of every page, and what the theme asks about the site."""
    docs = folder / "docs"
    shutil.copytree(ROOT / "guide_src", docs)
    generated = render(places)
    for path, text in generated.items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(text, "utf-8")
    site = places[0].data["site"]
    nav = [{site["home"]: "index.md"}, *({place.data["name"]: menu(place, generated)} for place in places)]
    given = {"site": site, "nav": nav, "places": {place.slug: place.data for place in places}}
    (folder / "given.json").write_text(json.dumps(given, ensure_ascii=False, default=str), "utf-8")


def _timed(which: str, folder: Path) -> float:
    command = [sys.executable, "-m", "scripts.measures.site", which, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment)
    return time.perf_counter() - start


def _plain(folder: Path) -> None:
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    from mkdocs.commands.build import build as build_plain
    from mkdocs.config import load_config

    paths: dict[str, Any] = {"docs_dir": str(folder / "docs"), "site_dir": str(folder / "plain"), "hooks": [str(HOOK)]}
    config = load_config(str(ROOT / "mkdocs.yml"), **paths)
    config.extra["given"] = str(folder / "given.json")
    build_plain(config)


if __name__ == "__main__":
    place = Path(sys.argv[2])
    if sys.argv[1] == "ours":
        build(MATTERS, place / "ours", place / "catalogue")
    else:
        _plain(place)
