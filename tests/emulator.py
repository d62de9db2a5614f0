"""One AWS emulator for all tests of a process, and what resources.yaml describes on it, new for each test."""

import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest

from chalicelib import wiring
from chalicelib.adapters import aws as clients
from scripts.local import template
from scripts.local.provision import Resources, provision
from tests.stack.processes import emulator_python, free_ports

RESOURCES = Path(__file__).parents[1] / "backend/resources.yaml"
SETTINGS = {
    "BIND_HOST": "127.0.0.1",
    "IOT_MTLS_ENABLED": "0",
    "SFTP_ENABLED": "0",
    "PERSIST_STATE": "0",
    "LOG_LEVEL": "ERROR",
}


@dataclass(frozen=True, slots=True)
class Aws:
    """`resources` says what everything is called."""

    address: str
    resources: Resources

    def client(self, service: str) -> Any:
        return clients.client(service)


@pytest.fixture(scope="session")
def emulator_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_ports()
    folder = tmp_path_factory.mktemp("emulator")
    environment = os.environ | SETTINGS | {"GATEWAY_PORT": str(port), "TMPDIR": str(folder), "STATE_DIR": str(folder)}
    command = [emulator_python(), "-c", "from ministack.app import main; main()"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/_ministack/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def aws(emulator_address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Aws]:
    """Empty but for what resources.yaml describes; the environment is the functions'."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator_address)
    urllib.request.urlopen(urllib.request.Request(f"{emulator_address}/_ministack/reset", method="POST")).close()
    resources = provision(template.load(RESOURCES), clients.client)
    for name, value in resources.environment.items():
        monkeypatch.setenv(name, value)
    wiring.backend.cache_clear()
    yield Aws(emulator_address, resources)
    wiring.backend.cache_clear()


@pytest.fixture
def dynamodb(aws: Aws) -> Any:
    """A client of one try, for looking behind the store."""
    return boto3.client("dynamodb")


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the emulator did not start")
