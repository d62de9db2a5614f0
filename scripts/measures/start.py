"""The cold start of a function, against Chalice and one DynamoDB client alone: fresh interpreters that see
nothing but the packages that travel with the functions or are there already."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts.build import ROOT
from scripts.guide.place import read_places
from scripts.matters.compile import for_backend, to_json

from .pairs import Run

PLATFORM = ("chalice", "boto3")
"""What the functions find without packing it."""
PIN = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
NAME = re.compile(r"[A-Za-z0-9._-]+")

IMPORT = "import app"
READY = """
import app
from chalicelib.catalogue import for_locality, localities
from chalicelib.adapters import aws
for_locality(localities()[0])
aws.client("dynamodb")
"""
BARE = """
from chalice.app import Chalice
import botocore.session
Chalice(app_name="bare")
botocore.session.get_session().create_client("dynamodb")
"""
TIMED = """
import time
start = time.process_time()
{}
print(time.process_time() - start)
"""


def runs(folder: Path) -> tuple[Run, Run, Run]:
    """Importing the application; importing it, reading a catalogue and making its client; the bare thing."""
    backend, packages = folder / "backend", folder / "packages"
    shutil.copytree(ROOT / "backend", backend, ignore=shutil.ignore_patterns("__pycache__", "data"))
    _write_catalogue(backend / "chalicelib" / "catalogue" / "data")
    _link(packages, installed((*PLATFORM, *PIN.findall((ROOT / "requirements" / "backend.txt").read_text("utf-8")))))
    environment = _environment(packages, folder / "bytecode")

    def run(code: str, where: Path) -> Run:
        command = [sys.executable, "-S", "-c", TIMED.format(code)]
        return lambda: float(subprocess.check_output(command, cwd=where, env=environment, text=True))

    return run(IMPORT, backend), run(READY, backend), run(BARE, folder)


def installed(names: Iterable[str]) -> Iterator[Path]:
    """The files and folders of these distributions and of all that they need."""
    known: set[str] = set()
    waiting = list(names)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in known:
            continue
        known.add(name)
        distribution = importlib.metadata.distribution(name)
        waiting += [match[0] for match in map(NAME.match, _needed(distribution)) if match]
        tops = {file.parts[0] for file in distribution.files or () if file.parts[0] not in ("..", "__pycache__")}
        yield from (Path(str(distribution.locate_file(top))) for top in sorted(tops))


def _needed(distribution: importlib.metadata.Distribution) -> Iterator[str]:
    """Not what is asked for under a condition: an extra, another system, an older Python."""
    yield from (one for one in distribution.requires or () if ";" not in one)


def _link(folder: Path, paths: Iterable[Path]) -> None:
    folder.mkdir(parents=True)
    for path in paths:
        (folder / path.name).symlink_to(path)


def _write_catalogue(folder: Path) -> None:
    folder.mkdir(parents=True)
    for place in read_places(ROOT / "matters.yaml"):
        (folder / f"{place.slug}.json").write_text(to_json(for_backend(place.data)), "utf-8")


def _environment(packages: Path, bytecode: Path) -> dict[str, str]:
    """Bytecode of both sides is kept, in a folder of this measure's own."""
    own = {"PYTHONPATH": str(packages), "PYTHONPYCACHEPREFIX": str(bytecode), "AWS_DEFAULT_REGION": "us-east-1"}
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_CONFIG_FILE": os.devnull}
    return {"PATH": os.environ.get("PATH", ""), **own, **keys}
