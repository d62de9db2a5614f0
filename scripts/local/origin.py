"""One origin for all: the site at /, the application under /api, the mailbox under /mailbox."""

import json
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path

from chalice.app import Chalice

from .gateway import Environ, StartResponse, Wsgi, gateway
from .site import site

POLICY = "; ".join(
    [
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ]
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
DYNAMIC = ("/api", "/mailbox")


def origin(app: Chalice, folder: Path, mailbox: Wsgi, build_error: Path) -> Wsgi:
    api, pages = gateway(app), site(folder, build_error)

    def route(environ: Environ, start: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/api" or path.startswith("/api/"):
            return api(environ, start)
        if path == "/mailbox" or path.startswith("/mailbox/"):
            return mailbox(environ, start)
        if path == "/build-error.txt" and build_error.exists():
            return _text(build_error.read_bytes(), start)
        return pages(environ, start)

    return _secured(route)


def _secured(inner: Wsgi) -> Wsgi:
    """Headers on every answer, no body after HEAD, and nothing of an accident but its number."""

    def respond(environ: Environ, start: StartResponse) -> Iterable[bytes]:
        def start_secured(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> object:
            present = {name.lower() for name, _ in headers}
            more = dict(SECURITY)
            if environ["PATH_INFO"].startswith(DYNAMIC):
                more["Cache-Control"] = "no-store"
            added = [(name, value) for name, value in more.items() if name.lower() not in present]
            return start(status, headers + added, exc_info)

        try:
            body = inner(environ, start_secured)
        except Exception as error:  # noqa: BLE001 - the text of an error may hold what a family wrote
            _report(error)
            return _accident(start_secured)
        return _nothing(body) if environ["REQUEST_METHOD"] == "HEAD" else body

    return respond


def _nothing(body: Iterable[bytes]) -> list[bytes]:
    """A body after HEAD would be taken for the start of the next answer."""
    close = getattr(body, "close", None)
    if close is not None:
        close()
    return []


def _accident(start: StartResponse) -> list[bytes]:
    problem = {"field": "", "code": "unavailable", "message": "系统出了问题，请稍后再试。"}
    body = json.dumps({"problems": [problem]}, ensure_ascii=False).encode()
    start(
        "500 Internal Server Error",
        [("Content-Type", "application/json; charset=utf-8"), ("Content-Length", str(len(body)))],
    )
    return [body]


def _text(body: bytes, start: StartResponse) -> list[bytes]:
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]
    start("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [body]


def _report(error: Exception) -> None:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    print(f"origin: {type(error).__name__} at {frame.filename}:{frame.lineno}", file=sys.stderr, flush=True)
