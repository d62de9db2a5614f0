"""`GET /api/{locality}/tasks`, `/tasks/{task_id}/outline`, `/tasks/{task_id}`: an agency's list, one task without
anything personal, and the task with what it discloses; `/tasks/{task_id}/unit`: whose it is within the agency."""

from __future__ import annotations

from collections.abc import Callable

from chalice.app import Blueprint, Request, Response

from ..services.outline import outline_task
from ..services.units import assign
from ..services.worklist import list_tasks
from .answers import as_json
from .backend import Backend
from .body import read_json
from .guard import guarded
from .staff import recorded, token_of


def routes(backend: Callable[[], Backend]) -> Blueprint:
    blueprint = Blueprint(__name__)

    @blueprint.route("/api/{locality}/tasks")
    @guarded(blueprint)
    def listed(locality: str) -> Response:
        request = blueprint.current_request
        claims = backend().verify(token_of(request))
        with recorded("tasks", claims, locality):
            query = [_query(request, name) for name in ("state", "cursor", "unit")]
            return as_json(200, list_tasks(backend().ports, claims, locality, *query))

    @blueprint.route("/api/{locality}/tasks/{task_id}")
    @guarded(blueprint)
    def opened(locality: str, task_id: str) -> Response:
        """A bad token is refused here, cheaply; what opens the envelope looks at it again."""
        token = token_of(blueprint.current_request)
        claims = backend().verify(token)
        with recorded("task", claims, locality, task_id):
            return as_json(200, backend().open_task(token, locality, task_id))

    @blueprint.route("/api/{locality}/tasks/{task_id}/outline")
    @guarded(blueprint)
    def outlined(locality: str, task_id: str) -> Response:
        claims = backend().verify(token_of(blueprint.current_request))
        with recorded("outline", claims, locality, task_id):
            return as_json(200, outline_task(backend().ports, claims, locality, task_id))

    @blueprint.route("/api/{locality}/tasks/{task_id}/unit", methods=["POST"], content_types=[])
    @guarded(blueprint)
    def assigned(locality: str, task_id: str) -> Response:
        request = blueprint.current_request
        claims = backend().verify(token_of(request))
        with recorded("unit", claims, locality, task_id):
            return as_json(200, assign(backend().ports, claims, locality, task_id, read_json(request)))

    return blueprint


def _query(request: Request, name: str) -> str | None:
    given = request.query_params
    return given.get(name) if given else None
