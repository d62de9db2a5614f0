"""Cases and tasks as frozen values. Names are kept as they were on the day: later edits of the catalogue
never change a case under way. Nothing in here is personal; that is sealed elsewhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from ..catalogue import PlannedTask
from .states import ENDED, CaseState, TaskState

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Opening:
    """An agency looked at the family's data."""

    agency: str
    agency_name: str
    task: str
    at: str


@dataclass(frozen=True, slots=True)
class Task:
    """One item of one case at one agency. Moments are ISO 8601 texts, `due` a date, empty while unknown.

    `reports` remembers report ids with a fingerprint of their content; `paused` are ranges of dates
    (first, after the last) on which the clock stood; `resumes` is the state a correcting task goes back to.
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
        known["paused"] = tuple((first, last) for first, last in row["paused"])
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Case:
    """One application. `person` and `name_hash` are keyed hashes; `names` words the slugs in the receipt;
    `standby` are tasks that start by themselves when their certificate is shared; `revisions` counts corrections;
    `audit` is the chain's head."""

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
    linked: tuple[str, ...] = ()
    missing: tuple[tuple[str, tuple[str, ...]], ...] = ()
    uploads: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    standby: tuple[Task, ...] = ()
    generation: int = 0
    revisions: int = 0
    audit: tuple[int, str] = (0, "")
    version: int = 0

    @classmethod
    def from_row(cls, row: Row) -> Self:
        known = _known(cls, row)
        known["state"] = CaseState(row["state"])
        known["standby"] = tuple(Task.from_row(one) for one in row["standby"])
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
