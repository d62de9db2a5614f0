"""Build the site into a folder: mkdocs, then the steps that need its pages, then compression."""

from __future__ import annotations

import gzip
import logging
import os
from collections.abc import Iterable
from pathlib import Path

from jinja2 import UndefinedError

from . import answers, printable, staff
from .place import Place

ROOT = Path(__file__).resolve().parents[2]
COMPRESSED = {".css", ".html", ".js", ".json", ".svg", ".txt", ".xml"}


class SiteError(Exception):
    """The pages cannot be made; the message says why."""


def run_mkdocs(matters: Path, site: Path) -> None:
    """Raises SiteError. Every warning counts (`strict`)."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # Material's advertisement
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, BuildError, ConfigurationError

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(site))
    config.extra["matters"] = str(matters.resolve())
    try:
        build(config)
    except (Abort, BuildError, ConfigurationError) as error:
        raise SiteError(str(error)) from error
    except (LookupError, UndefinedError) as error:
        raise SiteError(f"{matters.name}: a page needs a text that is not there: {error}") from error


def finish(site: Path, places: Iterable[Place], pages: Path) -> None:
    """What is made from built pages: the API's pages, into `pages`, the printable forms, the staff pages."""
    for place in places:
        answers.extract(site, place, pages)
        printable.write(site, place)
        _write_staff(site, place)


def _write_staff(site: Path, place: Place) -> None:
    try:
        staff.write(site, place)
    except (LookupError, UndefinedError) as error:
        raise SiteError(f"{place.slug}: a staff page needs a text that is not there: {error}") from error


def precompress(site: Path) -> None:
    """A `.gz` beside every file that gets smaller; the same bytes every time."""
    for path in sorted(path for path in site.rglob("*") if path.suffix in COMPRESSED):
        content = path.read_bytes()
        smaller = gzip.compress(content, 9, mtime=0)
        if len(smaller) < len(content):
            path.with_name(path.name + ".gz").write_bytes(smaller)
