"""Bring the cases of a person in line with the certificates on file: open what waits, start what is silent, and after
a correction or withdrawal let wait again what nothing opens any more, and tell the lead agency."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..cases.case import Task
from ..cases.moments import iso
from ..cases.progress import Clock, with_certificate, without_certificate
from ..cases.states import TaskState
from ..catalogue import Catalogue
from . import person as people
from .audit import Entry
from .board import Sort, noted
from .casefile import CaseFile, changes, read_case
from .deliveries import to_agency
from .now_open import now_open
from .ports import Ports
from .records import person_key
from .refused import BusyError
from .store import ConflictError, Patch, Put, Value, Write

TRIES = 3
UNTOUCHED = (TaskState.WAITING, TaskState.WITHDRAWN)


class Change(StrEnum):
    """What became of a certificate that was on file before."""

    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class News:
    """`change` is empty for a certificate that is new; `mark` tells one change from another."""

    kind: str
    change: str
    mark: str


def spread(ports: Ports, locality: str, person: str, kind: str, change: str = "", mark: str = "") -> int:
    """How many tasks moved. Repeating it moves and tells nothing more. Raises BusyError."""
    key = person_key(person)
    record = ports.store.read([key]).get(key, {})
    news = News(kind, change, mark)
    return sum(_to_case(ports, locality, number, person, news) for number in people.concerned(record))


def _to_case(ports: Ports, locality: str, number: str, person: str, news: News) -> int:
    for _ in range(TRIES):
        file = read_case(ports.store, locality, number).file
        if file is None or file.case.person != person:
            return 0
        moved, writes = _changed(ports, file, news)
        if not writes:
            return 0
        try:
            ports.store.commit(writes)
            return len(moved)
        except ConflictError:
            continue
    raise BusyError


def _changed(ports: Ports, file: CaseFile, news: News) -> tuple[tuple[Task, ...], list[Write]]:
    clock, case, key = ports.now(), file.case, person_key(file.case.person)
    mail = _mail(ports.catalogue(case.locality), file, news, clock)
    records = ports.store.read([key, mail.key])
    record = records.get(key, {})
    shared = people.on_file(record, case.name_hash).shared
    if news.kind in shared:
        after, tasks, moved = with_certificate(case, file.tasks, news.kind, clock, people.running(record))
        back: tuple[Task, ...] = ()
    else:
        after, tasks, back = without_certificate(case, file.tasks, shared)
        moved = ()
    told = [] if mail.key in records else _told(ports, file, news, back, mail, clock)
    if after == case and not (moved or back or told):
        return (), []
    entry = Entry(iso(clock.moment), "system", f"certificate-{news.change or 'on-file'}:{news.kind}")
    guard = Patch(key, set=people.started(moved), equal={"version": record.get("version")}, must_exist=True)
    written = changes(file, CaseFile(after, tasks), [entry])
    return (*moved, *back), [*written, *now_open(moved, clock), *told, guard]


def _mail(catalogue: Catalogue, file: CaseFile, news: News, clock: Clock) -> Put:
    """Its key also tells whether this change was told before."""
    case = file.case
    about = {"locality": case.locality, "case_number": case.number}
    return to_agency("certificate-changed", f"{case.number}.{news.mark}", catalogue.lead, clock.moment, **about)


def _told(ports: Ports, file: CaseFile, news: News, back: tuple[Task, ...], mail: Put, clock: Clock) -> list[Write]:
    """For the lead agency: everything of this case that went ahead on a certificate that has changed since."""
    case, catalogue = file.case, ports.catalogue(file.case.locality)
    rested = [task for task in file.tasks if _rested(task, news.kind)]
    done = [slug for slug in case.done_already if slug in catalogue.items and catalogue.items[slug].issues == news.kind]
    if not news.change or not (rested or done):
        return []
    waiting = {task.task_id for task in back}
    note = noted(
        case.locality,
        Sort.CERTIFICATE,
        f"{case.number}.{news.mark}",
        clock.moment,
        case_number=case.number,
        certificate=news.kind,
        certificate_name=case.names.get(f"material:{news.kind}", news.kind),
        change=news.change,
        done_already=[case.names.get(f"item:{slug}", slug) for slug in done],
        tasks=[_outline(task, task.task_id in waiting) for task in rested],
    )
    return [note, mail]


def _rested(task: Task, kind: str) -> bool:
    return kind in task.opens_on and task.state not in UNTOUCHED and not task.by_hand


def _outline(task: Task, waits_again: bool) -> Value:
    return {
        "task_id": task.task_id,
        "name": task.name,
        "agency": task.agency,
        "agency_name": task.agency_name,
        "state": TaskState.WAITING if waits_again else task.state,
        "waits_again": waits_again,
    }
