"""What each day came to, rolled up once and for good: tasks opened and ended, and how many were late in the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..cases.moments import beijing_date
from ..cases.states import ENDED
from ..catalogue import Catalogue, Problem
from .access import admit_lead, catalogue_of
from .claims import Claims
from .listing import Asked, Listing, agencies
from .live import LIVE, RUNNING, agency_of, partitions, read_all, rows
from .ports import Ports
from .records import day_key
from .refused import Refused
from .store import ConflictError, Put, Value

SPANS = ("30", "90")
CAUGHT_UP = 7
"""A night that was missed is made up for within a week."""
FIGURES = ("opened", "closed", "late")


@dataclass(frozen=True, slots=True)
class Life:
    """When a task opened, was due and ended, as days; empty while it did not. `running`: the agency has it now."""

    agency: str
    opened: str
    due: str
    ended: str
    running: bool


def roll_up(ports: Ports, catalogue: Catalogue) -> int:
    """How many days were written; a day that was written stays as it is."""
    today = beijing_date(ports.clock())
    days = [day.isoformat() for day in _before(today, CAUGHT_UP)]
    known = read_all(ports.store, [day_key(catalogue.slug, day) for day in days])
    missing = [day for day in days if day_key(catalogue.slug, day) not in known]
    lives = list(_lives(ports, catalogue, missing[0])) if missing else []
    return sum(_write(ports, catalogue, day, _figures(catalogue, lives, day)) for day in missing)


def trend(ports: Ports, claims: Claims, locality: str, days: str, asked: Asked) -> Listing:
    """The days that are known, oldest first, up to yesterday; one read. Raises Refused."""
    catalogue = catalogue_of(ports, locality)
    admit_lead(catalogue, claims)
    agencies(catalogue, asked)
    if days not in SPANS:
        raise Refused(422, [Problem("choice", "days")])
    wanted = _before(beijing_date(ports.clock()), int(days))
    keys = [day_key(locality, day.isoformat()) for day in wanted]
    found = read_all(ports.store, keys)
    return Listing("days", tuple(_shown(found[key], asked) for key in keys if key in found))


def _before(today: date, days: int) -> list[date]:
    return [today - timedelta(days=back) for back in range(days, 0, -1)]


def _lives(ports: Ports, catalogue: Catalogue, first: str) -> Iterable[Life]:
    """Every task that can count on this day or later."""
    every = catalogue.agencies
    for row in rows(ports.store, partitions(catalogue, every, LIVE)):
        yield Life(agency_of(row), row["opened_at"][:10], row["due"], "", row["state"] in RUNNING)
    for row in rows(ports.store, partitions(catalogue, every, sorted(ENDED)), since=f"{first}T"):
        yield Life(agency_of(row), row["opened_at"][:10], row["due"], row["live_sort"][:10], False)


def _figures(catalogue: Catalogue, lives: Iterable[Life], day: str) -> dict[str, dict[str, int]]:
    figures = {agency: dict.fromkeys(FIGURES, 0) for agency in catalogue.agencies}
    for life in lives:
        mine = figures[life.agency]
        mine["opened"] += life.opened == day
        mine["closed"] += life.ended == day
        # Due that day or before, and not ended by its end; what waits for its family is not late.
        mine["late"] += "" < life.due <= day and (life.running or life.ended > day)
    return figures


def _write(ports: Ports, catalogue: Catalogue, day: str, figures: Mapping[str, Any]) -> bool:
    try:
        ports.store.commit([Put(day_key(catalogue.slug, day), {"day": day, "agencies": figures})])
    except ConflictError:
        return False
    return True


def _shown(record: Value, asked: Asked) -> dict[str, Any]:
    of = {slug: one for slug, one in record["agencies"].items() if not asked.agency or slug == asked.agency}
    totals = {name: sum(one[name] for one in of.values()) for name in FIGURES}
    return {"day": record["day"], **totals, "agencies": of}
