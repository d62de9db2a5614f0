"""Carry a shared certificate to the cases of its person: open what waits, start what is silent."""

from __future__ import annotations

from ..cases.case import Task
from ..cases.moments import iso
from ..cases.progress import Clock, with_certificate
from . import person as people
from .audit import Entry
from .casefile import CaseFile, changes, read_case
from .deliveries import to_agency
from .ports import Ports
from .records import person_key
from .refused import BusyError
from .store import ConflictError, Patch, Write

TRIES = 3


def spread(ports: Ports, locality: str, person: str, kind: str) -> int:
    """How many tasks moved. Repeating it moves nothing more. Raises BusyError."""
    key = person_key(person)
    record = ports.store.read([key]).get(key, {})
    certificate = record.get(f"{people.CERTIFICATE}{kind}")
    if not certificate:
        return 0
    return sum(
        _to_case(ports, locality, number, person, kind, certificate["name_hash"]) for number in people.cases(record)
    )


def _to_case(ports: Ports, locality: str, number: str, person: str, kind: str, name_hash: str) -> int:
    for _ in range(TRIES):
        file = read_case(ports.store, locality, number).file
        if file is None or file.case.name_hash != name_hash or file.case.person != person:
            return 0
        key = person_key(person)
        running = people.running(ports.store.read([key]).get(key, {}))
        clock = ports.now()
        case, tasks, moved = with_certificate(file.case, file.tasks, kind, clock, running)
        if case == file.case and not moved:
            return 0
        try:
            ports.store.commit(_writes(file, CaseFile(case, tasks), moved, kind, clock))
            return len(moved)
        except ConflictError:
            continue
    raise BusyError


def _writes(before: CaseFile, after: CaseFile, moved: tuple[Task, ...], kind: str, clock: Clock) -> list[Write]:
    entry = Entry(iso(clock.moment), "system", f"certificate-on-file:{kind}")
    writes = changes(before, after, [entry])
    for task in moved:
        about = {"locality": task.locality, "case_number": task.case_number}
        message = "now-open" if task.first else "new-task"
        writes.append(to_agency(message, task.task_id, task.agency, clock.moment, **about))
    silent = {f"{people.SILENT}{task.item}": task.task_id for task in moved if task.silent and not task.first}
    if silent:
        writes.append(Patch(person_key(after.case.person), set=silent, absent=tuple(silent), must_exist=True))
    return writes
