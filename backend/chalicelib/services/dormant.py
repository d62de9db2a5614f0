"""Find the cases in which nothing moves any more, and note them on the board; whatever moves takes its note off."""

from __future__ import annotations

from datetime import date, timedelta

from ..cases.case import Case
from ..cases.dormancy import is_dormant, moved_at
from ..cases.moments import beijing_date
from ..catalogue import Catalogue
from .board import Sort, noted
from .casefile import CaseFile, known_case
from .live import LIVE, partitions, read_all, rows
from .ports import Ports
from .records import case_key
from .store import ConflictError, Patch, Write


def find_dormant(ports: Ports, catalogue: Catalogue) -> int:
    """How many were newly noted. What moves meanwhile is left for the next time."""
    today, limit = beijing_date(ports.clock()), catalogue.dormant_after_days
    keys = [case_key(catalogue.slug, number) for number in sorted(_quiet(ports, catalogue, today))]
    cases = [Case.from_row(record) for record in read_all(ports.store, keys).values()]
    found = [case for case in cases if not case.dormant_since and is_dormant(case, today, limit)]
    return sum(_note(ports, case, today, limit) for case in found)


def _quiet(ports: Ports, catalogue: Catalogue, today: date) -> set[str]:
    """Cases with something to do, of which no task opened lately: the index tells that much without reading them."""
    recent = (today - timedelta(days=catalogue.dormant_after_days)).isoformat()
    seen: dict[str, str] = {}
    for row in rows(ports.store, partitions(catalogue, catalogue.agencies, LIVE)):
        number = row["case_number"]
        seen[number] = max(seen.get(number, ""), row["opened_at"][:10])
    return {number for number, opened in seen.items() if opened <= recent}


def _note(ports: Ports, case: Case, today: date, limit: int) -> bool:
    file = known_case(ports.store, case.locality, case.number)
    if not is_dormant(file.case, today, limit):
        return False
    try:
        ports.store.commit(_writes(ports, file, today))
    except ConflictError:
        return False
    return True


def _writes(ports: Ports, file: CaseFile, today: date) -> list[Write]:
    case = file.case
    left = [task for task in file.tasks if not task.ended]
    names = ("task_id", "name", "agency", "agency_name", "state")
    about = {
        "case_number": case.number,
        "since": moved_at(case),
        "tasks": [{name: str(getattr(task, name)) for name in names} for task in left],
    }
    # Only if it is still as it was read: somebody may be moving it.
    mark = Patch(
        case_key(case.locality, case.number),
        set={"dormant_since": today.isoformat()},
        equal={"version": case.version},
        must_exist=True,
    )
    return [mark, noted(case.locality, Sort.DORMANT, case.number, ports.clock(), **about)]
