"""`POST /api/{locality}/applications`: takes an application from a program, or from a form step by step."""

from __future__ import annotations

from collections.abc import Callable

from chalice.app import Blueprint, Response

from ..catalogue import Channel
from ..services.submit import submit
from .answers import as_json
from .backend import Backend
from .body import read_body
from .guard import guarded
from .without_script import answer_form


def routes(backend: Callable[[], Backend]) -> Blueprint:
    blueprint = Blueprint(__name__)

    @blueprint.route("/api/{locality}/applications", methods=["POST"], content_types=[])
    @guarded(blueprint)
    def apply(locality: str) -> Response:
        body = read_body(blueprint.current_request)
        if body.page:
            return answer_form(backend().ports, locality, body)
        outcome = submit(backend().ports, locality, body.value, Channel.ONLINE)
        return as_json(outcome.status, outcome.receipt)

    return blueprint
