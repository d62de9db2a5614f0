"""What follows from every change of a case: when it last moved, what is blocked, and what the board says of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from ..cases.blocking import blocks, with_blocks
from ..cases.case import Case, Task
from ..cases.moments import parse
from .board import Sort, noted, settled_
from .store import Write

if TYPE_CHECKING:
    from .casefile import CaseFile


def with_consequences(before: CaseFile | None, after: CaseFile, at: str) -> CaseFile:
    """The file with its blocks marked; looking at data or pressing an agency moves nothing."""
    case = replace(after.case, moved_at=at, dormant_since="") if _moved(before, after) else after.case
    return replace(after, case=case, tasks=with_blocks(after.tasks))


def board_changes(before: CaseFile | None, after: CaseFile, at: str) -> Iterator[Write]:
    """Of a file whose consequences are marked."""
    locality, moment = after.case.locality, parse(at)
    was = {task.task_id: task.blocked_by for task in before.tasks} if before else {}
    causes = blocks(after.tasks)
    for task in after.tasks:
        if task.blocked_by and task.blocked_by != was.get(task.task_id):
            yield _blocked(after.case, task, causes[task.task_id], moment)
        elif was.get(task.task_id) and not task.blocked_by:
            yield settled_(locality, Sort.BLOCKED, task.task_id)
    if before is None and after.case.unsure:
        case = after.case
        yield noted(locality, Sort.UNSURE, case.number, moment, case_number=case.number, conditions=list(case.unsure))
    if before and before.case.dormant_since and not after.case.dormant_since:
        yield settled_(locality, Sort.DORMANT, after.case.number)


def _moved(before: CaseFile | None, after: CaseFile) -> bool:
    if before is None or before.case.revisions != after.case.revisions:
        return True
    return {one.task_id: one.state for one in before.tasks} != {one.task_id: one.state for one in after.tasks}


def _blocked(case: Case, task: Task, cause: Task, moment: datetime) -> Write:
    """The reason is an agency's own words: it stays with the refused task and is read from there."""
    return noted(
        case.locality,
        Sort.BLOCKED,
        task.task_id,
        moment,
        task_id=task.task_id,
        case_number=case.number,
        item=task.item,
        name=task.name,
        agency=task.agency,
        agency_name=task.agency_name,
        waits_for=[case.names.get(f"material:{kind}", kind) for kind in task.opens_on],
        blocked_by=cause.agency,
        blocked_by_name=cause.agency_name,
        cause=cause.task_id,
        cause_name=cause.name,
    )
