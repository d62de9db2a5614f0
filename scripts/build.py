"""Build the site and the compiled catalogue from matters.yaml."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scripts.guide.hosts import foreign
from scripts.guide.place import Place, read_places
from scripts.guide.site import SiteError, finish, precompress, run_mkdocs
from scripts.matters.check import check_path
from scripts.matters.compile import for_backend, to_json

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "backend" / "chalicelib" / "catalogue"


class BuildError(Exception):
    """What was built must not be published; the message lists why."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    try:
        build(options.matters, options.site)
    except (BuildError, SiteError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def build(matters: Path, site: Path, catalogue: Path = CATALOGUE) -> None:
    """`catalogue`: where the backend finds what is compiled, in `data` and `pages`.

    Raises BuildError or SiteError; the site that stands is touched only when its successor is complete."""
    with _step(f"Checking {matters.name}"):
        _check(matters)
    with _step("Compiling the catalogue"):
        places = read_places(matters)
        _write_data(places, catalogue / "data")
    fresh = site.with_name(site.name + ".next")
    with _step("Rendering the pages"):
        run_mkdocs(matters, fresh)
    with _step("Writing the API's pages and the printable forms"):
        finish(fresh, places, catalogue / "pages")
    with _step("Looking for requests to other hosts"):
        _refuse(foreign(fresh))
    with _step("Compressing"):
        precompress(fresh)
    _replace(site, fresh)
    print(f"Built {site}")


def _check(matters: Path) -> None:
    _refuse([str(problem) for problem in check_path(matters)])


def _refuse(problems: list[str]) -> None:
    if problems:
        raise BuildError("\n".join(problems))


def _write_data(places: list[Place], data: Path) -> None:
    """One file per place, each whole or not at all; places that are gone go."""
    data.mkdir(parents=True, exist_ok=True)
    for place in places:
        partial = data / f"{place.slug}.json.partial"
        partial.write_text(to_json(for_backend(place.data)), "utf-8")
        partial.replace(data / f"{place.slug}.json")
    for path in data.glob("*.json"):
        if path.stem not in {place.slug for place in places}:
            path.unlink()


def _replace(site: Path, fresh: Path) -> None:
    last = site.with_name(site.name + ".last")
    shutil.rmtree(last, ignore_errors=True)
    if site.exists():
        site.rename(last)
    fresh.rename(site)
    shutil.rmtree(last, ignore_errors=True)


@contextmanager
def _step(title: str) -> Iterator[None]:
    print(f"{title} …", end=" ", flush=True)
    started = time.monotonic()
    try:
        yield
    except Exception:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - started:.1f} s", flush=True)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.build", description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="folder of the built site (default: site/)")
    parser.add_argument(
        "--matters", type=Path, default=ROOT / "matters.yaml", help="the catalogue (default: matters.yaml)"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
