"""Starts everything in order, keeps it running, rebuilds what was edited, and stops all of it."""

import contextlib
import fcntl
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, NoReturn

import boto3

from . import environment, private
from .build import Builder
from .children import Child, end_orphans, record
from .greeting import greeting
from .place import HOST, ROOT, Place
from .provision import Resources, provision
from .template import load
from .watch import Watch

START_SECONDS = 60
LOOK_SECONDS = 0.25
ORPHAN_SECONDS = 5  # until a killed process has let its ports go
APPLICATION_GRACE = 3  # the others lose nothing when killed
EMULATOR_FINAL = (3, 5)  # its state cannot be vouched for, or another one uses it


class StackError(Exception):
    """The stack cannot run; the message says how to mend it."""


class Stopped(BaseException):
    """Somebody asked for the end."""


def run(here: Place, *, build: bool) -> None:
    """Runs until Ctrl-C or SIGTERM. Raises StackError or ChildError."""
    here.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for number in signals:
        signal.signal(number, _stop)
    with _only_one(here.state), contextlib.ExitStack() as stack:
        stack.callback(_ignore, signals)
        try:
            _Supervisor(here, build, stack).run()
        except Stopped:
            _ignore(signals)
            print("\n正在停止……", flush=True)


def _stop(_number: int, _frame: object) -> NoReturn:
    raise Stopped


def _ignore(signals: tuple[signal.Signals, ...]) -> None:
    """A second Ctrl-C must not leave half of it running."""
    for number in signals:
        signal.signal(number, signal.SIG_IGN)


class _Supervisor:
    def __init__(self, here: Place, build: bool, stack: contextlib.ExitStack) -> None:
        self._here, self._stack = here, stack
        self._children: list[Child] = []
        self._base = environment.base(here)
        self._watch = Watch() if build else None
        self._builder = Builder(here.builds, here.build_error, self._base) if build else None

    def run(self) -> None:
        if not emulator_python().exists():
            raise StackError(
                f"{emulator_python()} 不存在：先运行 make setup，或用 EMULATOR_PYTHON= 指明模拟器的 Python。"
            )
        listener = self._listen()
        if self._builder:
            self._first_build(self._builder)
        elif not self._here.site.is_dir():
            raise StackError(f"{self._here.site} 还没有生成：先运行 make build，或去掉 --no-build。")
        self._start_emulator()
        application = environment.application(self._here, self._provisioned())
        private.write(self._here.state / "environment", _as_shell(application))
        self._make_keys(application)
        self._start_issuer()
        app = self._start_application(application, listener)
        print(greeting(self._here), flush=True)
        print(f"ready {self._here.address('origin')}", flush=True)
        self._keep_running(app)

    def _listen(self) -> socket.socket:
        """The origin's port is taken first and kept, so that nobody is refused while the application restarts."""
        orphans = end_orphans(self._here.state / "processes.json", str(self._here.state))
        patience = ORPHAN_SECONDS if orphans else 0
        for name, port in self._here.ports.items():
            if name != "origin":
                _bound(port, self._here, patience).close()
        listener = _bound(self._here.port, self._here, patience)
        self._stack.callback(listener.close)
        return listener

    def _first_build(self, builder: Builder) -> None:
        print("正在生成网站……", flush=True)
        self._stack.callback(builder.stop)
        builder.start()
        if not builder.wait():
            print(builder.said, file=sys.stderr, flush=True)
            if builder.folder is None:
                raise StackError("网站没有生成，原因见上；改好后再运行一次。")
            print("网站没有更新，先用上一次生成的。", file=sys.stderr, flush=True)

    def _start_emulator(self) -> None:
        state, port = str(self._here.state / "emulator"), str(self._here.ports["emulator"])
        program = [str(emulator_python()), "-m", "scripts.local.emulator"]
        command = [*program, "--state", state, "--port", port, "--tethered"]
        plain = {name: value for name, value in self._base.items() if not name.startswith("AWS_")}
        emulator = Child("emulator", lambda: command, plain | {"PYTHONPATH": str(ROOT)}, final=EMULATOR_FINAL)
        self._start(emulator, self._here.address("emulator") + "/_ministack/health")

    def _provisioned(self) -> Resources:
        template = load(self._here.backend / "resources.yaml")

        def client(service: str) -> Any:
            return boto3.client(
                service,  # type: ignore[call-overload]
                endpoint_url=self._here.address("emulator"),
                region_name=self._base["AWS_REGION"],
                aws_access_key_id=self._base["AWS_ACCESS_KEY_ID"],
                aws_secret_access_key=self._base["AWS_SECRET_ACCESS_KEY"],
            )

        return provision(template, client)

    def _make_keys(self, application: dict[str, str]) -> None:
        """The project's own application seals; another one has no use for its keys."""
        if self._here.backend != Place().backend or find_spec("scripts.keys") is None:
            return
        done = subprocess.run([sys.executable, "-m", "scripts.keys"], env=application)
        if done.returncode:
            raise StackError(f"scripts.keys 没有成功（{done.returncode}），原因见上。")

    def _start_issuer(self) -> None:
        command = [sys.executable, "-m", "scripts.local.issuer", *self._here.arguments]
        issuer = Child("issuer", lambda: command, self._base)
        self._start(issuer, self._here.address("issuer") + "/.well-known/openid-configuration")

    def _start_application(self, application: dict[str, str], listener: socket.socket) -> Child:
        number = listener.fileno()

        def command() -> list[str]:
            program = [sys.executable, "-m", "scripts.local.application", "--listener", str(number)]
            return program + replace(self._here, site=self._site()).arguments

        app = Child("app", command, application, inherits=(number,), grace=APPLICATION_GRACE)
        self._start(app, self._here.address("origin") + "/mailbox/messages.json")
        return app

    def _site(self) -> Path:
        built = self._builder.folder if self._builder else None
        return built or self._here.site

    def _start(self, child: Child, address: str) -> None:
        child.start()
        self._stack.callback(child.stop)
        self._children.append(child)
        self._note()
        until = time.monotonic() + START_SECONDS
        while not _answers(address):
            if child.died() is not None:
                raise StackError(f"{child.name} 没有启动，原因见上。")
            if time.monotonic() > until:
                raise StackError(f"{child.name} 在 {START_SECONDS} 秒内没有启动。")
            time.sleep(0.05)

    def _keep_running(self, app: Child) -> None:
        while True:
            for child in self._children:
                if child.revive():
                    print(f"{child.name} 停了，已重新启动。", file=sys.stderr, flush=True)
                    self._note()
            self._rebuild(app)
            time.sleep(LOOK_SECONDS)

    def _rebuild(self, app: Child) -> None:
        """The application is replaced with the site: both belong to one catalogue."""
        if self._builder is None or self._watch is None:
            return
        good = self._builder.finished()
        if good:
            app.stop()
            app.start()
            self._note()
            print("网站已更新。", flush=True)
        elif good is False:
            print(f"{self._builder.said}\n网站没有更新，上一次的还在。", file=sys.stderr, flush=True)
        if not self._builder.running and self._watch.changed():
            self._builder.start()

    def _note(self) -> None:
        record(self._here.state / "processes.json", self._children)


