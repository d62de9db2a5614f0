"""`GET /api/sign-in`, `POST /api/token`, `GET /api/me`: how people sign in on static pages, and who did."""

from __future__ import annotations

from collections.abc import Callable

from chalice.app import Blueprint, Response

from ..catalogue import NoLocalityError
from ..services.claims import Claims
from ..services.ports import Ports
from ..services.sign_in import beginning, token
from .answers import as_json
from .backend import Backend
from .body import read_json
from .guard import guarded
from .staff import token_of


def routes(backend: Callable[[], Backend]) -> Blueprint:
    blueprint = Blueprint(__name__)

    @blueprint.route("/api/sign-in")
    @guarded(blueprint)
    def begin() -> Response:
        return as_json(200, beginning(backend().sign_in()))

    @blueprint.route("/api/token", methods=["POST"], content_types=[])
    @guarded(blueprint)
    def exchange() -> Response:
        return as_json(200, token(backend().sign_in(), read_json(blueprint.current_request)))

    @blueprint.route("/api/me")
    @guarded(blueprint)
    def me() -> Response:
        return as_json(200, _person(backend().ports, backend().verify(token_of(blueprint.current_request))))

    return blueprint


def _person(ports: Ports, claims: Claims) -> dict[str, str]:
    """As the token says it; `agency_name` is empty where the catalogue knows no such agency."""
    try:
        known = ports.catalogue(claims.locality).agencies.get(claims.agency)
    except NoLocalityError:
        known = None
    return {
        "locality": claims.locality,
        "role": claims.role,
        "agency": claims.agency,
        "agency_name": known.name if known else "",
        "unit": claims.unit,
    }
