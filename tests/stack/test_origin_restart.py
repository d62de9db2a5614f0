"""Whatever is killed, nothing acknowledged is lost and the stack goes on; it refuses kindly where it cannot run."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from tests.stack.processes import ROOT, STACK_PORTS, Stack, emulator_python, free_ports, start_stack, stop_stack
from tests.stack.test_origin_events import eventually, note

pytestmark = pytest.mark.stack


def alive(pid: int) -> bool:
    """A process that has ended and only waits to be noticed is not alive."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def run(state: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts.local", "--state", str(state), *options]
    environment = os.environ | {"EMULATOR_PYTHON": emulator_python()}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("name", ["emulator", "app", "issuer"])
def test_a_killed_child_comes_back_and_nothing_acknowledged_is_lost(sample: Stack, name: str) -> None:
    requests.put(f"{sample.origin}/api/notes/before-{name}", timeout=5).raise_for_status()
    before = sample.child(name)
    os.kill(before, signal.SIGKILL)
    assert eventually(lambda: sample.child(name) != before)
    assert eventually(lambda: answers(f"{sample.origin}/api/notes/before-{name}"))
    assert eventually(lambda: answers(f"{sample.issuer}/jwks.json"))
    assert eventually(lambda: note(sample, f"before-{name}").get("taken"))
    assert note(sample, f"before-{name}")["state"] == "new"


def answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=15).status_code == 200
    except requests.RequestException:
        return False


def test_a_caller_waits_while_the_application_is_replaced(sample: Stack) -> None:
    before = sample.child("app")
    os.kill(before, signal.SIGKILL)
    eventually(lambda: not alive(before))
    answer = requests.get(f"{sample.origin}/api/health", timeout=15)
    assert answer.json()["pid"] != before


def test_after_a_kill_of_everything_the_next_start_has_the_same_state(
    tmp_path: Path, sample_options: tuple[str, ...]
) -> None:
    first = start_stack(tmp_path / "state", *sample_options)
    requests.put(f"{first.origin}/api/notes/kept", timeout=5).raise_for_status()
    keys = requests.get(f"{first.issuer}/jwks.json", timeout=5).json()
    children = [first.child(name) for name in ("emulator", "issuer", "app")]
    for pid in (first.process.pid, first.child("emulator"), first.child("app")):
        os.kill(pid, signal.SIGKILL)
    first.process.wait()
    assert eventually(lambda: not any(alive(pid) for pid in children))
    second = start_stack(tmp_path / "state", *sample_options, port=first.port)
    try:
        assert note(second, "kept")["state"] == "new"
        assert eventually(lambda: note(second, "kept").get("taken"))
        assert requests.get(f"{second.issuer}/jwks.json", timeout=5).json() == keys
    finally:
        stop_stack(second)


def test_a_child_that_outlived_its_supervisor_is_ended_by_the_next_start(
    tmp_path: Path, sample_options: tuple[str, ...]
) -> None:
    first = start_stack(tmp_path / "state", *sample_options)
    stubborn = first.child("issuer")
    os.kill(stubborn, signal.SIGSTOP)  # it cannot notice the end of its supervisor
    first.process.kill()
    first.process.wait()
    second = start_stack(tmp_path / "state", *sample_options, port=first.port)
    assert not alive(stubborn)
    stop_stack(second)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_quickly_and_leaves_nothing_behind(
    tmp_path: Path, sample_options: tuple[str, ...], number: signal.Signals
) -> None:
    stack = start_stack(tmp_path / "state", *sample_options)
    children = [stack.child(name) for name in ("emulator", "issuer", "app")]
    started = time.monotonic()
    stack.process.send_signal(number)
    assert stack.process.wait(10) == 0
    assert time.monotonic() - started < 5
    assert not any(alive(pid) for pid in children)


def test_a_taken_port_is_named_with_a_way_out(tmp_path: Path, sample_options: tuple[str, ...]) -> None:
    port = free_ports(STACK_PORTS)
    with socket.socket() as other:
        other.bind(("127.0.0.1", port + 1))
        other.listen()
        done = run(tmp_path / "state", "--port", str(port), *sample_options)
    assert done.returncode == 1
    assert f"端口 {port + 1} " in done.stderr
    assert "PORT=" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_stacks_do_not_share_a_state(sample: Stack, sample_options: tuple[str, ...]) -> None:
    done = run(sample.state, "--port", str(free_ports(STACK_PORTS)), *sample_options)
    assert done.returncode == 1
    assert "另一个" in done.stderr


def test_the_environment_of_the_application_is_there_for_other_programs(sample: Stack) -> None:
    environment = sample.environment
    assert environment["AWS_ENDPOINT_URL"] == f"http://127.0.0.1:{sample.port + 2}"
    assert environment["NOTES_TABLE"] == "local-notes"
    assert environment["OIDC_AUDIENCE"] == "staff-api"  # the stack's own value wins over the template's empty one
    assert set(json.loads(environment["SECRETS"])) == {"identity", "lookup", "fingerprint"}


def test_the_state_is_its_owners_only(sample: Stack) -> None:
    assert sample.state.stat().st_mode & 0o077 == 0
    for name in ("secrets.json", "sign-in.seed", "issuer-keys.json", "environment"):
        assert (sample.state / name).stat().st_mode & 0o077 == 0