def emulator_python() -> Path:
    """The emulator pins what the project does not, so it has an environment of its own."""
    return Path(os.environ.get("EMULATOR_PYTHON", str(ROOT / ".venv-emulator" / "bin" / "python")))


@contextlib.contextmanager
def _only_one(state: Path) -> Iterator[IO[bytes]]:
    """The lock goes with the process, however it ends."""
    with (state / "lock").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StackError(f"{state} 正被另一个 make serve 使用：先停下它，或用 --state 另选文件夹。") from None
        yield file


def _bound(port: int, here: Place, patience: float) -> socket.socket:
    until = time.monotonic() + patience
    while (taken := _try_to_bind(port)) is None:
        if time.monotonic() >= until:
            span, other = f"{here.port} 至 {max(here.ports.values())}", here.port + 100
            raise StackError(f"端口 {port} 已被别的程序占用（要用 {span}）。换一个：PORT={other} make serve")
        time.sleep(0.05)
    return taken


def _try_to_bind(port: int) -> socket.socket | None:
    taken = socket.socket()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
    except OSError:
        taken.close()
        return None
    return taken


def _answers(address: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=2) as reply:
            return bool(reply.status == 200)
    except urllib.error.HTTPError as error:
        error.close()
        return False
    except OSError:
        return False


def _as_shell(application: dict[str, str]) -> str:
    """For `set -a; . .state/environment`, then any of the project's programs at this stack's side."""
    own = {name: value for name, value in application.items() if os.environ.get(name) != value}
    return "".join(f"{name}={shlex.quote(value)}\n" for name, value in sorted(own.items()))
