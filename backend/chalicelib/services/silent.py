"""Start what is silent when its certificate comes and no family has applied: a case of its own, without a family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..cases.case import BY_CERTIFICATE, Case, Task
from ..cases.moments import iso
from ..cases.numbers import case_number
from ..cases.progress import Clock, opened, settled
from ..cases.states import CaseState
from ..catalogue import Catalogue, silent_tasks
from . import person as people
from .audit import Entry
from .casefile import CaseFile, changes, read_case
from .now_open import now_open
from .ports import Ports
from .records import directory_key
from .sealing import sealed
from .store import Value, Write
from .submit import names_of_the_day


@dataclass(frozen=True, slots=True)
class Found:
    """A certificate: for whom, as keyed hashes, and the fields it gives, for sealing."""

    kind: str
    person: str
    name_hash: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Alone:
    """A case without a family, and what writes it."""

    tasks: tuple[Task, ...]
    writes: list[Write]


def without_case(
    ports: Ports, catalogue: Catalogue, actor: str, person: Value, found: Found, clock: Clock
) -> Alone | None:
    """None where nothing is silent, where it runs already, or where a case stands ready for it."""
    planned = silent_tasks(catalogue, found.kind, people.running(person))
    if not planned or _has_case(ports, catalogue.slug, person, found):
        return None
    number = case_number(ports.randbelow)
    tasks = tuple(
        opened(Task.planned(one, number, catalogue.slug, place, catalogue.agencies[one.agency].name), clock)
        for place, one in enumerate(planned, start=1)
    )
    file = _file(catalogue, number, tasks, found, clock)
    key = directory_key(catalogue.slug)
    keys = ports.store.read([key]).get(key, {}).get("keys", {})
    writes: list[Write] = [
        *changes(None, file, [Entry(iso(clock.moment), actor, f"started-by:{found.kind}", fields=tuple(found.values))]),
        *sealed(catalogue, file.case, tasks, found.values, keys),
        *now_open(tasks, clock),
    ]
    return Alone(tasks, writes)


def _has_case(ports: Ports, locality: str, person: Value, found: Found) -> bool:
    """A family's case for the same ID number and name, which the certificate reaches by itself."""
    files = (read_case(ports.store, locality, number).file for number in people.cases(person))
    return any(file and (file.case.person, file.case.name_hash) == (found.person, found.name_hash) for file in files)


def _file(catalogue: Catalogue, number: str, tasks: tuple[Task, ...], found: Found, clock: Clock) -> CaseFile:
    case = Case(
        number=number,
        locality=catalogue.slug,
        catalogue=catalogue.version,
        channel=BY_CERTIFICATE,
        received_at=iso(clock.moment),
        person=found.person,
        name_hash=found.name_hash,
        fingerprint="",
        state=CaseState.RECEIVED,
        open_tasks=0,
        tasks=len(tasks),
        names=names_of_the_day(catalogue),
    )
    return CaseFile(settled(case, tasks), tasks)
