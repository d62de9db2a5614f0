"""The family corrects what it gave, and answers an agency that asked: new values are sealed as revisions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..cases.answer import Answer, look_up
from ..cases.case import Task, TaskKind
from ..cases.choices import unknown_field
from ..cases.fields import GROUPS, Values, read_changes
from ..cases.moments import beijing_date, iso
from ..cases.progress import Clock, advance, opened, settled, with_certificate
from ..cases.states import Action, TaskState
from ..catalogue import Catalogue, Problem
from . import person as people
from .access import catalogue_of
from .audit import Entry
from .casefile import CaseFile, changes
from .deliveries import to_agency
from .door import open_case
from .now_open import now_open
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
    after = change(
        ports,
        catalogue,
        lambda: open_case(ports, locality, body.get("case_number"), body.get("lookup_code")),
        Said("family", body, strange_to(body, KNOWN)),
    )
    return look_up(catalogue, after.case, after.tasks)


def strange_to(body: Mapping[str, Any], known: Collection[str]) -> tuple[Problem, ...]:
    return tuple(unknown_field(key) for key in [key for key in body if key not in known][:20])


@dataclass(frozen=True, slots=True)
class Said:
    """A correction as it came, with what is wrong with it so far. `seen`: materials shown at a counter."""

    actor: str
    body: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Correction:
    actor: str
    values: Values
    answered: tuple[Task, ...]
    seen: tuple[str, ...]


def change(ports: Ports, catalogue: Catalogue, find: Callable[[], CaseFile], said: Said) -> CaseFile:
    """The case after it; `find` reads it, again where somebody else wrote first. Raises Refused or BusyError."""
    file = find()
    values = _values(ports, catalogue, file, said)
    for _ in range(TRIES):
        answered = _answered(file, said.body.get("tasks"))
        seen = tuple(one for one in said.seen if one not in file.case.seen or one in dict(file.case.missing))
        if not (values or answered or seen):
            raise Refused(422, [Problem("nothing_to_correct")])
        try:
            return _write(ports, catalogue, file, _Correction(said.actor, values, answered, seen))
        except ConflictError:
            file = find()
    raise BusyError


def _values(ports: Ports, catalogue: Catalogue, file: CaseFile, said: Said) -> Values:
    values, wrong = read_changes(catalogue, said.body, beijing_date(ports.clock()))
    problems = [*said.problems, *wrong]
    if (ID_NUMBER in values) != (NAME in values):
        # A person is matched by both, and neither can be read back from what is sealed.
        problems.append(Problem("both_needed", ID_NUMBER if NAME in values else NAME))
    if file.case.shredded_at:
        raise Refused(409, [Problem("shredded")])
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


def _write(ports: Ports, catalogue: Catalogue, file: CaseFile, correction: _Correction) -> CaseFile:
    clock, values = ports.now(), correction.values
    after, back = _answering(file, correction, clock)
    after, opened = _with_seen(after, correction.seen, clock)
    after = replace(after, case=replace(after.case, revisions=file.case.revisions + bool(values)))
    moves: list[Write] = []
    keys = [directory_key(file.case.locality)]
    if ID_NUMBER in values:
        after, started, moves, directory = _moved(ports, file, after, values, clock)
        opened = (*opened, *started)
    else:
        directory = ports.store.read(keys)[keys[0]] if values else {}
    after = replace(after, case=settled(after.case, after.tasks))
    entry = Entry(
        iso(clock.moment),
        correction.actor,
        "corrected",
        ",".join(back),
        (*values, *(f"seen.{one}" for one in correction.seen)),
    )
    sealed = resealed(catalogue, after.case, after.tasks, values, directory["keys"]) if values else []
    told = _told(file, after, correction, {task.task_id for task in opened}, clock)
    ports.store.commit([*changes(file, after, [entry]), *sealed, *told, *now_open(opened, clock), *moves])
    return after


def _answering(file: CaseFile, correction: _Correction, clock: Clock) -> tuple[CaseFile, tuple[str, ...]]:
    """Who had asked goes on; what was asked for is no longer the word on the task."""
    back = {task.task_id: replace(advance(task, Action.OPEN, clock), reason="") for task in correction.answered}
    return replace(file, tasks=tuple(back.get(task.task_id, task) for task in file.tasks)), tuple(back)


def _with_seen(file: CaseFile, seen: tuple[str, ...], clock: Clock) -> tuple[CaseFile, tuple[Task, ...]]:
    """A certificate seen opens what waits for it in this case; nothing silent starts on a piece of paper."""
    opened_ = {task.task_id: opened(task, clock) for task in file.tasks if set(task.waits_for) & set(seen)}
    missing = tuple((material, items) for material, items in file.case.missing if material not in seen)
    case = replace(file.case, missing=missing, seen=tuple(dict.fromkeys((*file.case.seen, *seen))))
    tasks = tuple(opened_.get(task.task_id, task) for task in file.tasks)
    return CaseFile(case, tasks), tuple(opened_.values())


def _told(
    before: CaseFile, file: CaseFile, correction: _Correction, told_already: Collection[str], clock: Clock
) -> list[Write]:
    """Every live task that sees a new value, every one that had asked, and every one whose paper was missing."""
    about = {"locality": file.case.locality, "case_number": file.case.number}
    revision = f"r{before.case.audit[0] + 1}"
    asked = {task.task_id for task in correction.answered}
    came = {item for material, items in before.case.missing if material in correction.seen for item in items}
    return [
        to_agency("corrected", f"{task.task_id}.{revision}", task.agency, clock.moment, task=task.task_id, **about)
        for task in file.tasks
        if not task.ended and task.kind is TaskKind.ITEM and task.task_id not in told_already
        if task.task_id in asked or set(correction.values) & set(task.discloses) or came & set(task.candidates)
    ]


def _moved(
    ports: Ports, before: CaseFile, file: CaseFile, values: Values, clock: Clock
) -> tuple[CaseFile, tuple[Task, ...], list[Write], Value]:
    """Another ID number is another person: its certificates count now, and its record lists this case."""
    case = file.case
    person, name = people.identify(ports.secrets, case.locality, values[ID_NUMBER], values[NAME])
    keys = [person_key(case.person), person_key(person), directory_key(case.locality)]
    records = ports.store.read(list(dict.fromkeys(keys)))
    old, new = records.get(keys[0], {}), records.get(keys[1], {})
    case = replace(case, person=person, name_hash=name)
    tasks, moved = file.tasks, dict[str, Task]()
    for kind in sorted(people.on_file(new, name).shared):
        case, tasks, opened_ = with_certificate(case, tasks, kind, clock, people.running(new))
        moved |= {task.task_id: task for task in opened_}
    after, started = CaseFile(case, tasks), people.started(moved.values())
    if person == before.case.person:
        writes: list[Write] = [_listing(keys[1], new, people.cases(new), started)] if started else []
    else:
        writes = [
            _listing(keys[0], old, [number for number in people.cases(old) if number != case.number], {}),
            _listing(keys[1], new, [*people.cases(new), case.number][-people.MOST_CASES :], started),
        ]
    return after, tuple(moved.values()), writes, records[keys[2]]


def _listing(key: Any, record: Value, numbers: Iterable[str], started: Value) -> Put:
    known = {name: value for name, value in record.items() if name not in ("pk", "sk", "version")}
    return Put(key, {**known, **started, people.CASES: list(numbers)}, record.get("version", 0))
