"""The shipped `matters.yaml`, compiled in memory: tests need no build."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chalicelib.catalogue import Catalogue, load
from scripts.matters.compile import compile_all

MATTERS = Path(__file__).parents[1] / "matters.yaml"


@cache
def compiled() -> dict[str, dict[str, Any]]:
    return compile_all(yaml.safe_load(MATTERS.read_text("utf-8")))


@cache
def catalogue(slug: str) -> Catalogue:
    return load(compiled()[slug])
