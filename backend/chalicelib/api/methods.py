"""Every known path answers any other method itself, in the contract's shape: 405 with what is allowed."""

from __future__ import annotations

from collections.abc import Mapping

from chalice.app import Blueprint, Response

from ..catalogue import Problem
from .answers import as_json
from .words import sentences

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def refuse_other_methods(known: Mapping[str, list[str]]) -> Blueprint:
    blueprint = Blueprint(__name__)
    for path, methods in known.items():
        others = [method for method in METHODS if method not in methods]
        blueprint.route(path, methods=others, content_types=[])(_refusing(", ".join(methods)))
    return blueprint


def _refusing(allowed: str) -> object:
    def other_method(locality: str | None = None, **_: str) -> Response:
        problems = sentences(locality, [Problem("method")])
        return as_json(405, {"problems": problems}, {"Allow": allowed})

    return other_method
