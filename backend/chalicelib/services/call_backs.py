"""Call-backs: after a bad mark the lead agency owes the family a call, as a task with a clock of its own."""

from __future__ import annotations

from ..cases.case import Task, TaskKind
from ..cases.progress import Clock, opened
from ..cases.states import TaskState
from ..catalogue import Catalogue
from .casefile import CaseFile
from .sealing import COMMENT, WHOM_TO_CALL

LAST_PLACE = 99
MOST = 20


def owed(file: CaseFile, about: Task) -> bool:
    """Whether somebody is to call about this task already."""
    return any(task.about == about.task_id and not task.ended for task in call_backs(file))


def call_backs(file: CaseFile) -> tuple[Task, ...]:
    return tuple(task for task in file.tasks if task.kind is TaskKind.CALL_BACK)


def new_call_back(catalogue: Catalogue, file: CaseFile, about: Task, clock: Clock) -> Task:
    """Numbered from the end, so that it never takes the place of an item that stands by."""
    name: str = catalogue.texts["wording"]["call_back"]["name"]
    task = Task(
        task_id=f"{file.case.number}-{LAST_PLACE - len(call_backs(file))}",
        case_number=file.case.number,
        locality=file.case.locality,
        item=None,
        candidates=(),
        matter=about.matter,
        name=name.format(item=about.name),
        agency=catalogue.lead,
        agency_name=catalogue.agencies[catalogue.lead].name,
        state=TaskState.OPEN,
        opens_on=(),
        issues=None,
        payees=(),
        payee=None,
        accounts=(),
        discloses=(*WHOM_TO_CALL, COMMENT),
        working_days=catalogue.ratings.call_back_working_days,
        silent=False,
        kind=TaskKind.CALL_BACK,
        about=about.task_id,
    )
    return opened(task, clock)
