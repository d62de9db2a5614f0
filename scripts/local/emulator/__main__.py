"""Runs the emulator, in its own environment: `python -m scripts.local.emulator --state DIR --port N`."""

import argparse
import asyncio
import fcntl
import os
import shutil
import signal
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import IO

from .durable import DurableEmulator, JournalError, ReplayError, SnapshotError

MARK = "LOCAL_EMULATOR_STATE"


def main() -> int:
    options = _options()
    root = options.state.resolve()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = _locked(root)
    if lock is None:
        return _refuse(f"another emulator uses {root}", 5)
    _end_orphans(root)
    _prepare(root, options.port)
    try:
        asyncio.run(_serve(root, options))
    except (JournalError, ReplayError, SnapshotError) as error:
        return _refuse(f"{error}; nothing in {root} was changed", 3)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.local.emulator")
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--journal-limit", type=int, default=64_000_000, help="bytes; then a snapshot replaces it")
    parser.add_argument("--expiry-seconds", type=float, default=60, help="how often expired items are deleted")
    parser.add_argument("--tethered", action="store_true", help="stop when standard input closes")
    return parser.parse_args()


async def _serve(root: Path, options: argparse.Namespace) -> None:
    emulator = DurableEmulator(root, options.journal_limit, options.expiry_seconds)
    count = await emulator.restore()
    if count:
        print(f"emulator: {count} journalled writes repeated", file=sys.stderr, flush=True)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, _end)
    if options.tethered:
        threading.Thread(target=_tether, daemon=True).start()
    emulator.start()
    config = _server_settings(options.port)
    await import_module("hypercorn.asyncio").serve(emulator, config, shutdown_trigger=asyncio.Event().wait, mode="asgi")


def _end() -> None:
    """A clean stop has nothing to save: what was acknowledged is on disk, and what was not may be lost."""
    os._exit(0)


def _server_settings(port: int) -> object:
    config = import_module("hypercorn.config").Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.keep_alive_timeout, config.loglevel = 75, "WARNING"
    return config


def _prepare(root: Path, port: int) -> None:
    """The emulator reads its settings when imported. Its own saving is off: it saves at a clean stop only."""
    temporary, files, objects = root / "tmp", root / "files", root / "objects"
    shutil.rmtree(temporary, ignore_errors=True)
    for folder in (temporary, files, objects):
        folder.mkdir(mode=0o700, exist_ok=True)
    os.environ.update(
        {
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(port),
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
            "PERSIST_STATE": "0",
            "STATE_DIR": str(files),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(objects),
            "TMPDIR": str(temporary),
            MARK: str(root),
        }
    )


def _locked(root: Path) -> IO[bytes] | None:
    """The lock goes with the process, however it ends."""
    file = (root / "lock").open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return None
    return file


def _end_orphans(root: Path) -> None:
    """Function workers of an emulator that was killed still run; they carry its mark in their environment."""
    mark = f"{MARK}={root}".encode()
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in entry.read_bytes().split(b"\0") and int(entry.parent.name) != os.getpid():
                os.kill(int(entry.parent.name), signal.SIGKILL)
        except OSError:
            continue


def _tether() -> None:
    """Whoever started this holds the other end of standard input; when it is gone, this must go too."""
    while os.read(0, 1):
        pass
    _end()


def _refuse(reason: str, code: int) -> int:
    print(f"emulator: {reason}", file=sys.stderr, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
