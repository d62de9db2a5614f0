"""Remind the lead agency, once a month, that the calendar of holidays is running out."""

from __future__ import annotations

from ..cases.holidays import runs_out
from ..cases.moments import beijing_date
from ..catalogue import Catalogue
from .deliveries import to_agency
from .ports import Ports
from .store import ConflictError


def remind(ports: Ports, catalogue: Catalogue) -> bool:
    """Whether a mail was put on its way: one a month however often this is asked, none while there is time."""
    moment = ports.clock()
    today = beijing_date(moment)
    if not runs_out(ports.calendar, today):
        return False
    fact = f"{catalogue.slug}.{today:%Y-%m}"
    try:
        ports.store.commit([to_agency("calendar-short", fact, catalogue.lead, moment, locality=catalogue.slug)])
    except ConflictError:
        return False
    return True
