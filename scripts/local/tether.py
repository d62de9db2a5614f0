"""Ends a child process with its supervisor, even when that was killed and could say nothing."""

import os
import signal
import threading


def tether() -> None:
    """SIGTERM becomes KeyboardInterrupt, and comes by itself when the supervisor closes standard input."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    while os.read(0, 1):  # not sys.stdin: its lock, held by this thread, would break the interpreter's end
        pass
    os.kill(os.getpid(), signal.SIGTERM)
