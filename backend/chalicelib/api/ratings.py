"""`POST /api/{locality}/ratings`: a family says how a task went, or that nothing goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chalice.app import Blueprint, Response

from ..cases.answer import Answer
from ..services.ports import Ports
from ..services.ratings import SCORES, rate
from .answers import as_json
from .backend import Backend
from .body import read_body
from .changes_without_script import answer_change
from .guard import guarded

NAME = "ratings"
WRITTEN = {str(score): score for score in SCORES}


def routes(backend: Callable[[], Backend]) -> Blueprint:
    blueprint = Blueprint(__name__)

    @blueprint.route(f"/api/{{locality}}/{NAME}", methods=["POST"], content_types=[])
    @guarded(blueprint)
    def rated(locality: str) -> Response:
        body = read_body(blueprint.current_request)
        if body.page:
            return answer_change(backend().ports, locality, NAME, _rate_typed, body)
        return as_json(200, rate(backend().ports, locality, body.value))

    return blueprint


def _rate_typed(ports: Ports, locality: str, body: Mapping[str, Any]) -> Answer:
    """A form knows texts only."""
    meant = {name: _meant(name, value) for name, value in body.items()}
    return rate(ports, locality, meant)


def _meant(name: str, value: Any) -> Any:
    if name == "score" and isinstance(value, str):
        return WRITTEN.get(value, value)
    return True if (name, value) == ("stuck", "true") else value
