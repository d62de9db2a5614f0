"""Measure what people wait for, as ratios to the least that it could cost: the build, a cold start, a submission.

Both sides of each ratio run in turn, in pairs. The figure is the median of the pairs' ratios; the spread is the
lowest and the highest. What may be judged on any machine is the ratio, not the seconds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Run by file name, this folder comes first on the path, and its token.py would hide the standard library's.
sys.path[:] = [str(ROOT), str(ROOT / "backend"), *(one for one in sys.path if Path(one) != ROOT / "scripts")]

from scripts.measures.pairs import Run, compare  # noqa: E402


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    for name in options.only or MEASURES:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            MEASURES[name](Path(folder), options.rounds)
    return 0


# Each measure is imported when it runs: mkdocs and boto3 would keep --help waiting.
def _site(folder: Path, rounds: int) -> None:
    from scripts.measures import site

    _measure("site: full build / plain mkdocs-material, seconds", *site.runs(folder), rounds)


def _start(folder: Path, rounds: int) -> None:
    from scripts.measures import start

    imported, ready, bare = start.runs(folder)
    _measure("start: import app / chalice and a DynamoDB client", imported, bare, rounds)
    _measure("start: app with catalogue and client / the same", ready, bare, rounds)


def _submission(folder: Path, rounds: int) -> None:
    from scripts.measures import submission

    with submission.runs(folder) as (ours, bare):
        _measure("submission: processor time / same calls and seals", ours, bare, rounds)


MEASURES: dict[str, Callable[[Path, int], None]] = {"site": _site, "start": _start, "submission": _submission}


def _measure(title: str, ours: Run, bare: Run, rounds: int) -> None:
    """Progress goes to standard error, so that the lines of results can be kept."""

    def progress(number: int) -> None:
        print(f"\r{title}: pair {number} of {rounds} ", end="", file=sys.stderr, flush=True)

    print(f"{title}: warming up ", end="", file=sys.stderr, flush=True)
    comparison = compare(ours, bare, rounds, progress)
    print("\r\033[K", end="", file=sys.stderr, flush=True)
    print(f"{title:<52} {comparison}", flush=True)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/bench.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=_positive, default=7, help="pairs of each measure (default: 7)")
    parser.add_argument("--only", action="append", choices=MEASURES, help="one measure; may be given several times")
    return parser.parse_args(arguments)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number from 1")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
