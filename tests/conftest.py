"""Keeps every test off the network and away from anybody's AWS account."""

import ipaddress
import os
import socket
import sys
from collections.abc import Iterator

import pytest

from tests.emulator import aws, dynamodb, emulator_address  # noqa: F401 - fixtures
from tests.stack.running import stack  # noqa: F401 - a fixture

# The interpreter's audit events that reach out or look a name up, and which of their arguments says where to.
DESTINATION = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
}
AWS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}


class NetworkRefusedError(RuntimeError):
    """A test tried to reach something that is not this machine."""


@pytest.fixture(scope="session", autouse=True)
def only_this_machine() -> None:
    """Refuse any other destination. The hook cannot be taken away; it ends with the tests."""
    sys.addaudithook(_refuse_others)


@pytest.fixture(scope="session", autouse=True)
def no_aws_account() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        for name, value in AWS.items():
            patch.setenv(name, value)
        yield


def _refuse_others(event: str, arguments: tuple[object, ...]) -> None:
    position = DESTINATION.get(event)
    if position is not None and not _is_here(arguments[position]):
        raise NetworkRefusedError(f"{event} to {arguments[position]}")


def _is_here(destination: object) -> bool:
    """A host, or a (host, port, ...); sockets in the file system and connected ones have neither."""
    host = destination[0] if isinstance(destination, tuple) else destination
    if isinstance(host, bytes):
        host = host.decode()
    if not isinstance(host, str) or host in {"", "localhost", "0.0.0.0", "::", socket.gethostname()}:
        return True
    if host.startswith(("/", "\0")):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
