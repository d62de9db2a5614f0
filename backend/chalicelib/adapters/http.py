"""One HTTP call with bounds on its whole time and on the size of the answer; follows no redirect."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, urlsplit

SECONDS = 5

Connect = Callable[[str, str, int, float], socket.socket]
"""Given scheme, host, port and seconds. Raises HttpError, OSError."""


class HttpError(Exception):
    """No answer, or one that is no HTTP, too slow or too large."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`retry_after`: the seconds that the other side asks for, 0 where it does not."""

    status: int
    body: bytes
    retry_after: int


def call(
    method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None, limit: int = 65536
) -> tuple[int, bytes]:
    """Status and body. Raises HttpError."""
    answer = ask(method, url, body, headers, limit)
    return answer.status, answer.body


def anywhere(_scheme: str, host: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((host, port), seconds)


def ask(
    method: str,
    url: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    limit: int | None = 65536,
    connect: Connect = anywhere,
    seconds: float = SECONDS,
) -> Answer:
    """Without a `limit` the body is left unread. Raises HttpError."""
    connection = _Connection(_parts(url), connect, seconds)
    try:
        with connection.cut_off():
            connection.request(method, _target(url), body, dict(headers or {}))
            with connection.getresponse() as answer:
                content = answer.read(limit + 1) if limit is not None else b""
    except HttpError:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise HttpError(type(error).__name__) from error
    finally:
        connection.close()
    if limit is not None and len(content) > limit:
        raise HttpError("too large")
    return Answer(answer.status, content, _seconds(answer.headers.get("Retry-After", "")))


class _Connection(http.client.HTTPConnection):
    """Encrypted where the address says so. Limits on single reads would let a slow sender hold us for hours."""

    def __init__(self, parts: SplitResult, connect: Connect, seconds: float) -> None:
        self.default_port = 443 if parts.scheme == "https" else 80
        super().__init__(str(parts.hostname), parts.port or self.default_port, timeout=seconds)
        self._scheme, self._connect, self._seconds = parts.scheme, connect, seconds
        self._wire: socket.socket | None = None
        self._late = threading.Event()

    def connect(self) -> None:
        self._wire = self.sock = self._connect(self._scheme, self.host, self.port, self._seconds)
        if self._scheme == "https":
            context = ssl.create_default_context()
            secure = context.wrap_socket(self._wire, server_hostname=self.host, do_handshake_on_connect=False)
            self._wire = self.sock = secure
            secure.do_handshake()

    @contextlib.contextmanager
    def cut_off(self) -> Iterator[None]:
        timer = threading.Timer(self._seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (OSError, http.client.HTTPException, ValueError):
            if not self._late.is_set():
                raise
        finally:
            timer.cancel()
        if self._late.is_set():
            raise HttpError("TimeoutError")

    def _cut(self) -> None:
        self._late.set()
        with contextlib.suppress(OSError):
            if self._wire:
                socket.socket.shutdown(self._wire, socket.SHUT_RDWR)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return parts
    except ValueError:
        pass
    raise HttpError("neither http nor https")


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _seconds(given: str) -> int:
    """A number of seconds, or a date."""
    if given.isascii() and given.isdigit() and len(given) < 10:
        return int(given)
    try:
        moment = parsedate_to_datetime(given)
    except ValueError:
        return 0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0, round((moment - datetime.now(UTC)).total_seconds()))
