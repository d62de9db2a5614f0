"""The event loops do what Lambda would: deliver at least once, keep what failed, run on the clock."""

import time
from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.stack.processes import Stack

pytestmark = pytest.mark.stack


def eventually(read: Callable[[], Any], seconds: float = 15) -> Any:
    until = time.monotonic() + seconds
    while not (value := read()) and time.monotonic() < until:
        time.sleep(0.1)
    return value


def note(stack: Stack, key: str) -> dict[str, str]:
    answer: dict[str, str] = requests.get(f"{stack.origin}/api/notes/{key}", timeout=15).json()
    return answer


def test_a_message_reaches_its_handler(sample: Stack) -> None:
    requests.put(f"{sample.origin}/api/notes/first", timeout=5)
    assert eventually(lambda: note(sample, "first").get("taken")) == "1"


@pytest.mark.parametrize("key", ["refused", "exploding"])
def test_a_message_that_failed_comes_again_until_it_goes_to_the_dead_letters(sample: Stack, key: str) -> None:
    requests.put(f"{sample.origin}/api/notes/{key}", timeout=5)
    assert eventually(lambda: note(sample, key).get("tries") == "3")
    time.sleep(2)
    assert note(sample, key)["tries"] == "3"


def test_what_a_failing_handler_said_is_not_printed(sample: Stack) -> None:
    log = sample.state.parent / f"{sample.state.name}.log"
    requests.put(f"{sample.origin}/api/notes/exploding", timeout=5)
    assert eventually(lambda: "take: ValueError at " in log.read_text("utf-8"))
    assert "must not be printed" not in "".join(line for line in log.read_text("utf-8").splitlines() if "take" in line)


def test_what_runs_every_minute_runs_every_second_here(sample: Stack) -> None:
    before = float(note(sample, "sweep").get("times", 0))
    assert eventually(lambda: float(note(sample, "sweep").get("times", 0)) >= before + 2, 5)
