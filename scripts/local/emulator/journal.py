"""A journal of table writes: one line each, on disk before the write is acknowledged."""

import asyncio
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

Record = Mapping[str, str]

_sync = getattr(os, "fdatasync", os.fsync)


class JournalError(Exception):
    """The journal is damaged in a way that no crash explains."""


class Journal:
    """The journal of one generation, open for appending."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)
        self.size = self._file.tell()
        self._wanted = asyncio.Event()
        self._waiting: list[asyncio.Future[None]] = []

    def append(self, record: Record) -> None:
        """Hands the record to the system; it is safe once `on_disk` returns."""
        line = _line(record)
        if self._file.write(line) != len(line):
            raise JournalError("the disk took only a part of a record")
        self.size += len(line)

    async def on_disk(self) -> None:
        """Waits for the next sync, which everybody who waits shares."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        self._wanted.set()
        await waiter

    async def sync_forever(self) -> None:
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await self._sync_once()

    async def _sync_once(self) -> None:
        waiting, self._waiting = self._waiting, []
        try:
            await asyncio.to_thread(_sync, self._file.fileno())
        except asyncio.CancelledError:  # only `close` follows a cancellation: a snapshot holds these writes already
            self._release(waiting)
            raise
        self._release(waiting)

    def close(self) -> None:
        """To be called when a snapshot on disk holds everything that was appended."""
        self._release(self._waiting)
        self._file.close()

    @staticmethod
    def _release(waiting: list[asyncio.Future[None]]) -> None:
        for waiter in waiting:
            if not waiter.done():
                waiter.set_result(None)


def records(path: Path) -> Iterator[Record]:
    """The records. A last line without its end was never acknowledged; any other damage is an error."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.endswith(b"\n"):
                return
            yield _record(line, number)


def _line(record: Record) -> bytes:
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    return b"%08x %b\n" % (zlib.crc32(text), text)


def _record(line: bytes, number: int) -> Record:
    check, _, text = line.rstrip(b"\n").partition(b" ")
    if check != b"%08x" % zlib.crc32(text):
        raise JournalError(f"record {number} of the journal is damaged")
    record: Record = json.loads(text)
    return record
