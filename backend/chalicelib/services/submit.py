"""Take an application: one read, one transaction, and the same receipt however often it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..cases.answer import Answer, receipt
from ..cases.case import Case, Task
from ..cases.desk import Desk
from ..cases.hashes import fingerprint
from ..cases.moments import iso
from ..cases.numbers import case_number, lookup_code
from ..cases.progress import Clock, elsewhere, first_state, opened, settled
from ..cases.states import CaseState, TaskState
from ..catalogue import Catalogue, Channel, Problem
from . import person as people
from .access import catalogue_of
from .audit import Entry
from .casefile import CaseFile, changes, known_case
from .deliveries import to_agency, to_family
from .ports import Ports
from .prepare import Application, prepare, replan
from .records import case_key, directory_key, person_key, submission_key
from .refused import BusyError, Refused
from .sealing import sealed
from .store import ConflictError, Key, Patch, Put, Value, Write

TRIES = 3
ONLINE_BY_THE_FAMILY = Desk("family")
LONGEST_KEY = 200
MOST_FLAGGED = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """201 with a new case, 200 when this submission had been taken before."""

    status: int
    receipt: Answer


@dataclass(frozen=True, slots=True)
class Submission:
    """An application with its hashes: `key` finds an earlier try, `mark` tells whether it said the same.

    `desk`: who took it, the family itself online.
    """

    application: Application
    desk: Desk
    key: Key
    mark: str
    person: str
    name_hash: str


def submit(
    ports: Ports, locality: str, body: Mapping[str, Any], channel: Channel, desk: Desk = ONLINE_BY_THE_FAMILY
) -> Outcome:
    """Raises Refused, or BusyError when others kept writing first."""
    catalogue = catalogue_of(ports, locality)
    application = prepare(ports, catalogue, body, channel)
    submission = _submission(ports, application, body, desk)
    wanted = [submission.key, person_key(submission.person), directory_key(locality)]
    for _ in range(TRIES):
        records = ports.store.read(wanted)
        earlier = records.get(submission.key)
        if earlier:
            return _replay(ports, catalogue, submission, earlier)
        try:
            return _take(ports, submission, records.get(wanted[1], {}), records.get(wanted[2], {}))
        except ConflictError:
            continue
    raise BusyError


def check(ports: Ports, locality: str, body: Mapping[str, Any], channel: Channel) -> Answer:
    """What would become of this application, without storing anything. Raises Refused."""
    application = prepare(ports, catalogue_of(ports, locality), body, channel)
    file = _file(application, ONLINE_BY_THE_FAMILY, "0" * 12, "", "", ports.now())
    answer = receipt(application.catalogue, file.case, file.tasks, "")
    return {key: value for key, value in answer.items() if key not in ("case_number", "lookup_code")}


def _submission(ports: Ports, application: Application, body: Mapping[str, Any], desk: Desk) -> Submission:
    key = body.get("submission_key")
    if not isinstance(key, str) or not key.strip():
        raise Refused(422, [Problem("required", "submission_key")])
    if len(key) > LONGEST_KEY:
        raise Refused(422, [Problem("too_long", "submission_key", {"limit": str(LONGEST_KEY)})])
    slug, values, choices = application.catalogue.slug, application.values, application.choices
    said = [
        application.request.channel,
        values,
        dict(choices.answers),
        dict(choices.eligibility),
        choices.matters,
        choices.payee,
        [desk.counter, dict(desk.helper), desk.seen],
    ]
    secret = ports.secrets.fingerprint
    person, name = people.identify(ports.secrets, slug, values["deceased.id_number"], values["deceased.name"])
    found = submission_key(slug, fingerprint(secret, key))
    return Submission(application, desk, found, fingerprint(secret, said), person, name)


def _replay(ports: Ports, catalogue: Catalogue, submission: Submission, earlier: Value) -> Outcome:
    if earlier["mark"] != submission.mark:
        raise Refused(409, [Problem("key_conflict", "submission_key")])
    file = known_case(ports.store, catalogue.slug, earlier["case_number"])
    return Outcome(200, _receipt(ports, catalogue, file))


def _take(ports: Ports, submission: Submission, person: Value, directory: Value) -> Outcome:
    desk = submission.desk
    certificates = frozenset(submission.application.catalogue.certificates)
    on_file = replace(people.on_file(person, submission.name_hash), seen=certificates.intersection(desk.seen))
    application = replan(submission.application, on_file, people.running(person))
    clock = ports.now()
    number = case_number(ports.randbelow)
    file = _file(application, desk, number, submission.person, submission.name_hash, clock)
    others = people.cases(person)
    file = replace(file, case=replace(file.case, others=others, fingerprint=submission.mark))
    catalogue, moment = application.catalogue, iso(clock.moment)
    answers = {f"answers.{slug}": one for slug, one in application.request.answers.items()}
    values = {**application.values, **answers, **desk.helper}
    ports.store.commit(
        [
            Put(submission.key, {"case_number": number, "mark": submission.mark}),
            *changes(None, file, [Entry(moment, desk.actor, "submitted", fields=(*application.values, *desk.helper))]),
            *sealed(catalogue, file.case, file.tasks, values, directory.get("keys", {})),
            *_deliveries(catalogue, file, clock),
            *_tell_others(file, others),
            _person(submission.person, person, file),
        ]
    )
    return Outcome(201, _receipt(ports, catalogue, file))


def _receipt(ports: Ports, catalogue: Catalogue, file: CaseFile) -> Answer:
    case = file.case
    code = lookup_code(ports.secrets.lookup, case.locality, case.number, case.generation)
    return receipt(catalogue, case, file.tasks, code)


def _file(application: Application, desk: Desk, number: str, person: str, name_hash: str, clock: Clock) -> CaseFile:
    catalogue, planned = application.catalogue, application.plan
    made = [
        Task.planned(task, number, catalogue.slug, place, catalogue.agencies[task.agency].name)
        for place, task in enumerate((*planned.tasks, *planned.standby), start=1)
    ]
    tasks = [opened(task, clock) if task.state is TaskState.OPEN else task for task in made[: len(planned.tasks)]]
    shown = tuple(first_state(task) for task in tasks)
    wanted = set(planned.uploads + planned.shown) - set(desk.seen)
    missing = tuple((need.material, need.items) for need in planned.needs if need.material in wanted)
    case = Case(
        number=number,
        locality=catalogue.slug,
        catalogue=catalogue.version,
        channel=application.request.channel,
        received_at=iso(clock.moment),
        person=person,
        name_hash=name_hash,
        fingerprint="",
        state=CaseState.RECEIVED,
        open_tasks=0,
        tasks=len(shown),
        names=names_of_the_day(catalogue),
        left_out=planned.left_out,
        counter_only=planned.counter_only,
        done_already=planned.done_already,
        linked=_linked(application, number),
        missing=missing,
        uploads=planned.uploads,
        notices=application.notices,
        unsure=planned.unsure,
        standby=tuple(made[len(planned.tasks) :]),
        seen=desk.seen,
        counter=desk.counter,
    )
    return CaseFile(settled(case, shown), shown)


def names_of_the_day(catalogue: Catalogue) -> dict[str, str]:
    """The words of the day, so that a later edit does not reword an old receipt."""
    return {
        **{f"material:{slug}": one.short for slug, one in catalogue.materials.items()},
        **{f"item:{slug}": one.name for slug, one in catalogue.items.items()},
        **{f"matter:{slug}": one.name for slug, one in catalogue.matters.items()},
    }


def _deliveries(catalogue: Catalogue, file: CaseFile, clock: Clock) -> list[Put]:
    case, moment = file.case, clock.moment
    about = {"locality": case.locality, "case_number": case.number}
    puts = [to_agency("new-task", task.task_id, task.agency, moment, **about) for task in file.tasks]
    puts.append(to_family("receipt", case.number, moment, **about))
    for flag, message in ((case.others, "same-person"), (case.unsure, "unknown-condition")):
        agencies = {catalogue.lead: None, **{task.agency: None for task in file.tasks}} if flag else {}
        if message == "unknown-condition":
            agencies = dict.fromkeys(list(agencies)[:1])
        puts += [to_agency(message, f"{case.number}", agency, moment, **about) for agency in agencies]
    return puts


def _tell_others(file: CaseFile, others: tuple[str, ...]) -> list[Write]:
    """Earlier cases of the same person are flagged to their agencies, not to their families."""
    locality, known = file.case.locality, (*others, file.case.number)
    return [
        Patch(case_key(locality, number), set={"others": [one for one in known if one != number]}, must_exist=True)
        for number in others[-MOST_FLAGGED:]
    ]


def _linked(application: Application, number: str) -> tuple[Task, ...]:
    """Silent tasks that run for the person already, so that this family sees them too."""
    catalogue, running = application.catalogue, application.request.running
    return tuple(
        elsewhere(
            Task.planned(task, number, catalogue.slug, 1, catalogue.agencies[task.agency].name),
            running[task.item or ""],
        )
        for task in application.plan.linked
    )


def _person(key: str, person: Value, file: CaseFile) -> Put:
    started = {f"{people.SILENT}{task.item}": task.task_id for task in file.tasks if task.silent}
    known = {name: value for name, value in person.items() if name not in ("pk", "sk", "version")}
    listed = [*people.cases(person), file.case.number][-people.MOST_CASES :]
    return Put(person_key(key), {**known, **started, people.CASES: listed}, person.get("version", 0))
