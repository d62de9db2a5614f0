"""`POST /api/{locality}/lookup`: tells a family how its case stands."""

from __future__ import annotations

from collections.abc import Callable

from chalice.app import Blueprint, Response

from ..services.access import catalogue_of
from ..services.lookup import look_up
from ..services.refused import Refused
from .answers import as_json, as_page
from .backend import Backend
from .body import Body, read_body
from .changes_without_script import look_up_again
from .guard import guarded


def routes(backend: Callable[[], Backend]) -> Blueprint:
    blueprint = Blueprint(__name__)

    @blueprint.route("/api/{locality}/lookup", methods=["POST"], content_types=[])
    @guarded(blueprint)
    def tell_family(locality: str) -> Response:
        body = read_body(blueprint.current_request)
        return _page(backend(), locality, body) if body.page else as_json(200, _answer(backend(), locality, body))

    return blueprint


def _answer(backend: Backend, locality: str, body: Body) -> dict[str, object]:
    return look_up(backend.ports, locality, body.value.get("case_number"), body.value.get("lookup_code"))


def _page(backend: Backend, locality: str, body: Body) -> Response:
    from . import pages

    catalogue_of(backend.ports, locality)
    try:
        return as_page(200, pages.case_page(locality, _answer(backend, locality, body), body.typed))
    except Refused as refused:
        return look_up_again(locality, body, refused)
