"""What the supervisor's page knows of the catalogue: names of agencies, states and lists, and reasons to give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .place import Place

MODULES = (
    *("supervisor-summary", "supervisor-list", "supervisor-rows", "supervisor-case", "supervisor-trend"),
    *("sheet", "chart", "panels"),
)


def data(place: Place) -> Mapping[str, Any]:
    wording, catalogue = place.data["wording"], place.catalogue
    return {
        "name": place.data["name"],
        "states": {slug: state["name"] for slug, state in wording["states"].items()},
        "case_states": dict(wording["case_states"]),
        "agencies": {slug: agency.name for slug, agency in catalogue.agencies.items()},
        "reasons": dict(catalogue.texts["reasons"]),
        "lists": dict(wording["supervision"]["lists"]),
        "columns": dict(wording["supervision"]["columns"]),
        "kinds": dict(wording["supervision"]["kinds"]),
        "channels": dict(place.guide["staff"]["channels"]),
        "messages": dict(place.guide["staff"]["messages"]),
    }
