"""Cases and tasks as frozen values. Names are kept as they were on the day: later edits of the catalogue
never change a case under way. Nothing in here is personal; that is sealed elsewhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from ..catalogue import PlannedTask
from .states import ENDED, CaseState, TaskState

Row = Mapping[str, Any]
BY_CERTIFICATE = "certificate"
"""The channel of a case that no family brought: a certificate alone started what is silent in it."""


@dataclass(frozen=True, slots=True)
class Opening:
    """An agency looked at the family's data."""

    agency: str
    agency_name: str
    task: str
    at: str


@dataclass(frozen=True, slots=True)
class Chase:
    """The lead agency pressed for a late task."""

    at: str
    note: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What the family thought of a task; `stuck`: that nothing goes on ("办不成事"). `said` is a fingerprint of it all;
    what was written beside it is sealed."""

    at: str
    score: int | None
    stuck: bool
    commented: bool
    said: str


class TaskKind(StrEnum):
    """An item of the catalogue, or a call-back the lead agency owes after a bad mark."""

    ITEM = "item"
    CALL_BACK = "call-back"


@dataclass(frozen=True, slots=True)
class Task:
    """One item of one case at one agency. Moments are ISO 8601 texts, `due` a date, empty while unknown.

    `reports` remembers report ids with a fingerprint of their content; `paused` are ranges of dates
    (first, after the last) on which the clock stood; `resumes` is the state a correcting task goes back to;
    `blocked_by` is the agency whose refusal keeps the task waiting; `by_hand`: opened without its certificate;
    `score` is the last of the family's `marks`; `about` is the task that a call-back is about.
    """

    task_id: str
    case_number: str
    locality: str
    item: str | None
    candidates: tuple[str, ...]
    matter: str
    name: str
    agency: str
    agency_name: str
    state: TaskState
    opens_on: tuple[str, ...]
    issues: str | None
    payees: tuple[str, ...]
    payee: str | None
    accounts: tuple[str, ...]
    discloses: tuple[str, ...]
    working_days: int | None
    silent: bool
    unit: str = "-"
    opened_at: str = ""
    due: str = ""
    due_explained: str = ""
    provisional: bool = False
    ended_at: str = ""
    reason: str = ""
    result: str = ""
    certificate_number: str = ""
    resumes: str = ""
    kind: TaskKind = TaskKind.ITEM
    blocked_by: str = ""
    by_hand: bool = False
    handed_over_at: str = ""
    score: int | None = None
    marks: tuple[Mark, ...] = ()
    about: str = ""
    chases: tuple[Chase, ...] = ()
    paused: tuple[tuple[str, str], ...] = ()
    reports: Mapping[str, str] = dataclasses.field(default_factory=dict)
    openings: tuple[Opening, ...] = ()
    first: Mapping[str, str] = dataclasses.field(default_factory=dict)
    version: int = 0

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def waits_for(self) -> tuple[str, ...]:
        return self.opens_on if self.state is TaskState.WAITING else ()

    @property
    def withdrawable(self) -> bool:
        """Whether the family may still take it back; silent items are no wish of the family's."""
        return self.state in (TaskState.WAITING, TaskState.OPEN) and not self.silent and self.kind is TaskKind.ITEM

    @classmethod
    def planned(cls, planned: PlannedTask, case_number: str, locality: str, place: int, agency_name: str) -> Self:
        """`place`: 1 for the first task of the case."""
        names = (field.name for field in dataclasses.fields(planned))
        kept = {name: getattr(planned, name) for name in names if name != "waits_for"}
        state = TaskState.WAITING if planned.waits_for else TaskState.OPEN
        task_id = f"{case_number}-{place:02d}"
        return cls(
            task_id=task_id,
            case_number=case_number,
            locality=locality,
            agency_name=agency_name,
            state=state,
            **kept,
        )

    @classmethod
    def from_row(cls, row: Row) -> Self:
        known = _known(cls, row)
        known["state"] = TaskState(row["state"])
        known["openings"] = tuple(Opening(**one) for one in row["openings"])
        known["kind"] = TaskKind(row.get("kind", TaskKind.ITEM))
        known["chases"] = tuple(Chase(**one) for one in row.get("chases", ()))
        known["marks"] = tuple(Mark(**one) for one in row.get("marks", ()))
        known["paused"] = tuple((first, last) for first, last in row["paused"])
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Case:
    """One application. `person` and `name_hash` are keyed hashes; `names` words the slugs in the receipt;
    `standby` are tasks that start by themselves when their certificate is shared; `revisions` counts corrections;
    `seen` are materials shown at a counter; `closed_at` is when the last item ended, empty while one is open;
    `moved_at` is when a task last changed its state or the family corrected something, `dormant_since` the day
    on which the case was found dormant; `audit` is the chain's head."""

    number: str
    locality: str
    catalogue: str
    channel: str
    received_at: str
    person: str
    name_hash: str
    fingerprint: str
    state: CaseState
    open_tasks: int
    tasks: int
    names: Mapping[str, str]
    left_out: tuple[tuple[str, str], ...] = ()
    counter_only: tuple[tuple[str, str], ...] = ()
    done_already: tuple[str, ...] = ()
    linked: tuple[Task, ...] = ()
    missing: tuple[tuple[str, tuple[str, ...]], ...] = ()
    uploads: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    standby: tuple[Task, ...] = ()
    seen: tuple[str, ...] = ()
    counter: str = ""
    closed_at: str = ""
    closed_reason: str = ""
    moved_at: str = ""
    dormant_since: str = ""
    shredded_at: str = ""
    generation: int = 0
    revisions: int = 0
    audit: tuple[int, str] = (0, "")
    version: int = 0

    @classmethod
    def from_row(cls, row: Row) -> Self:
        known = _known(cls, row)
        known["state"] = CaseState(row["state"])
        for name in ("standby", "linked"):
            known[name] = tuple(Task.from_row(one) for one in row[name])
        known["missing"] = tuple((material, tuple(items)) for material, items in row["missing"])
        for name in ("left_out", "counter_only"):
            known[name] = tuple((slug, reason) for slug, reason in row[name])
        return cls(**known)


def row(value: Case | Task) -> dict[str, Any]:
    """The value as plain JSON-like data, for the store."""
    plain = dataclasses.asdict(value)
    plain.pop("version")
    return plain


def _known(cls: type, row: Row) -> dict[str, Any]:
    """Attributes of another version of the program, and the store's own, are passed over."""
    names = {field.name for field in dataclasses.fields(cls)}
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items() if key in names}
