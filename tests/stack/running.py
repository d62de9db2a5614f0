"""The whole local stack as a fixture, for tests of processes and of pages alike: one for the session."""

from collections.abc import Iterator

import pytest

from tests.stack.processes import Stack, start_stack, stop_stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """With the site and catalogue that are already built."""
    stack = start_stack(tmp_path_factory.mktemp("stack") / "state", "--no-build")
    yield stack
    stop_stack(stack)
