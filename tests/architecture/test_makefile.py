"""The Makefile has what the documents promise, and says so itself."""

import re
import subprocess

import pytest

from tests.architecture.imports import ROOT

# In a code span, or at the start of a line, where a command stands in a block.
COMMAND = re.compile(r"(?:`|^\s*(?:\$ )?)make ([a-z][a-z-]*)", re.MULTILINE)

HELPERS = {"always", "pdf-packages", "browser-packages"}


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):(?!=)", (ROOT / "Makefile").read_text(), re.MULTILINE))


def documents() -> list[str]:
    paths = [*ROOT.glob("README*.md"), ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    return [path.read_text() for path in paths]


def test_every_command_in_the_documents_exists() -> None:
    named = {target for text in documents() for target in COMMAND.findall(text)}
    assert named <= targets()


def test_help_lists_every_target_a_person_would_call() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    assert set(re.findall(r"^make ([a-z-]+) +\S", shown, re.MULTILINE)) == targets() - HELPERS


@pytest.mark.parametrize("target", ["setup", "check", "test", "build", "serve"])
def test_the_targets_that_people_rely_on_are_there(target: str) -> None:
    assert target in targets()


def test_a_command_is_found_in_a_span_and_in_a_block() -> None:
    assert COMMAND.findall("Run `make serve PORT=1`.\n\n    make test\n$ make check\nWe make sure.") == [
        "serve",
        "test",
        "check",
    ]
