"""The built site as WSGI: files with validators, ranges and precompressed forms; a page for what is missing."""

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from whitenoise import WhiteNoise

from .gateway import Environ, StartResponse, Wsgi

# What would make the answer anything but the whole page as it stands on disk.
SHORTCUTS = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")
OWN_HEADERS = ("content-length", "etag", "last-modified", "cache-control", "accept-ranges")


def site(folder: Path, build_error: Path) -> Wsgi:
    """Serves one build. A build never changes: the next one has a folder and a process of its own."""
    files: Wsgi = WhiteNoise(
        _not_found(folder), root=folder, index_file=True, max_age=0, allow_all_origins=False, charset="utf-8"
    )
    return _with_build_error(files, build_error)


def _not_found(folder: Path) -> Wsgi:
    def respond(_: Environ, start: StartResponse) -> Iterable[bytes]:
        page = folder / "404.html"
        body = page.read_bytes() if page.exists() else "没有这个页面。".encode()
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
        start("404 Not Found", headers)
        return [body]

    return respond


def _with_build_error(files: Wsgi, build_error: Path) -> Wsgi:
    """While the newest build is broken, every page of the last good one says so at its top."""

    def respond(environ: Environ, start: StartResponse) -> Iterable[bytes]:
        if not build_error.exists():
            return files(environ, start)
        kept: list[tuple[str, list[tuple[str, str]]]] = []
        plain = {name: value for name, value in environ.items() if name not in SHORTCUTS}
        body = _whole(files(plain, lambda status, headers, _=None: kept.append((status, headers))))
        status, headers = kept[-1]
        if dict(headers).get("Content-Type", "").startswith("text/html") and environ["REQUEST_METHOD"] == "GET":
            body = _marked(body, build_error.read_text("utf-8"))
            headers = [(name, value) for name, value in headers if name.lower() not in OWN_HEADERS]
            headers += [("Cache-Control", "no-store"), ("Content-Length", str(len(body)))]
        start(status, headers)
        return [body]

    return respond


def _whole(parts: Iterable[bytes]) -> bytes:
    try:
        return b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()


def _marked(page: bytes, error: str) -> bytes:
    banner = f'<pre role="alert">网站没有更新，下面是上一次的内容。\n{escape(error)}</pre>'.encode()
    return re.sub(rb"<body[^>]*>", lambda match: match[0] + banner, page, count=1)
