"""Builds the site into a folder of its own and puts it in the place of the last good one only when it is sound."""

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

CURRENT = "current"


def build_command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "scripts.build", "--site", str(folder)]


class Builder:
    """One build at a time. `folder` is the last good build, if there is one."""

    def __init__(
        self,
        builds: Path,
        error: Path,
        environment: Mapping[str, str],
        command: Callable[[Path], list[str]] = build_command,
    ) -> None:
        self._builds, self._error, self._environment, self._command = builds, error, environment, command
        self._process: subprocess.Popen[bytes] | None = None
        self._next = builds / "none"
        builds.mkdir(parents=True, exist_ok=True)

    @property
    def folder(self) -> Path | None:
        link = self._builds / CURRENT
        return link.resolve() if link.exists() else None

    @property
    def running(self) -> bool:
        return self._process is not None

    def start(self) -> None:
        self._next = self._builds / str(self._last_number() + 1)
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command(self._next),
                env=dict(self._environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )

    def finished(self) -> bool | None:
        """None while it runs or when none does; then, once, whether it was good and is now current."""
        code = self._process.poll() if self._process else None
        if code is None:
            return None
        self._process = None
        good = code == 0 and self._next.is_dir()
        if good:
            self._replace()
        else:
            self._explain()
        return good

    def wait(self) -> bool:
        if self._process:
            self._process.wait()
        return bool(self.finished())

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()

    @property
    def said(self) -> str:
        """What the last build complained of: where the error is, in file and line."""
        return self._log.read_text("utf-8", errors="replace") if self._log.exists() else ""

    @property
    def _log(self) -> Path:
        return self._builds / "build.log"

    def _replace(self) -> None:
        """Whoever still serves the folder before keeps it; older ones go."""
        before = self.folder
        link = self._builds / "next"
        link.unlink(missing_ok=True)
        link.symlink_to(self._next.name)
        link.replace(self._builds / CURRENT)
        self._error.unlink(missing_ok=True)
        for folder in self._folders():
            if folder not in (self._next, before):
                shutil.rmtree(folder, ignore_errors=True)

    def _explain(self) -> None:
        for folder in self._builds.glob(f"{self._next.name}*"):
            shutil.rmtree(folder, ignore_errors=True)
        self._error.write_text(self.said or "生成网站的程序停止了，没有说明原因。\n", "utf-8")

    def _folders(self) -> list[Path]:
        return [path for path in self._builds.iterdir() if path.name.isdigit()]

    def _last_number(self) -> int:
        return max((int(folder.name) for folder in self._folders()), default=0)


def fingerprint(paths: list[Path]) -> dict[str, tuple[int, int]]:
    """When and how large every file is; another fingerprint means that something was edited."""
    found: dict[str, tuple[int, int]] = {}
    for path in paths:
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            with contextlib.suppress(OSError):
                status = file.stat()
                found[str(file)] = (status.st_mtime_ns, status.st_size)
    return found
