"""The pages that the API answers with, as literal text and slots, so that it needs no template engine."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import urljoin

from .forms import marked
from .markers import Segment, segments, slot
from .place import Place

PAGES = Path(__file__).resolve().parents[2] / "backend/chalicelib/catalogue/pages"
EVERYWHERE = ("form", "check", "receipt", "lookup", "case", "withdraw", "problem")
WITH_CONDITIONS = ("conditions", "turned_away")
_FRAME = "answers/frame/index.html"
_ADDRESS = re.compile(r'(<[^<>]*?\s(?:href|src|action)=")([^"]*)"')


def extract(site: Path, place: Place, pages: Path = PAGES) -> None:
    """Write every page of the place, and the one for no place; take their frames out of the site."""
    frame = _frame(site, f"{place.slug}/")
    for name in (*EVERYWHERE, *(WITH_CONDITIONS if place.catalogue.conditions else ())):
        _write(pages / place.slug / f"{name}.json", _page(frame, *marked(place, name)))
    shutil.rmtree(site / place.slug / "answers")
    if (site / _FRAME).exists():  # the first place finds it
        _write(pages / "problem.json", _page(_frame(site, ""), *marked(None, "problem")))
        shutil.rmtree(site / "answers")


def absolute(html: str, base: str) -> str:
    """The API answers at other addresses than the one this page was built for."""
    return _ADDRESS.sub(lambda found: f'{found[1]}{_from_root(found[2], base)}"', html)


def _from_root(address: str, base: str) -> str:
    return address if address.startswith("#") else urljoin(base, address)


def _frame(site: Path, folder: str) -> str:
    html = (site / folder / _FRAME).read_text("utf-8")
    return absolute(html, f"/{folder}answers/frame/")


def _page(frame: str, title: str, content: str) -> list[Segment]:
    return segments(frame.replace(slot("title"), title).replace(slot("content"), content))


def _write(path: Path, page: list[Segment]) -> None:
    """Whole or not at all: an API that runs meanwhile reads the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".json.partial")
    partial.write_text(json.dumps(page, ensure_ascii=False, separators=(",", ":")), "utf-8")
    partial.replace(path)
