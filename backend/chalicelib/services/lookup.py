"""Tell a family how its case stands."""

from __future__ import annotations

from ..cases.answer import Answer
from ..cases.answer import look_up as answer
from ..cases.case import Task
from .access import catalogue_of
from .casefile import CaseFile
from .door import open_case
from .ports import Ports
from .records import task_key


def look_up(ports: Ports, locality: str, number: object, code: object) -> Answer:
    """Two calls at most. Raises Refused."""
    catalogue = catalogue_of(ports, locality)
    file = open_case(ports, locality, number, code)
    return answer(catalogue, file.case, file.tasks, _linked(ports, file))


def _linked(ports: Ports, file: CaseFile) -> tuple[Task, ...]:
    """How the silent tasks outside this case stand now; as remembered, where a record is gone."""
    if not file.case.linked:
        return ()
    rows = ports.store.read([task_key(task) for task in file.case.linked])
    known = {row["task_id"]: Task.from_row(row) for row in rows.values()}
    return tuple(known.get(task.task_id, task) for task in file.case.linked)
