"""`PUT /api/{locality}/certificates/{kind}/{reference}`: a certifier's system shares a certificate."""

from __future__ import annotations

from collections.abc import Callable

from chalice.app import Blueprint, Response

from ..services.certificates import put_certificate
from .answers import as_json
from .backend import Backend
from .body import read_json
from .guard import guarded
from .staff import recorded, token_of


def routes(backend: Callable[[], Backend]) -> Blueprint:
    blueprint = Blueprint(__name__)

    @blueprint.route("/api/{locality}/certificates/{kind}/{reference}", methods=["PUT"], content_types=[])
    @guarded(blueprint)
    def shared(locality: str, kind: str, reference: str) -> Response:
        request = blueprint.current_request
        claims = backend().verify(token_of(request))
        with recorded("certificate", claims, locality):
            body = read_json(request)
            return as_json(200, put_certificate(backend().ports, claims, locality, kind, reference, body))

    return blueprint
