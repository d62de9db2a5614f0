"""`GET /api/{locality}/audit/...`: what the auditor reads of cases and refusals, and whether it was tampered with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chalice.app import Blueprint, Request, Response

from ..services.trail import case_trail, refused_on, verified
from .answers import as_json
from .backend import Backend
from .guard import guarded
from .staff import recorded, token_of


def routes(backend: Callable[[], Backend]) -> Blueprint:
    blueprint = Blueprint(__name__)

    def answered(locality: str, call: str, read: Callable[..., dict[str, Any]], what: str | None) -> Response:
        claims = backend().verify(token_of(blueprint.current_request))
        with recorded(call, claims, locality):
            return as_json(200, read(backend().ports, claims, locality, what))

    @blueprint.route("/api/{locality}/audit/cases/{number}")
    @guarded(blueprint)
    def trail(locality: str, number: str) -> Response:
        return answered(locality, "audit-case", case_trail, number)

    @blueprint.route("/api/{locality}/audit/verify")
    @guarded(blueprint)
    def verify(locality: str) -> Response:
        return answered(locality, "audit-verify", verified, _query(blueprint.current_request, "case"))

    @blueprint.route("/api/{locality}/audit/refusals")
    @guarded(blueprint)
    def refusals(locality: str) -> Response:
        return answered(locality, "audit-refusals", refused_on, _query(blueprint.current_request, "day"))

    return blueprint


def _query(request: Request, name: str) -> str | None:
    given = request.query_params
    return given.get(name) if given else None
