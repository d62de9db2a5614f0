"""The family says how a task went, or that nothing goes on; after a bad mark the lead agency has to call back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from ..cases.answer import Answer, look_up
from ..cases.case import Mark, Task, TaskKind
from ..cases.choices import unknown_field
from ..cases.hashes import fingerprint
from ..cases.moments import beijing_date, iso, parse
from ..cases.progress import Clock
from ..cases.states import RATED
from ..catalogue import Catalogue, Problem
from .access import catalogue_of
from .audit import Entry
from .call_backs import MOST, call_backs, new_call_back, owed
from .casefile import CaseFile, changes, with_task
from .deliveries import to_agency
from .door import open_case
from .ports import Ports
from .records import directory_key
from .refused import BusyError, Refused
from .sealing import comment
from .store import ConflictError, Write

TRIES = 3
SCORES = range(1, 6)
LONGEST_COMMENT = 500
MOST_MARKS = 20
KNOWN = ("case_number", "lookup_code", "task_id", "score", "stuck", "comment")


@dataclass(frozen=True, slots=True)
class Opinion:
    """`stuck`: nothing goes on, which may be said of anything at any time; a score is for what has a result."""

    score: int | None
    stuck: bool
    comment: str


def rate(ports: Ports, locality: str, body: Mapping[str, Any]) -> Answer:
    """The case as it is then. Saying the same again changes nothing. Raises Refused or BusyError."""
    catalogue = catalogue_of(ports, locality)
    for _ in range(TRIES):
        file = open_case(ports, locality, body.get("case_number"), body.get("lookup_code"))
        opinion, task = _read(file, body)
        said = fingerprint(ports.secrets.fingerprint, [opinion.score, opinion.stuck, opinion.comment])
        if _repeated(file, task, opinion, said):
            return look_up(catalogue, file.case, file.tasks)
        clock = ports.now()
        _admit(catalogue, file, task, opinion, clock)
        mark = Mark(iso(clock.moment), opinion.score, opinion.stuck, bool(opinion.comment), said)
        after, writes = _marked(ports, catalogue, file, task, mark, opinion.comment, clock)
        try:
            ports.store.commit(writes)
            return look_up(catalogue, after.case, after.tasks)
        except ConflictError:
            continue
    raise BusyError


def _read(file: CaseFile, body: Mapping[str, Any]) -> tuple[Opinion, Task]:
    if file.case.shredded_at:
        raise Refused(409, [Problem("shredded")])
    task = file.task(str(body.get("task_id")))
    problems = [unknown_field(key) for key in [key for key in body if key not in KNOWN][:20]]
    problems += _problems(body)
    if task is None or task.kind is not TaskKind.ITEM:
        problems.append(Problem("choice", "task_id"))
    if problems or task is None:
        raise Refused(422, problems)
    return Opinion(body.get("score"), bool(body.get("stuck")), (body.get("comment") or "").strip()), task


def _problems(body: Mapping[str, Any]) -> Iterator[Problem]:
    score, stuck, text = body.get("score"), body.get("stuck"), body.get("comment") or ""
    if score is None and stuck is not True:
        yield Problem("choose", "score")
    elif score is not None and (not isinstance(score, int) or isinstance(score, bool) or score not in SCORES):
        yield Problem("choice", "score")
    if stuck is not None and not isinstance(stuck, bool):
        yield Problem("wrong_type", "stuck")
    if not isinstance(text, str):
        yield Problem("wrong_type", "comment")
    elif len(text.strip()) > LONGEST_COMMENT:
        yield Problem("too_long", "comment", {"limit": str(LONGEST_COMMENT)})
    elif any(not char.isprintable() and char not in "\r\n\t" for char in text):
        yield Problem("control", "comment")


def _repeated(file: CaseFile, task: Task, opinion: Opinion, said: str) -> bool:
    """That nothing goes on may be said again once the call about it was made."""
    if opinion.score is None:
        return owed(file, task) and said in {mark.said for mark in task.marks}
    scored = _scored(task)
    return bool(scored) and scored[-1].said == said


def _admit(catalogue: Catalogue, file: CaseFile, task: Task, opinion: Opinion, clock: Clock) -> None:
    """A score can be changed for some days after the first one."""
    scored = _scored(task)
    if opinion.score is not None and task.state not in RATED:
        raise Refused(409, [Problem("rate_later", "score")])
    if opinion.score is not None and scored:
        last = beijing_date(parse(scored[0].at)) + timedelta(days=catalogue.ratings.change_days)
        if beijing_date(clock.moment) > last:
            raise Refused(409, [Problem("rated_already", "score")])
    if len(task.marks) >= MOST_MARKS or len(call_backs(file)) >= MOST:
        raise Refused(409, [Problem("too_many", "score")])


def _marked(
    ports: Ports, catalogue: Catalogue, file: CaseFile, task: Task, mark: Mark, text: str, clock: Clock
) -> tuple[CaseFile, list[Write]]:
    score = task.score if mark.score is None else mark.score
    after = with_task(file, replace(task, score=score, marks=(*task.marks, mark)))
    about = {"locality": file.case.locality, "case_number": file.case.number}
    told: list[Write] = []
    bad = mark.stuck or (mark.score is not None and mark.score <= catalogue.ratings.bad_up_to)
    if bad and not owed(file, task):
        call = new_call_back(catalogue, file, task, clock)
        after = replace(after, tasks=(*after.tasks, call))
        told = [to_agency("call-back", call.task_id, call.agency, clock.moment, **about)]
    what = {"score": mark.score is not None, "stuck": mark.stuck, "comment": mark.commented}
    entry = Entry(mark.at, "family", "rated", task.task_id, tuple(name for name, there in what.items() if there))
    return after, [*changes(file, after, [entry]), *_sealed(ports, catalogue, file, task, text), *told]


def _sealed(ports: Ports, catalogue: Catalogue, file: CaseFile, task: Task, text: str) -> list[Write]:
    if not text:
        return []
    key = directory_key(file.case.locality)
    directory = ports.store.read([key])[key]["keys"]
    return [comment(file.case, task.task_id, len(task.marks), text, catalogue.lead, directory)]


def _scored(task: Task) -> list[Mark]:
    return [mark for mark in task.marks if mark.score is not None]
