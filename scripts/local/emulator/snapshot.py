"""Snapshots of the emulator's services: a folder per generation; a link that changes at once names the newest."""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

State = Any
Encode = Callable[[Any], Any]
Decode = Callable[[dict[str, Any]], Any]

_LINK = "current"


class SnapshotError(Exception):
    """A snapshot cannot be read."""


class Snapshots:
    """Writes and reads the generations under one folder, in the emulator's own JSON."""

    def __init__(self, root: Path, encode: Encode, decode: Decode) -> None:
        self._root, self._encode, self._decode = root, encode, decode
        self._written: dict[str, str] = {}
        if not self.folder.exists():
            (root / "generation-0").mkdir(parents=True, exist_ok=True)
            self._point_to("generation-0")

    @property
    def folder(self) -> Path:
        return self._root / _LINK

    def encoded(self, states: Mapping[str, Callable[[], State]]) -> dict[str, str]:
        """The services' states as text, so that writing can happen while the services go on."""
        return {name: json.dumps(_settled(state), default=self._encode) for name, state in states.items()}

    def write(self, texts: Mapping[str, str]) -> None:
        """Replaces the files of those services whose state has changed."""
        changed = {name: text for name, text in texts.items() if self._written.get(name) != text}
        for name, text in changed.items():
            _replace(self.folder / f"{name}.json", text)
        if changed:
            _sync_folder(self.folder)
            self._written |= changed

    def begin(self, texts: Mapping[str, str]) -> None:
        """Starts a generation from the whole state; the one before counts until the very end."""
        name = f"generation-{int(self.folder.readlink().name.rpartition('-')[2]) + 1}"
        folder = self._root / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for service, text in texts.items():
            _replace(folder / f"{service}.json", text)
        _sync_folder(folder)
        self._point_to(name)
        self._written = dict(texts)
        self._forget_all_but(name)

    def read(self) -> dict[str, State]:
        return {path.stem: self._loaded(path) for path in sorted(self.folder.glob("*.json"))}

    def _loaded(self, path: Path) -> State:
        try:
            return json.loads(path.read_text("utf-8"), object_hook=self._decode)
        except (ValueError, OSError) as error:
            raise SnapshotError(f"{path.resolve()} cannot be read ({type(error).__name__})") from error

    def _point_to(self, name: str) -> None:
        link = self._root / "next"
        link.unlink(missing_ok=True)
        link.symlink_to(name)
        link.replace(self.folder)
        _sync_folder(self._root)

    def _forget_all_but(self, name: str) -> None:
        for folder in self._root.glob("generation-*"):
            if folder.name != name:
                shutil.rmtree(folder, ignore_errors=True)


def _settled(state: Callable[[], State], tries: int = 20) -> State:
    """The emulator's own threads may change a service while it is copied; then copy again."""
    for _ in range(tries - 1):
        try:
            return state()
        except RuntimeError:
            continue
    return state()


def _replace(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
