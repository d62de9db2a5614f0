"""The HTTP surface: one blueprint an endpoint, put together here."""

from __future__ import annotations

from collections.abc import Callable

from chalice.app import Chalice

from ..services.refusals import add_refusal
from . import (
    applications,
    audit,
    certificates,
    changes,
    counter,
    health,
    lookup,
    pressing,
    ratings,
    report,
    supervision,
    tasks,
    token,
)
from .backend import Backend
from .methods import refuse_other_methods
from .staff import keep_refusals

ENDPOINTS = (
    health,
    applications,
    lookup,
    changes,
    counter,
    tasks,
    report,
    certificates,
    token,
    supervision,
    pressing,
    ratings,
    audit,
)


def register(app: Chalice, backend: Callable[[], Backend]) -> None:
    """`backend` is asked when a request comes, not before."""
    keep_refusals(lambda *refusal: add_refusal(backend().ports, *refusal))
    for endpoint in ENDPOINTS:
        app.register_blueprint(endpoint.routes(backend))
    app.register_blueprint(refuse_other_methods({path: list(known) for path, known in app.routes.items()}))


__all__ = ["Backend", "register"]
