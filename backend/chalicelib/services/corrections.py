"""The family corrects what it gave, and answers an agency that asked: new values are sealed as revisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..cases.answer import Answer, look_up
from ..cases.case import Task
from ..cases.choices import unknown_field
from ..cases.fields import GROUPS, Values, read_changes
from ..cases.moments import beijing_date, iso
from ..cases.progress import Clock, advance, settled, with_certificate
from ..cases.states import Action, TaskState
from ..catalogue import Catalogue, Problem
from . import person as people
from .access import catalogue_of
from .audit import Entry
from .casefile import CaseFile, changes
from .deliveries import to_agency
from .door import open_case
from .ports import Ports
from .records import directory_key, person_key
from .refused import BusyError, Refused
from .sealing import resealed
from .store import ConflictError, Put, Value, Write

TRIES = 3
ID_NUMBER, NAME = "deceased.id_number", "deceased.name"
KNOWN = (*GROUPS, "case_number", "lookup_code", "tasks")
MOST_REVISIONS = 50


def correct(ports: Ports, locality: str, body: Mapping[str, Any]) -> Answer:
    """`tasks`: the ids of those it answers, all that asked where it is left out. Raises Refused or BusyError."""
    catalogue = catalogue_of(ports, locality)
    file = open_case(ports, locality, body.get("case_number"), body.get("lookup_code"))
    values = _values(ports, catalogue, file, body)
    for _ in range(TRIES):
        answered = _answered(file, body.get("tasks"))
        if not (values or answered):
            raise Refused(422, [Problem("nothing_to_correct")])
        try:
            after = _write(ports, catalogue, file, values, answered)
            return look_up(catalogue, after.case, after.tasks)
        except ConflictError:
            file = open_case(ports, locality, body.get("case_number"), body.get("lookup_code"))
    raise BusyError


def _values(ports: Ports, catalogue: Catalogue, file: CaseFile, body: Mapping[str, Any]) -> Values:
    problems = [unknown_field(key) for key in [key for key in body if key not in KNOWN][:20]]
    values, wrong = read_changes(catalogue, body, beijing_date(ports.clock()))
    problems += wrong
    if (ID_NUMBER in values) != (NAME in values):
        # A person is matched by both, and neither can be read back from what is sealed.
        problems.append(Problem("both_needed", ID_NUMBER if NAME in values else NAME))
    if file.case.revisions >= MOST_REVISIONS:
        problems.append(Problem("too_many", ""))
    if problems:
        raise Refused(422, problems)
    return values


def _answered(file: CaseFile, wanted: Any) -> tuple[Task, ...]:
    asking = tuple(task for task in file.tasks if task.state is TaskState.CORRECTING)
    if wanted is None:
        return asking
    if not isinstance(wanted, list) or not all(isinstance(one, str) for one in wanted):
        raise Refused(422, [Problem("wrong_type", "tasks")])
    if any(one not in {task.task_id for task in asking} for one in wanted):
        raise Refused(409, [Problem("not_asked", "tasks")])
    return tuple(task for task in asking if task.task_id in wanted)


def _write(ports: Ports, catalogue: Catalogue, file: CaseFile, values: Values, answered: tuple[Task, ...]) -> CaseFile:
    clock = ports.now()
    case = replace(file.case, revisions=file.case.revisions + bool(values))
    back = {task.task_id: advance(task, Action.OPEN, clock) for task in answered}
    after = CaseFile(case, tuple(back.get(task.task_id, task) for task in file.tasks))
    moves: list[Write] = []
    keys = [directory_key(case.locality)]
    if ID_NUMBER in values:
        after, moves, directory = _moved(ports, file, after, values, clock)
    else:
        directory = ports.store.read(keys)[keys[0]] if values else {}
    after = replace(after, case=settled(after.case, after.tasks))
    entry = Entry(iso(clock.moment), "family", "corrected", ",".join(back), tuple(values))
    sealed = resealed(catalogue, after.case, after.tasks, values, directory["keys"]) if values else []
    ports.store.commit([*changes(file, after, [entry]), *sealed, *_told(after, values, back, clock), *moves])
    return after


def _told(file: CaseFile, values: Values, back: Mapping[str, Task], clock: Clock) -> list[Write]:
    """Every live task that sees a new value, and every one that had asked."""
    about = {"locality": file.case.locality, "case_number": file.case.number}
    revision = f"r{file.case.audit[0] + 1}"
    return [
        to_agency("corrected", f"{task.task_id}.{revision}", task.agency, clock.moment, task=task.task_id, **about)
        for task in file.tasks
        if not task.ended and (task.task_id in back or any(path in values for path in task.discloses))
    ]


def _moved(
    ports: Ports, before: CaseFile, file: CaseFile, values: Values, clock: Clock
) -> tuple[CaseFile, list[Write], Value]:
    """Another ID number is another person: its certificates count now, and its record lists this case."""
    case = file.case
    person, name = people.identify(ports.secrets, case.locality, values[ID_NUMBER], values[NAME])
    keys = [person_key(case.person), person_key(person), directory_key(case.locality)]
    records = ports.store.read(list(dict.fromkeys(keys)))
    old, new = records.get(keys[0], {}), records.get(keys[1], {})
    case = replace(case, person=person, name_hash=name)
    tasks = file.tasks
    for kind in sorted(people.on_file(new, name).shared):
        case, tasks, _ = with_certificate(case, tasks, kind, clock, people.running(new))
    moved = CaseFile(case, tasks)
    if person == before.case.person:
        return moved, [], records[keys[2]]
    writes: list[Write] = [
        _listing(keys[0], old, [number for number in people.cases(old) if number != case.number]),
        _listing(keys[1], new, [*people.cases(new), case.number][-people.MOST_CASES :]),
    ]
    return moved, writes, records[keys[2]]


def _listing(key: Any, record: Value, numbers: list[str]) -> Put:
    known = {name: value for name, value in record.items() if name not in ("pk", "sk", "version")}
    return Put(key, {**known, people.CASES: numbers}, record.get("version", 0))
