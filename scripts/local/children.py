"""Child processes that are started again when they die, and stopped together with what they started."""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SHORTEST, LONGEST = 0.1, 5.0
STEADY_SECONDS = 10


class ChildError(Exception):
    """A child said that starting it again is of no use."""


@dataclass(slots=True)
class Child:
    """`command` is asked at each start. A child that ends with a code of `final` is not started again.

    `grace`: seconds between asking it to stop and killing it.
    """

    name: str
    command: Callable[[], list[str]]
    environment: Mapping[str, str]
    inherits: tuple[int, ...] = ()
    final: Collection[int] = ()
    grace: float = 0.3
    process: subprocess.Popen[bytes] | None = None
    _started: float = field(default=0, init=False)
    _failures: int = field(default=0, init=False)

    def start(self) -> None:
        self._started = time.monotonic()
        self.process = subprocess.Popen(
            self.command(),
            env=dict(self.environment),
            stdin=subprocess.PIPE,  # closes with the supervisor, however that ends
            pass_fds=self.inherits,
            start_new_session=True,
        )

    def died(self) -> int | None:
        """The code it ended with, when it has ended. Raises ChildError for a final one."""
        code = self.process.poll() if self.process else None
        if code is not None and code in self.final:
            raise ChildError(f"{self.name} 停止了（{code}），原因见上。")
        return code

    def revive(self) -> bool:
        """Starts it again when it is dead and has waited long enough; True when it did."""
        if self.died() is None:
            return False
        lived = time.monotonic() - self._started
        if lived < min(LONGEST, SHORTEST * 2**self._failures):
            return False
        self._failures = 0 if lived > STEADY_SECONDS else self._failures + 1
        self.start()
        return True

    def stop(self) -> None:
        if self.process is None:
            return
        _signal_group(self.process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(self.grace)
        _signal_group(self.process.pid, signal.SIGKILL)
        self.process.wait()


def record(path: Path, children: Collection[Child]) -> None:
    """Who runs, for a later start to find what a kill has left, and for tests to know whom to kill."""
    running = {child.name: child.process.pid for child in children if child.process}
    part = path.with_suffix(".part")
    part.write_text(json.dumps({"supervisor": os.getpid()} | running), "utf-8")
    part.replace(path)


def end_orphans(path: Path, mark: str) -> list[str]:
    """Ends what an earlier supervisor left running; a number that now belongs to something else is left alone."""
    try:
        noted: dict[str, int] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    orphans = {name: pid for name, pid in noted.items() if name != "supervisor" and mark in _command_line(pid)}
    for pid in orphans.values():
        _signal_group(pid, signal.SIGKILL)
    return list(orphans)


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return _asked_command_line(pid)


def _asked_command_line(pid: int) -> str:
    """For systems without /proc."""
    try:
        return subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout
    except OSError:
        return ""


def _signal_group(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)
