"""Every working day at nine the lead agency gets a mail that lists what is late; nothing personal stands in it."""

from __future__ import annotations

from datetime import datetime

from ..cases.deadline import is_working_day
from ..cases.moments import BEIJING, beijing_date
from ..cases.numbers import group
from ..catalogue import Catalogue
from .deliveries import to_agency
from .late import every_late, late
from .live import RUNNING, count, partitions
from .ports import Ports
from .store import ConflictError

DIGEST = "digest"
HOUR = 9


def digest(ports: Ports, catalogue: Catalogue) -> bool:
    """Whether a mail was put on its way: one a day however often this is asked, none where nothing is late."""
    moment = ports.clock()
    today = beijing_date(moment)
    if moment.astimezone(BEIJING).hour < HOUR or not is_working_day(today, ports.calendar):
        return False
    if not count(ports.store, partitions(catalogue, catalogue.agencies, RUNNING), late(today).upto):
        return False
    mail = to_agency(DIGEST, f"{catalogue.slug}.{today}", catalogue.lead, moment, locality=catalogue.slug)
    try:
        ports.store.commit([mail])
    except ConflictError:
        return False
    return True


def digest_values(ports: Ports, catalogue: Catalogue) -> dict[str, str]:
    """What is late when the mail is sent: what ended since nine o'clock need not be pressed for."""
    found = every_late(ports, catalogue)
    line = catalogue.texts["wording"]["supervision"]["digest_line"]
    lines = [
        line.format(
            number=number,
            case_number=group(one.case_number),
            item=one.name,
            agency=catalogue.agencies[one.agency].name,
            days=one.days,
            due=one.due.isoformat(),
        )
        for number, one in enumerate(found, start=1)
    ]
    about = {"time": _time(ports.clock()), "link": f"{ports.origin}/{catalogue.slug}/staff/supervisor/"}
    return {"count": str(len(found)), "list": "\n".join(lines), **about}


def _time(moment: datetime) -> str:
    return moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
