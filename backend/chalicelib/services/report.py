"""Take an agency's report on its task: one read and one transaction, whatever follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..cases.case import BY_CERTIFICATE, Case, Task, TaskKind
from ..cases.moments import iso
from ..cases.progress import Clock, NotAllowedError, advance, settled, with_certificate
from ..cases.reports import BadReportError, Report, read_report
from ..cases.states import NEEDS_REASON, Action, CaseState, TaskState
from ..catalogue import Catalogue, Problem
from ..catalogue.plan import narrowed
from . import person as people
from .access import admit, catalogue_of
from .audit import Entry, actor
from .casefile import CaseFile, changes, with_task
from .claims import Claims, Role
from .deliveries import Kind, new_delivery, to_family
from .now_open import now_open
from .ports import Ports
from .records import person_key
from .refused import BusyError, Refused
from .store import ConflictError, Patch, Write
from .tasks import own_task

TRIES = 3
MOST_REPORTS = 100
TOLD = {
    Action.COMPLETE: "task-completed",
    Action.FAIL: "task-failed",
    Action.DECLINE: "task-declined",
    Action.ASK: "task-correcting",
}


def report(ports: Ports, claims: Claims, locality: str, task_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The task's state after it. A repeated `report_id` changes nothing. Raises Refused or BusyError."""
    catalogue = catalogue_of(ports, locality)
    admit(catalogue, claims, Role.AGENCY)
    try:
        said = read_report(catalogue, ports.secrets.fingerprint, body)
    except BadReportError as error:
        raise Refused(422, error.problems) from None
    running: Mapping[str, str] = {}
    for _ in range(TRIES):
        file, task = own_task(ports, claims, locality, task_id)
        if said.report_id in task.reports:
            return _repeated(task, said)
        after, writes = _changed(ports, catalogue, claims, file, task, said, running)
        try:
            ports.store.commit(writes)
            return _answer(after)
        except ConflictError:
            key = person_key(file.case.person)
            running = people.running(ports.store.read([key]).get(key, {}))
    raise BusyError


def _repeated(task: Task, said: Report) -> dict[str, Any]:
    if task.reports[said.report_id] != said.mark:
        raise Refused(409, [Problem("report_conflict", "report_id")])
    return _answer(task)


def _changed(
    ports: Ports,
    catalogue: Catalogue,
    claims: Claims,
    file: CaseFile,
    task: Task,
    said: Report,
    running: Mapping[str, str],
) -> tuple[Task, list[Write]]:
    clock = ports.now()
    after = _advanced(catalogue, task, said, clock)
    case, tasks = _with_asked(file.case, task, said), with_task(file, after).tasks
    issued = after.issues if after.state is TaskState.COMPLETED else None
    started: tuple[Task, ...] = ()
    if issued:
        case, tasks, started = with_certificate(case, tasks, issued, clock, running)
    whole = CaseFile(settled(case, tasks), tasks)
    entry = Entry(iso(clock.moment), actor(claims), f"reported-{said.action}", task.task_id)
    writes = changes(file, whole, [entry])
    writes += _messages(file, whole, after, said, clock)
    writes += now_open(started, clock)
    if issued:
        writes += _shared(after, whole, issued, started, clock)
    return after, writes


def _with_asked(case: Case, task: Task, said: Report) -> Case:
    """What an agency asks for is missing from now on; at a counter it can be shown and ticked."""
    if said.action is not Action.ASK:
        return case
    if case.channel == BY_CERTIFICATE:
        raise Refused(409, [Problem("nobody_to_ask", "action")])
    missing = {slug: dict.fromkeys(items) for slug, items in case.missing}
    for slug in said.materials:
        missing.setdefault(slug, {}).update(dict.fromkeys(task.candidates))
    return replace(case, missing=tuple((slug, tuple(items)) for slug, items in missing.items()))


def _advanced(catalogue: Catalogue, task: Task, said: Report, clock: Clock) -> Task:
    try:
        after = advance(task, said.action, clock)
    except NotAllowedError:
        name = catalogue.texts["wording"]["states"][task.state]["name"]
        raise Refused(409, [Problem("state_conflict", "action", {"state": name})]) from None
    if len(task.reports) >= MOST_REPORTS:
        raise Refused(409, [Problem("too_many", "report_id")])
    if said.action is Action.ACCEPT and task.item is None and task.kind is TaskKind.ITEM:
        after = _determined(catalogue, after, said.item)
    if after.state is TaskState.COMPLETED and task.kind is TaskKind.CALL_BACK and not said.result.strip():
        raise Refused(422, [Problem("note_required", "result")])
    keeps_reason = said.action in NEEDS_REASON
    names = [catalogue.materials[slug].short for slug in said.materials]
    reason = "：".join([said.reason, "、".join(names)]) if names else said.reason
    return replace(
        after,
        reason=reason if keeps_reason else "",
        result=said.result or after.result,
        certificate_number=said.certificate_number or after.certificate_number,
        reports={**task.reports, said.report_id: said.mark},
    )


def _determined(catalogue: Catalogue, task: Task, slug: str) -> Task:
    """Accepting names the item; what the family wished for the money holds as far as the item allows."""
    if not slug:
        raise Refused(422, [Problem("item_required", "item")])
    if slug not in task.candidates or slug not in catalogue.items:
        raise Refused(422, [Problem("item_unknown", "item")])
    item = catalogue.items[slug]
    payee = task.payee if task.payee in item.payees else next(iter(item.payees), None)
    return replace(
        task,
        item=slug,
        name=item.name,
        issues=item.issues,
        payees=item.payees,
        payee=payee,
        discloses=narrowed(item, task.discloses, payee),
        working_days=item.working_days,
    )


def _messages(before: CaseFile, file: CaseFile, task: Task, said: Report, clock: Clock) -> list[Write]:
    """To the family, where there is one."""
    if file.case.channel == BY_CERTIFICATE:
        return []
    about = {"locality": task.locality, "case_number": task.case_number}
    fact = f"{task.task_id}.{len(task.reports)}"
    puts: list[Write] = []
    if said.action in TOLD and task.kind is TaskKind.ITEM:
        puts.append(to_family(TOLD[said.action], fact, clock.moment, task_id=task.task_id, **about))
    closes = file.case.state is CaseState.CLOSED and before.case.state is not CaseState.CLOSED
    if closes and len(file.tasks) > 1:
        puts.append(to_family("case-closed", fact, clock.moment, **about))
    return puts


def _shared(task: Task, file: CaseFile, kind: str, started: tuple[Task, ...], clock: Clock) -> list[Write]:
    """The certificate holds for the person: for later applications, and for the person's other cases."""
    certificate = {
        "name_hash": file.case.name_hash,
        "number": task.certificate_number,
        "agency": task.agency,
        "at": iso(clock.moment),
    }
    silent = people.started(started)
    patch = Patch(
        person_key(file.case.person),
        set={people.certificate(kind): certificate, **silent},
        absent=tuple(silent),
        must_exist=True,
    )
    content = {"locality": task.locality, "person": file.case.person, "certificate": kind}
    return [patch, new_delivery(Kind.SPREAD, f"{task.task_id}.{len(task.reports)}.spread", clock.moment, **content)]


def _answer(task: Task) -> dict[str, Any]:
    return {
        "task_id": task.task_id,
        "item": task.item,
        "state": task.state,
        "due": task.due or None,
        "reason": task.reason,
        "result": task.result,
    }
