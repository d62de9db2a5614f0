"""`/api/{locality}/counter/…`: paper applications, and what a clerk does with a case by its number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chalice.app import Blueprint, Response

from ..services.claims import Claims
from ..services.counter import apply, show
from ..services.counter_corrections import correct_at_counter
from ..services.handover import hand_over
from ..services.new_code import new_code
from ..services.ports import Ports
from ..services.printed_form import read_code
from .answers import as_json
from .backend import Backend
from .body import read_json
from .guard import guarded
from .staff import recorded, token_of

Change = Callable[[Ports, Claims, str, str, Mapping[str, Any]], dict[str, Any]]
CHANGES: Mapping[str, Change] = {"code": new_code, "corrections": correct_at_counter, "handover": hand_over}


def routes(backend: Callable[[], Backend]) -> Blueprint:
    blueprint = Blueprint(__name__)

    @blueprint.route("/api/{locality}/counter/applications", methods=["POST"], content_types=[])
    @guarded(blueprint)
    def applied(locality: str) -> Response:
        request = blueprint.current_request
        claims = backend().verify(token_of(request))
        with recorded("counter-application", claims, locality):
            outcome = apply(backend().ports, claims, locality, read_json(request))
            return as_json(outcome.status, outcome.receipt)

    @blueprint.route("/api/{locality}/counter/forms/{code}")
    @guarded(blueprint)
    def printed(locality: str, code: str) -> Response:
        claims = backend().verify(token_of(blueprint.current_request))
        with recorded("counter-form", claims, locality):
            return as_json(200, read_code(backend().ports, claims, locality, code))

    @blueprint.route("/api/{locality}/counter/cases/{number}")
    @guarded(blueprint)
    def shown(locality: str, number: str) -> Response:
        claims = backend().verify(token_of(blueprint.current_request))
        with recorded("counter-case", claims, locality):
            return as_json(200, show(backend().ports, claims, locality, number))

    for name, change in CHANGES.items():
        _add(blueprint, backend, name, change)
    return blueprint


def _add(blueprint: Blueprint, backend: Callable[[], Backend], name: str, change: Change) -> None:
    @blueprint.route(f"/api/{{locality}}/counter/cases/{{number}}/{name}", methods=["POST"], content_types=[])
    @guarded(blueprint)
    def changed(locality: str, number: str) -> Response:
        request = blueprint.current_request
        claims = backend().verify(token_of(request))
        with recorded(f"counter-{name}", claims, locality):
            return as_json(200, change(backend().ports, claims, locality, number, read_json(request)))
