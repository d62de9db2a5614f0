"""Where one local stack stands: its folders, its ports and the addresses that follow from them."""

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Place:
    """`port` is the origin's; the other services take the three that follow."""

    port: int = 8000
    state: Path = ROOT / ".state"
    backend: Path = ROOT / "backend"
    site: Path = ROOT / "site"

    @property
    def ports(self) -> dict[str, int]:
        names = ("origin", "issuer", "emulator", "mail")
        return {name: self.port + offset for offset, name in enumerate(names)}

    def address(self, service: str) -> str:
        return f"http://{HOST}:{self.ports[service]}"

    @property
    def catalogue(self) -> Path:
        return self.backend / "chalicelib" / "catalogue" / "data"

    @property
    def builds(self) -> Path:
        return self.state / "builds"

    @property
    def build_error(self) -> Path:
        return self.state / "build-error.txt"

    @property
    def mailbox(self) -> Path:
        return self.state / "mailbox.sqlite"

    @property
    def arguments(self) -> list[str]:
        """What a child process needs to be at the same place."""
        port, state, backend = str(self.port), str(self.state), str(self.backend)
        return ["--port", port, "--state", state, "--backend", backend, "--site", str(self.site)]


def running_port(state: Path) -> int | None:
    """The origin's port of the stack that last ran on this state folder."""
    written = state / "environment"
    lines = written.read_text("utf-8").splitlines() if written.exists() else []
    address = next((line for line in lines if line.startswith("PUBLIC_ORIGIN=")), "")
    port = address.rpartition(":")[2].strip("'")
    return int(port) if port.isdigit() else None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    default = Place()
    port = int(os.environ.get("PORT") or default.port)
    parser.add_argument(
        "--port", type=int, default=port, help="网站的端口，其后三个端口也会用到（默认 8000，或 PORT=）"
    )
    parser.add_argument("--state", type=Path, default=default.state, help="存放数据的文件夹（默认 .state）")
    parser.add_argument("--backend", type=Path, default=default.backend, help="Chalice 应用的文件夹")
    parser.add_argument("--site", type=Path, default=default.site, help="已经生成的网站的文件夹")


def from_arguments(options: argparse.Namespace) -> Place:
    return Place(options.port, options.state.resolve(), options.backend.resolve(), options.site.resolve())
