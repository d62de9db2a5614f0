"""`GET /api/{locality}/supervision/...`: what the lead agency watches, as JSON, or as CSV where that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from chalice.app import Blueprint, Request, Response

from ..cases.moments import beijing_date
from ..services.board import Sort
from ..services.board_lists import list_notes
from ..services.case_states import case_states
from ..services.claims import Claims
from ..services.late import list_overdue, list_soon
from ..services.listing import Asked, Listing
from ..services.ports import Ports
from ..services.supervision import summary
from ..services.task_list import list_any_tasks
from ..services.trend import trend
from .answers import as_json
from .backend import Backend
from .columns import table
from .guard import guarded
from .sheet import as_sheet, wants_sheet
from .staff import recorded, token_of

Lister = Callable[[Ports, Claims, str, Asked], Listing]


def _notes(sort: Sort) -> Lister:
    return lambda ports, claims, locality, asked: list_notes(ports, claims, locality, sort, asked)


LISTS: Mapping[str, Lister] = {
    "overdue": list_overdue,
    "soon": list_soon,
    "tasks": list_any_tasks,
    "blocked": _notes(Sort.BLOCKED),
    "undelivered": _notes(Sort.UNDELIVERED),
    "dormant": _notes(Sort.DORMANT),
    "unsure": _notes(Sort.UNSURE),
    "certificates": _notes(Sort.CERTIFICATE),
}


def routes(backend: Callable[[], Backend]) -> Blueprint:
    blueprint = Blueprint(__name__)
    for name, lister in LISTS.items():
        _add(blueprint, backend, name, lister)

    @blueprint.route("/api/{locality}/supervision/trend")
    @guarded(blueprint)
    def shown_trend(locality: str) -> Response:
        request = blueprint.current_request
        return _listed(backend(), request, "trend", locality, partial(_trend, _query(request, "days") or "30"))

    @blueprint.route("/api/{locality}/supervision/summary")
    @guarded(blueprint)
    def summed(locality: str) -> Response:
        request = blueprint.current_request
        claims = backend().verify(token_of(request))
        with recorded("summary", claims, locality):
            answer = summary(backend().ports, claims, locality)
            if not wants_sheet(request.headers):
                return as_json(200, answer, {"Vary": "Accept"})
            rows = [{"agency_name": one["agency_name"], **one["counts"]} for one in answer["agencies"]]
            return _sheet(backend().ports, locality, "summary", Listing("agencies", tuple(rows)))

    @blueprint.route("/api/{locality}/supervision/cases/{number}")
    @guarded(blueprint)
    def of_case(locality: str, number: str) -> Response:
        claims = backend().verify(token_of(blueprint.current_request))
        with recorded("case-states", claims, locality):
            return as_json(200, case_states(backend().ports, claims, locality, number))

    return blueprint


def _add(blueprint: Blueprint, backend: Callable[[], Backend], name: str, lister: Lister) -> None:
    @blueprint.route(f"/api/{{locality}}/supervision/{name}")
    @guarded(blueprint)
    def listed(locality: str) -> Response:
        return _listed(backend(), blueprint.current_request, name, locality, lister)


def _listed(backend: Backend, request: Request, name: str, locality: str, lister: Lister) -> Response:
    claims = backend.verify(token_of(request))
    sheet = wants_sheet(request.headers)
    asked = Asked(_query(request, "agency"), _query(request, "state"), _query(request, "cursor"), everything=sheet)
    with recorded(name, claims, locality):
        listing = lister(backend.ports, claims, locality, asked)
        if sheet:
            return _sheet(backend.ports, locality, name, listing)
        return as_json(200, {listing.name: listing.rows, "cursor": listing.cursor}, {"Vary": "Accept"})


def _trend(days: str, ports: Ports, claims: Claims, locality: str, asked: Asked) -> Listing:
    return trend(ports, claims, locality, days, asked)


def _sheet(ports: Ports, locality: str, name: str, listing: Listing) -> Response:
    catalogue = ports.catalogue(locality)
    words: Mapping[str, Any] = catalogue.texts["wording"]["supervision"]
    header, cells = table(catalogue, name, listing.rows)
    if listing.more:
        cells.append([words["more"]])
    today = beijing_date(ports.clock())
    title = f"{catalogue.name}{words['lists'][name]}{today}"
    return as_sheet(f"{name}-{locality}-{today}", title, header, cells)


def _query(request: Request, name: str) -> str:
    given = request.query_params
    return str(given.get(name) or "") if given else ""
