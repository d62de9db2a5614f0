"""The printable application form of a place: a page for the screen and a tagged one-page PDF, of one template."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from . import fonts
from .paper import paper
from .place import Place
from .templates import TEMPLATES, fill

TEMPLATE = "print/application_form.html.j2"
STYLESHEET = "application_form.css"
PDF = "application-form.pdf"
_WEIGHTS = {400: fonts.Face.SERIF, 700: fonts.Face.SANS}
_PAGE_NUMBERS = frozenset("0123456789")


class NotOnePageError(ValueError):
    """The official form is one sheet; this one came out longer."""


def write(site: Path, place: Place) -> None:
    """The PDF and the page for printing, beside the page that offers them."""
    folder = site / place.slug / "form"
    (folder / "print").mkdir(parents=True, exist_ok=True)
    (folder / PDF).write_bytes(pdf(place))
    (folder / "print" / "index.html").write_text(page(place, STYLESHEET), "utf-8")
    (folder / "print" / STYLESHEET).write_text(stylesheet(), "utf-8")


def page(place: Place, stylesheet: str = "") -> str:
    """The form as HTML; `stylesheet` is its address as seen from the page, "" where it is given another way."""
    return fill(TEMPLATE, paper=paper(place.data), stylesheet=stylesheet)


def stylesheet() -> str:
    """For the screen and for paper."""
    return (TEMPLATES / "print" / STYLESHEET).read_text("utf-8")


def pdf(place: Place, cache: Path = fonts.CACHE) -> bytes:
    """PDF/UA-1 with its fonts inside, the same bytes every time. Raises NotOnePageError, MissingGlyphsError."""
    html, faces = page(place), FontConfiguration()
    characters = {one for one in html + stylesheet() if one.isprintable()} | _PAGE_NUMBERS
    sheets = [_css(css, faces) for css in (_font_faces(characters, cache), stylesheet())]
    source = weasyprint.HTML(string=html, url_fetcher=_only_data())
    document = source.render(font_config=faces, stylesheets=sheets)
    if len(document.pages) != 1:
        raise NotOnePageError(f"{place.slug}: {len(document.pages)} pages")
    content: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return content


def _font_faces(characters: set[str], cache: Path) -> str:
    return "\n".join(_font_face(weight, fonts.cut(face, characters, cache)) for weight, face in _WEIGHTS.items())


def _font_face(weight: int, font: bytes) -> str:
    address = f"data:font/ttf;base64,{base64.b64encode(font).decode()}"
    return f"@font-face{{font-family:Form;font-weight:{weight};src:url({address})}}"


def _css(text: str, faces: FontConfiguration) -> Any:
    return weasyprint.CSS(string=text, font_config=faces, url_fetcher=_only_data())


def _only_data() -> URLFetcher:
    """The sheet is complete in itself: nothing is fetched, neither from the network nor from this machine."""
    return URLFetcher(allowed_protocols=["data"], fail_on_errors=True)
