"""How a case moves on: tasks open when a certificate arrives, agencies report, and the last result closes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from .case import Case, Task, TaskKind
from .deadline import due
from .holidays import Calendar
from .moments import beijing_date, iso
from .states import CALL_BACK_MOVES, ENDED, MOVES, Action, CaseState, TaskState


class NotAllowedError(Exception):
    """This report does not lead anywhere from the state the task is in."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment something happens at, and the calendar that counts days."""

    moment: datetime
    calendar: Calendar


def opened(task: Task, clock: Clock) -> Task:
    """Open from now on, with the day it is due where the catalogue promises one."""
    return with_due(replace(task, state=TaskState.OPEN, opened_at=iso(clock.moment)), clock)


def with_due(task: Task, clock: Clock) -> Task:
    if task.working_days is None or not task.opened_at:
        return task
    start = beijing_date(datetime.fromisoformat(task.opened_at))
    found = due(start, task.working_days, clock.calendar, _paused_days(task))
    return replace(task, due=found.day.isoformat(), due_explained=found.explanation, provisional=found.provisional)


def advance(task: Task, action: Action, clock: Clock) -> Task:
    """The task after a report. Raises NotAllowedError."""
    moves = CALL_BACK_MOVES if task.kind is TaskKind.CALL_BACK else MOVES
    state = moves.get((task.state, action))
    if state is None:
        raise NotAllowedError(task.state)
    today = beijing_date(clock.moment).isoformat()
    if action is Action.ASK:
        return replace(task, state=state, resumes=task.state, paused=(*task.paused, (today, "")))
    if task.state is TaskState.CORRECTING:
        paused = (*task.paused[:-1], (task.paused[-1][0], today))
        return with_due(replace(task, state=TaskState(task.resumes), resumes="", paused=paused), clock)
    if state is TaskState.OPEN:
        return replace(opened(task, clock), by_hand=True)
    return replace(task, state=state, ended_at=iso(clock.moment) if state in ENDED else "")


def with_certificate(
    case: Case, tasks: Iterable[Task], kind: str, clock: Clock, running: Mapping[str, str]
) -> tuple[Case, tuple[Task, ...], tuple[Task, ...]]:
    """A shared certificate arrives: the case and tasks after it, and those among them that it opened or started.

    `running`: silent items that run for the person already, with their tasks; they are linked, not started again.
    """
    current = list(tasks)
    moved = [opened(task, clock) for task in current if _waits_for(task, kind)]
    ready = [task for task in case.standby if kind in task.opens_on]
    started = [opened(task, clock) for task in ready if task.item not in running]
    by_id = {task.task_id: task for task in (*current, *moved, *started)}
    linked = tuple(elsewhere(task, running[task.item]) for task in ready if task.item and task.item in running)
    case = replace(
        case,
        standby=tuple(task for task in case.standby if task not in ready),
        linked=(*case.linked, *linked),
        tasks=len(by_id),
    )
    after = tuple(by_id.values())
    return settled(case, after), after, (*moved, *started)


def without_certificate(
    case: Case, tasks: Iterable[Task], shared: frozenset[str]
) -> tuple[Case, tuple[Task, ...], tuple[Task, ...]]:
    """A certificate is gone: what no agency has accepted waits again, unless something else on file opens it.

    `shared`: the certificates that the person still has.
    """
    current = list(tasks)
    issued = {task.issues for task in current if task.state is TaskState.COMPLETED}
    held = {*shared, *case.seen, *issued}
    back = {task.task_id: _waiting_again(task) for task in current if _rests_on_paper(task, held)}
    after = tuple(back.get(task.task_id, task) for task in current)
    return settled(case, after), after, tuple(back.values())


def settled(case: Case, tasks: Iterable[Task]) -> Case:
    """The case's own state follows from its items: it closes with the last of them."""
    current = [task for task in tasks if task.kind is TaskKind.ITEM]
    open_tasks = sum(not task.ended for task in current)
    touched = any(task.ended or task.state is TaskState.ACCEPTED for task in current)
    if current and all(task.state is TaskState.WITHDRAWN for task in current):
        state = CaseState.WITHDRAWN
    elif not open_tasks:
        state = CaseState.CLOSED
    elif touched or case.state is not CaseState.RECEIVED:
        state = CaseState.IN_PROGRESS
    else:
        state = CaseState.RECEIVED
    last = max((task.ended_at for task in current), default="") or case.received_at
    return replace(case, open_tasks=open_tasks, state=state, closed_at="" if open_tasks else case.closed_at or last)


def elsewhere(task: Task, task_id: str) -> Task:
    """A silent task that runs for the person outside this case, as it is shown here until it is read afresh."""
    number = task_id.partition("-")[0]
    return first_state(replace(task, task_id=task_id, case_number=number, state=TaskState.OPEN))


def first_state(task: Task) -> Task:
    """Remembers how the task stood at submission, so that a receipt can be replayed."""
    first: Mapping[str, str] = {"state": task.state, "due": task.due, "due_explained": task.due_explained}
    return replace(task, first=first)


def _rests_on_paper(task: Task, held: Set[str | None]) -> bool:
    """Open, and by nothing that is still there."""
    return task.state is TaskState.OPEN and bool(task.opens_on) and not task.by_hand and not held & set(task.opens_on)


def _waiting_again(task: Task) -> Task:
    return replace(task, state=TaskState.WAITING, opened_at="", due="", due_explained="", provisional=False)


def _waits_for(task: Task, kind: str) -> bool:
    return task.state is TaskState.WAITING and kind in task.opens_on


def _paused_days(task: Task) -> Iterable[date]:
    """Every day at whose end, midnight in Beijing, the task was correcting."""
    for first, after in task.paused:
        day, end = date.fromisoformat(first), date.fromisoformat(after) if after else None
        while end and day < end:
            yield day
            day += timedelta(days=1)
