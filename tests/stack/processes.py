"""Real processes to test: an emulator, and the whole local stack, on free ports with state folders of their own."""

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

ROOT = Path(__file__).parents[2]
STACK_PORTS = 4


def free_ports(count: int = 1) -> int:
    """The first of so many neighbouring free ports."""
    for first in range(20_000 + os.getpid() % 5_000, 60_000, count):
        if all(_is_free(first + offset) for offset in range(count)):
            return first
    raise OSError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def emulator_python() -> str:
    """The interpreter of the emulator's own environment."""
    python = os.environ.get("EMULATOR_PYTHON", str(ROOT / ".venv-emulator/bin/python"))
    if not Path(python).exists():
        pytest.fail(f"no emulator at {python}: run `make serve` once, or set EMULATOR_PYTHON")
    return python


@dataclass(slots=True)
class Emulator:
    """An emulator that can be killed and started again on the same state."""

    state: Path
    options: tuple[str, ...] = ()
    port: int = field(default_factory=free_ports)
    process: subprocess.Popen[str] | None = None

    def start(self) -> "Emulator":
        self.launch()
        until = time.monotonic() + 20
        while time.monotonic() < until:
            assert self.process is not None
            if self.process.poll() is not None:
                raise AssertionError(f"the emulator ended with {self.process.returncode}: {self.errors()}")
            if _answers(f"http://127.0.0.1:{self.port}/_ministack/health"):
                return self
            time.sleep(0.05)
        raise AssertionError("the emulator did not start")

    def launch(self) -> None:
        command = [emulator_python(), "-m", "scripts.local.emulator", "--state", str(self.state)]
        command += ["--port", str(self.port), *self.options]
        self.process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.errors()

    def errors(self) -> str:
        assert self.process is not None
        return self.process.communicate(timeout=20)[1]

    @property
    def code(self) -> int | None:
        assert self.process is not None
        return self.process.returncode

    def client(self, service: Any) -> Any:
        return boto3.client(
            service,
            endpoint_url=f"http://127.0.0.1:{self.port}",
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"total_max_attempts": 1}, max_pool_connections=32),
        )


@dataclass(frozen=True, slots=True)
class Stack:
    """A running local stack."""

    port: int
    state: Path
    process: subprocess.Popen[str]

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port + 1}"

    @property
    def environment(self) -> dict[str, str]:
        """What the application runs with: emulator, tables, queues, secrets."""
        lines = shlex.split((self.state / "environment").read_text("utf-8"))
        return dict(line.split("=", 1) for line in lines)

    def child(self, name: str) -> int:
        """The process id of `emulator`, `issuer` or `app`, as it is now."""
        children: dict[str, int] = json.loads((self.state / "processes.json").read_text("utf-8"))
        return children[name]


def start_stack(state: Path, *options: str, port: int | None = None, seconds: float = 90) -> Stack:
    """Starts `python -m scripts.local` and waits for its `ready` line."""
    port = port or free_ports(STACK_PORTS)
    command = [sys.executable, "-m", "scripts.local", "--port", str(port), "--state", str(state), *options]
    environment = os.environ | {"EMULATOR_PYTHON": emulator_python(), "PYTHONUNBUFFERED": "1"}
    log = (state.parent / f"{state.name}.log").open("a+", encoding="utf-8")
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, text=True)
    ready = f"ready http://127.0.0.1:{port}"
    start = log.tell()
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        log.seek(start)
        if ready in log.read():
            log.close()
            return Stack(port, state, process)
        time.sleep(0.1)
    log.seek(start)
    text = log.read()
    log.close()
    process.terminate()
    process.wait(20)
    raise AssertionError(f"the stack did not get ready:\n{text}")


def stop_stack(stack: Stack) -> None:
    stack.process.send_signal(signal.SIGINT)
    stack.process.wait(20)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False
