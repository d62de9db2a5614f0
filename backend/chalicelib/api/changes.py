"""`POST /api/{locality}/corrections` and `/withdrawals`: a family changes its case."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chalice.app import Blueprint, Response

from ..services.corrections import correct
from ..services.withdrawals import withdraw
from .answers import as_json
from .backend import Backend
from .body import read_body
from .changes_without_script import Change, answer_change
from .guard import guarded

CHANGES: Mapping[str, Change] = {"corrections": correct, "withdrawals": withdraw}


def routes(backend: Callable[[], Backend]) -> Blueprint:
    blueprint = Blueprint(__name__)
    for name, change in CHANGES.items():
        _add(blueprint, backend, name, change)
    return blueprint


def _add(blueprint: Blueprint, backend: Callable[[], Backend], name: str, change: Change) -> None:
    @blueprint.route(f"/api/{{locality}}/{name}", methods=["POST"], content_types=[])
    @guarded(blueprint)
    def changed(locality: str) -> Response:
        body = read_body(blueprint.current_request)
        if body.page:
            return answer_change(backend().ports, locality, name, change, body)
        return as_json(200, change(backend().ports, locality, body.value))
