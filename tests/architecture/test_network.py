"""No test reaches anything but this machine (the guard stands in tests/conftest.py)."""

import os
import socket
import urllib.request

import pytest

ELSEWHERE = "192.0.2.1"  # reserved for documentation: nobody is there


def refused() -> "pytest.RaisesExc[RuntimeError]":
    return pytest.raises(RuntimeError, match="socket")


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM], ids=["stream", "datagram"])
def test_a_connection_to_another_machine_is_refused(kind: int) -> None:
    with socket.socket(socket.AF_INET, kind) as connection, refused():
        connection.connect((ELSEWHERE, 9))


def test_a_datagram_to_another_machine_is_refused() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as connection, refused():
        connection.sendto(b"x", (ELSEWHERE, 9))


def test_a_name_is_not_looked_up() -> None:
    with refused():
        urllib.request.urlopen("http://elsewhere.example/", timeout=1)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_reached(host: str) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection((host, server.getsockname()[1]), timeout=2) as connection,
    ):
        assert connection.getpeername()[0] == "127.0.0.1"


def test_no_account_of_aws_is_in_the_environment() -> None:
    assert os.environ["AWS_ACCESS_KEY_ID"] == "test"
    assert "AWS_PROFILE" not in os.environ
