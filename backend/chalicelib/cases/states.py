"""The states of cases and tasks, and which report leads from where to where."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class CaseState(StrEnum):
    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class TaskState(StrEnum):
    WAITING = "waiting"
    OPEN = "open"
    ACCEPTED = "accepted"
    CORRECTING = "correcting"
    COMPLETED = "completed"
    FAILED = "failed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What an agency reports. `OPEN` starts a waiting task by hand, or goes on with a correcting one."""

    ACCEPT = "accept"
    DECLINE = "decline"
    COMPLETE = "complete"
    FAIL = "fail"
    ASK = "ask"
    OPEN = "open"


ENDED = frozenset({TaskState.COMPLETED, TaskState.FAILED, TaskState.DECLINED, TaskState.WITHDRAWN})
RATED = frozenset({TaskState.COMPLETED, TaskState.FAILED, TaskState.DECLINED})
"""What an agency ended has a result that can be rated."""
NEEDS_REASON = frozenset({Action.DECLINE, Action.FAIL, Action.ASK, Action.OPEN})

CALL_BACK_MOVES: Mapping[tuple[TaskState, Action], TaskState] = {
    (TaskState.OPEN, Action.ACCEPT): TaskState.ACCEPTED,
    (TaskState.OPEN, Action.COMPLETE): TaskState.COMPLETED,
    (TaskState.ACCEPTED, Action.COMPLETE): TaskState.COMPLETED,
}
"""Nobody declines to call a family back: it ends with a note of what was said."""

MOVES: Mapping[tuple[TaskState, Action], TaskState] = {
    (TaskState.WAITING, Action.OPEN): TaskState.OPEN,
    (TaskState.OPEN, Action.ACCEPT): TaskState.ACCEPTED,
    (TaskState.OPEN, Action.DECLINE): TaskState.DECLINED,
    (TaskState.OPEN, Action.ASK): TaskState.CORRECTING,
    (TaskState.ACCEPTED, Action.COMPLETE): TaskState.COMPLETED,
    (TaskState.ACCEPTED, Action.FAIL): TaskState.FAILED,
    (TaskState.ACCEPTED, Action.ASK): TaskState.CORRECTING,
    # To where it was paused; the task itself remembers.
    (TaskState.CORRECTING, Action.OPEN): TaskState.OPEN,
}
