"""One HTTP call, against servers that mean no good."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from chalicelib.adapters.http import HttpError, ask
from tests.adapters.servers import http_server


@contextmanager
def raw_server(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """Says what it likes, as slowly as it likes."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(10)

    def serve() -> None:
        with suppress(OSError):
            connection, _ = listening.accept()
            with connection:
                answer(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        listening.close()
        thread.join(10)


def drip(start: bytes, piece: bytes) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(start)
        for _ in range(200):
            connection.sendall(piece)
            time.sleep(0.02)

    return answer


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
    ],
    ids=["status line", "headers", "one header", "body", "chunks", "body without an end"],
)
def test_who_answers_a_little_at_a_time_is_cut_off(start: bytes, piece: bytes) -> None:
    began = time.monotonic()
    with raw_server(drip(start, piece)) as address, pytest.raises(HttpError):
        ask("POST", address, b"{}", seconds=0.5)
    assert time.monotonic() - began < 3


def test_who_says_nothing_is_left() -> None:
    with raw_server(lambda _: time.sleep(1)) as address, pytest.raises(HttpError) as caught:
        ask("POST", address, b"{}", seconds=0.3)
    assert str(caught.value) == "TimeoutError"


def test_who_never_takes_the_request_is_left() -> None:
    with raw_server(lambda _: time.sleep(1)) as address, pytest.raises(HttpError):
        ask("POST", address, b"x" * 20_000_000, seconds=0.3)


@pytest.mark.parametrize(
    "said",
    [b"", b"\x00" * 1000, b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 2000],
    ids=["nothing", "zeros", "another protocol", "no status", "two thousand headers"],
)
def test_what_is_no_http_is_an_error(said: bytes) -> None:
    def answer(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(said)

    with raw_server(answer) as address, pytest.raises(HttpError):
        ask("POST", address, b"{}", seconds=2)


def test_too_large_an_answer_is_an_error_unless_nobody_reads_it() -> None:
    with http_server(lambda _: (200, b"x" * 5000, {})) as server:
        with pytest.raises(HttpError):
            ask("GET", server.address, limit=4999)
        assert len(ask("GET", server.address, limit=5000).body) == 5000
        assert ask("GET", server.address, limit=None).body == b""


SOON = "in ten minutes"


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("120", 120, 120),
        (SOON, 500, 600),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0, 0),
        ("soon", 0, 0),
        ("-5", 0, 0),
        ("1" * 400, 0, 0),
        ("²", 0, 0),
    ],
)
def test_how_long_to_wait_is_read_in_either_form(said: str, least: int, most: int) -> None:
    said = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True) if said == SOON else said

    def answer(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(
            b"HTTP/1.1 503 X\r\nContent-Length: 0\r\nRetry-After: " + said.encode("latin-1") + b"\r\n\r\n"
        )

    with raw_server(answer) as address:
        assert least <= ask("GET", address).retry_after <= most


@pytest.mark.parametrize(
    "url",
    ["", "no", "//127.0.0.1/", "ftp://127.0.0.1/", "http://", "http://127.0.0.1:x/", "http://[::1", "http://a:99999/"],
)
def test_what_is_no_address_is_an_error(url: str) -> None:
    with pytest.raises(HttpError):
        ask("GET", url)
