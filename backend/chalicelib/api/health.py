"""`GET /api/health`: that the application runs, with which catalogues, and how long its calendar lasts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from chalice.app import Blueprint, Response

from ..cases.holidays import days_of_coverage, published_calendar, runs_out
from ..cases.moments import beijing_date
from ..catalogue import for_locality, localities
from .answers import as_json
from .backend import Backend
from .guard import guarded


def routes(_: Callable[[], Backend]) -> Blueprint:
    blueprint = Blueprint(__name__)

    @blueprint.route("/api/health")
    @guarded(blueprint)
    def health() -> Response:
        versions = {slug: for_locality(slug).version for slug in localities()}
        return as_json(200, {"status": "ok", "catalogue": versions, "calendar": _calendar(_today())})

    return blueprint


def _calendar(today: date) -> dict[str, Any]:
    """An alarm is no failure: due days past the end are provisional, and say so."""
    calendar = published_calendar()
    return {
        "until": calendar.settled_until.isoformat(),
        "days_left": days_of_coverage(calendar, today),
        "alarm": runs_out(calendar, today),
    }


def _today() -> date:
    return beijing_date(datetime.now(UTC))
