"""What the lead agency does: `POST /api/{locality}/tasks/{task_id}/chase`, and under `/supervision` closing a dormant
case and taking a note off the board."""

from __future__ import annotations

from collections.abc import Callable

from chalice.app import Blueprint, Response

from ..services.chase import chase
from ..services.closing import close_dormant
from ..services.settling import settle
from .answers import as_json
from .backend import Backend
from .body import read_json
from .guard import guarded
from .staff import recorded, token_of


def routes(backend: Callable[[], Backend]) -> Blueprint:
    blueprint = Blueprint(__name__)

    @blueprint.route("/api/{locality}/tasks/{task_id}/chase", methods=["POST"], content_types=[])
    @guarded(blueprint)
    def chased(locality: str, task_id: str) -> Response:
        request = blueprint.current_request
        claims = backend().verify(token_of(request))
        with recorded("chase", claims, locality, task_id):
            return as_json(200, chase(backend().ports, claims, locality, task_id, read_json(request)))

    @blueprint.route("/api/{locality}/supervision/cases/{number}/close", methods=["POST"], content_types=[])
    @guarded(blueprint)
    def closed(locality: str, number: str) -> Response:
        request = blueprint.current_request
        claims = backend().verify(token_of(request))
        with recorded("close", claims, locality):
            return as_json(200, close_dormant(backend().ports, claims, locality, number, read_json(request)))

    @blueprint.route("/api/{locality}/supervision/notes/{sort}/{note_id}/settle", methods=["POST"], content_types=[])
    @guarded(blueprint)
    def seen_to(locality: str, sort: str, note_id: str) -> Response:
        request = blueprint.current_request
        claims = backend().verify(token_of(request))
        with recorded("settle", claims, locality):
            return as_json(200, settle(backend().ports, claims, locality, sort, note_id, read_json(request)))

    return blueprint
