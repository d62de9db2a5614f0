"""How an agency's system takes our notifications: verify, refuse what is old or repeated, handle each message once.

    WEBHOOK_SECRETS="whsec_new whsec_old" python webhook_receiver.py 8090

Standard library only; works with every sender that follows Standard Webhooks (standardwebhooks.com). Put your own work
in the place of `print`. Answer within five seconds: what takes longer belongs on a queue of your own.
"""

import base64
import hashlib
import hmac
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOLERANCE = 5 * 60
REMEMBERED = 7 * 24 * 60 * 60  # longer than the sender keeps trying
LARGEST = 65536


class Receiver:
    """`handle` is called once for every message; `memory` is a file, so that a restart forgets nothing."""

    def __init__(self, secrets: Sequence[str], memory: str, handle: Callable[[Any], None]) -> None:
        self._keys = [base64.b64decode(secret.removeprefix("whsec_")) for secret in secrets]
        self._memory, self._handle = memory, handle
        with closing(sqlite3.connect(memory)) as known, known:
            known.execute("CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY, moment INTEGER)")

    def take(self, message_id: str, moment: str, signatures: str, body: bytes) -> int:
        """The status to answer with. Only 2xx tells the sender not to try again."""
        if not self._genuine(message_id, moment, signatures, body):
            return 401
        if abs(time.time() - int(moment)) > TOLERANCE:
            return 400
        with closing(sqlite3.connect(self._memory)) as known, known:
            known.execute("BEGIN IMMEDIATE")
            before = known.execute("SELECT moment FROM seen WHERE id = ?", (message_id,)).fetchone()
            if before and int(moment) <= before[0]:
                return 409  # the very same request again: somebody recorded it
            known.execute("INSERT OR REPLACE INTO seen VALUES (?, ?)", (message_id, int(moment)))
            known.execute("DELETE FROM seen WHERE moment < ?", (time.time() - REMEMBERED,))
            if not before:  # otherwise our answer got lost and the sender signed it anew: handled already
                self._handle(json.loads(body))
        return 204

    def _genuine(self, message_id: str, moment: str, signatures: str, body: bytes) -> bool:
        """Any of our keys and any of the signatures: both sides can change keys without a gap."""
        if not (message_id and moment.isascii() and moment.isdigit()):
            return False
        content = f"{message_id}.{moment}.".encode() + body
        wanted = [b"v1," + base64.b64encode(hmac.digest(key, content, hashlib.sha256)) for key in self._keys]
        given = [one.encode() for one in signatures.split(" ")]
        return any(hmac.compare_digest(one, other) for one in wanted for other in given)


def server(receiver: Receiver, port: int) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not length.isdigit() or int(length) > LARGEST:
                self._answer(413)
                return
            names = ("webhook-id", "webhook-timestamp", "webhook-signature")
            given = [self.headers.get(name, "") for name in names]
            self._answer(receiver.take(*given, self.rfile.read(int(length))))

        def _answer(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    receiver = Receiver(os.environ["WEBHOOK_SECRETS"].split(), "webhooks.sqlite", print)
    server(receiver, int(sys.argv[1])).serve_forever()
