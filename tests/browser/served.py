"""A built site over HTTP as production serves it: compressed where a `.gz` is there, with the content policy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


class _Site(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    compressed = False

    def send_head(self):
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        zipped = path.with_name(path.name + ".gz")
        self.compressed = zipped.exists()
        if not self.compressed:
            return super().send_head()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(zipped.stat().st_size))
        self.end_headers()
        return zipped.open("rb")

    def end_headers(self) -> None:
        if self.compressed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Security-Policy", "default-src 'self'")
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        """A test's output is for what failed."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Site, directory=str(site))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
