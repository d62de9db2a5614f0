"""Imports point inward: catalogue <- cases <- services <- {adapters, api} <- wiring <- app."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.imports import ROOT, imported, modules

BACKEND = ROOT / "backend"
STUBS = {f"mypy_boto3_{service}" for service in ("dynamodb", "kms", "lambda", "s3", "sqs")}

# Layer: the layers of chalicelib, and the packages beyond the standard library, that it may import.
LAYERS: dict[str, tuple[set[str], set[str]]] = {
    "catalogue": ({"catalogue"}, set()),
    "cases": ({"cases", "catalogue"}, {"cryptography"}),
    "services": ({"services", "cases", "catalogue"}, set()),
    "settings": (set(), set()),
    "adapters": (
        {"adapters", "services", "cases", "catalogue", "settings"},
        {"boto3", "botocore", "cryptography", "jwt"} | STUBS,
    ),
    "api": ({"api", "services", "cases", "catalogue", "settings"}, {"chalice"}),
    "wiring": ({"adapters", "api", "services", "cases", "catalogue", "settings"}, set()),
    "app": ({"wiring", "api", "services", "cases", "catalogue", "settings"}, {"chalice"}),
}


def layer_of(path: Path) -> str:
    """The folder in chalicelib, or the name of a module that stands alone (settings, wiring, app)."""
    parts = path.relative_to(BACKEND).with_suffix("").parts
    return parts[0] if parts[0] != "chalicelib" else parts[1]


def trespasses(source: str, layer: str, package: str) -> Iterator[str]:
    layers, packages = LAYERS[layer]
    for name in imported(source, package):
        first, *rest = name.split(".")
        if first == "chalicelib":
            if not rest or rest[0] not in layers:
                yield name
        elif first not in packages | sys.stdlib_module_names:
            yield name


def resources(source: str) -> Iterator[int]:
    """Lines that use boto3's resource layer, which costs half a second of cold start."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == "resource":
            yield node.lineno


def backend_modules() -> Iterator[tuple[Path, str]]:
    yield from modules(BACKEND / "chalicelib")
    yield from ((path, "") for path in BACKEND.glob("*.py"))


def test_every_module_of_the_backend_stands_in_a_known_layer() -> None:
    unknown = {layer_of(path) for path, _ in backend_modules()} - set(LAYERS) - {"__init__"}
    assert not unknown


def test_imports_point_inward() -> None:
    found = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path, package in backend_modules()
        if layer_of(path) in LAYERS
        for name in trespasses(path.read_text(), layer_of(path), package)
    ]
    assert not found, "\n".join(found)


def test_clients_are_low_level_ones() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}" for path, _ in backend_modules() for line in resources(path.read_text())
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("folder", ["matters", "guide"])
def test_what_runs_at_build_time_knows_the_catalogue_only(folder: str) -> None:
    found = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path, package in modules(ROOT / "scripts" / folder)
        for name in imported(path.read_text(), f"scripts.{package}")
        if name.split(".")[0] in {"chalicelib", "app"} and not name.startswith("chalicelib.catalogue")
    ]
    assert not found, "\n".join(found)


def test_scripts_reach_the_outside_through_wiring() -> None:
    found = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path, package in modules(ROOT / "scripts")
        for name in imported(path.read_text(), package)
        if name.startswith("chalicelib.adapters")
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("layer", "line"),
    [
        ("catalogue", "import yaml"),
        ("catalogue", "from chalicelib.cases import numbers"),
        ("catalogue", "from ..cases import numbers"),
        ("catalogue", "from chalicelib import settings"),
        ("cases", "from chalicelib.services import submit"),
        ("cases", "import boto3"),
        ("services", "def late():\n    from chalicelib.adapters.table import Table"),
        ("services", "import boto3.dynamodb.types"),
        ("services", "from botocore.exceptions import ClientError"),
        ("adapters", "from chalicelib.api import routes"),
        ("adapters", "from chalice import Chalice"),
        ("api", "from chalicelib.adapters import table"),
        ("api", "from chalicelib.wiring import services"),
        ("api", "import boto3"),
        ("api", "import pydantic"),
        ("wiring", "import jsonschema"),
        ("app", "from chalicelib.adapters import table"),
        ("app", "import chalicelib"),
    ],
)
def test_an_import_that_points_outward_is_seen(layer: str, line: str) -> None:
    assert list(trespasses(line, layer, f"chalicelib.{layer}"))


@pytest.mark.parametrize(
    ("layer", "line"),
    [
        ("catalogue", "from . import when"),
        ("catalogue", "from chalicelib.catalogue.model import Item"),
        ("catalogue", "import json"),
        ("cases", "from ..catalogue.plan import plan"),
        ("cases", "from cryptography.hazmat.primitives import hashes"),
        ("adapters", "import boto3"),
        ("api", "from chalice import Blueprint"),
    ],
)
def test_an_import_that_points_inward_is_let_through(layer: str, line: str) -> None:
    assert not list(trespasses(line, layer, f"chalicelib.{layer}"))


@pytest.mark.parametrize("line", ["boto3.resource('dynamodb')", "session.resource('s3')"])
def test_the_resource_layer_is_seen(line: str) -> None:
    assert list(resources(line))
