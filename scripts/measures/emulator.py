"""The local stack's AWS emulator as a process of its own, with the tables and keys of resources.yaml on it."""

from __future__ import annotations

import os
import socket
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3

from chalicelib import wiring
from chalicelib.catalogue import Catalogue
from scripts.build import ROOT
from scripts.keys import add_keys
from scripts.local import environment, template
from scripts.local.children import Child
from scripts.local.place import HOST, Place
from scripts.local.provision import provision
from scripts.local.supervisor import emulator_python

START_SECONDS = 30


class NoEmulatorError(Exception):
    """It did not start."""


@contextmanager
def emulator(folder: Path, catalogues: Iterable[Catalogue]) -> Iterator[None]:
    """This process's environment is the functions' from now on."""
    here = Place(port=_free_port() - 2, state=folder)
    command = [str(emulator_python()), "-m", "scripts.local.emulator", "--tethered"]
    command += ["--state", str(folder / "emulator"), "--port", str(here.ports["emulator"])]
    child = Child("emulator", lambda: command, {**os.environ, "PYTHONPATH": str(ROOT)})
    child.start()
    try:
        _wait(child, here.address("emulator") + "/_ministack/health")
        os.environ.update(environment.base(here))
        os.environ.update(
            environment.application(here, provision(template.load(ROOT / "backend/resources.yaml"), _client))
        )
        for catalogue in catalogues:
            add_keys(wiring.store(), wiring.sealing_key(), catalogue)
        yield
    finally:
        child.stop()


def _client(service: str) -> Any:
    return boto3.client(service)  # type: ignore[call-overload]


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])


def _wait(child: Child, address: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and child.died() is None:
        try:
            opener.open(address, timeout=2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise NoEmulatorError("the emulator did not start: run `make setup`")
