"""Fixtures that run real processes; the helpers stand in `processes.py`."""

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack.processes import Emulator, Stack, start_stack, stop_stack

HERE = Path(__file__).parent


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    """An emulator not yet started; ended with the test."""
    emulator = Emulator(tmp_path / "emulator")
    yield emulator
    if emulator.process is not None and emulator.process.poll() is None:
        emulator.kill()


@pytest.fixture(scope="session")
def sample_options(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """A small application and site of their own, to test the stack and not what runs on it."""
    site = tmp_path_factory.mktemp("sample") / "site"
    shutil.copytree(HERE / "sample_site", site)
    (site / "long.css").write_text("p { margin: 0 }\n" * 500)
    (site / "long.css.gz").write_bytes(gzip.compress((site / "long.css").read_bytes()))
    return "--no-build", "--backend", str(HERE / "sample"), "--site", str(site)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, sample_options: tuple[str, ...]) -> Iterator[Stack]:
    """The local stack around the small application."""
    stack = start_stack(tmp_path_factory.mktemp("sample") / "state", *sample_options)
    yield stack
    stop_stack(stack)
