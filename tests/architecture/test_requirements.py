"""What is installed is pinned by hash, and holds everything that is asked for."""

import re
from pathlib import Path

import pytest

from tests.architecture.imports import ROOT

FOLDER = ROOT / "requirements"
LOCKS = {"dev": ["backend", "build", "local", "test"], "backend": ["backend"], "emulator": ["emulator"]}
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)
ASKED = re.compile(r"^([A-Za-z0-9._-]+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    return {_tidy(name): version for name, version, _ in PIN.findall((FOLDER / f"{lock}.txt").read_text())}


def _tidy(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_pin_with_hashes_or_a_comment(lock: str) -> None:
    rest = PIN.sub("", (FOLDER / f"{lock}.txt").read_text())
    assert [line for line in rest.splitlines() if line.strip() and not line.lstrip().startswith("#")] == []


@pytest.mark.parametrize(("lock", "sources"), LOCKS.items())
def test_a_lock_holds_everything_that_is_asked_for(lock: str, sources: list[str]) -> None:
    asked = {_tidy(name) for source in sources for name in ASKED.findall((FOLDER / f"{source}.in").read_text())}
    assert asked <= set(pins(lock))


def test_the_functions_run_what_was_tested() -> None:
    assert pins("backend").items() <= pins("dev").items()


def test_the_functions_are_packed_from_the_same_lock() -> None:
    assert Path(ROOT / "backend/requirements.txt").read_text() == (FOLDER / "backend.txt").read_text()
