"""`POST /api/{locality}/tasks/{task_id}/report`: an agency says what became of a task."""

from __future__ import annotations

from collections.abc import Callable

from chalice.app import Blueprint, Response

from ..services.report import report
from .answers import as_json
from .backend import Backend
from .body import read_json
from .guard import guarded
from .staff import recorded, token_of


def routes(backend: Callable[[], Backend]) -> Blueprint:
    blueprint = Blueprint(__name__)

    @blueprint.route("/api/{locality}/tasks/{task_id}/report", methods=["POST"], content_types=[])
    @guarded(blueprint)
    def reported(locality: str, task_id: str) -> Response:
        request = blueprint.current_request
        claims = backend().verify(token_of(request))
        with recorded("report", claims, locality, task_id):
            return as_json(200, report(backend().ports, claims, locality, task_id, read_json(request)))

    return blueprint
