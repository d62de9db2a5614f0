"""The catalogue of one locality as frozen values; `load` makes them, `plan` applies them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .when import Options, When


class Channel(StrEnum):
    ONLINE = "online"
    COUNTER = "counter"


class Bring(StrEnum):
    """What the applicant does about a material on one channel."""

    UPLOAD = "upload"
    SHOW = "show"
    NUMBER = "number"
    FORM = "form"
    SHARED = "shared"
    IF_ASKED = "if-asked"
    IF_HELD = "if-held"
    IF_NOT_SHARED = "if-not-shared"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody. `channel`: text, mail, webhook, wecom or dingtalk; `to` is a telephone number
    or a mail address; `secret_name` says which of the deployment's secrets goes with `url`."""

    channel: str
    to: str = ""
    url: str = ""
    secret_name: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """`certifies`: the certificates it may put on file without a task of its own. `notify`: the ways in which it
    is told of its tasks, the first before the others; by mail where there are none. `units`: its parts among which
    it divides its tasks, such as police stations, by the name that tokens give them."""

    slug: str
    name: str
    bureau: str
    certifies: tuple[str, ...]
    mail: str
    notify: tuple[Way, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form. `kind` is a name of `kinds.KINDS`, or `agreement`."""

    path: str
    label: str
    ask: str
    kind: str
    required: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A scenario question: asked when one of `asked_for` is ticked (or always), and `asked_when` may hold."""

    slug: str
    label: str
    options: tuple[bool | str, ...]
    labels: Mapping[bool | str, str]
    asked_for: tuple[str, ...]
    asked_when: When


@dataclass(frozen=True, slots=True)
class Condition:
    """Who is served: any other answer than `must_be` or `unknown` is turned away with `reason`."""

    slug: str
    ask: str
    must_be: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Material:
    slug: str
    name: str
    short: str
    bring: Mapping[Channel, Bring]
    certificate: bool


@dataclass(frozen=True, slots=True)
class Requirement:
    """Any one of these materials; with `payee`, only when the money goes there."""

    any_of: tuple[str, ...]
    payee: str | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    when: When
    reason: str


@dataclass(frozen=True, slots=True)
class Matter:
    """`group`: its matters end in at most one item each time; `not_offered` says why a family cannot start it."""

    slug: str
    name: str
    form_label: str
    items: tuple[str, ...]
    group: str
    required: bool
    left_out: tuple[LeftOut, ...]
    not_offered: str


@dataclass(frozen=True, slots=True)
class Item:
    """What one agency handles.

    `opens_on`: certificates, any one of which opens it; empty: at once. `issues`: the certificate it ends in.
    `payees`: accounts it may be paid to, the first by default. `working_days`: None where nothing is promised.
    """

    slug: str
    agency: str
    name: str
    when: When
    opens_on: tuple[str, ...]
    issues: str | None
    materials: tuple[Requirement, ...]
    payees: tuple[str, ...]
    discloses: tuple[str, ...]
    channels: tuple[Channel, ...]
    counter_reason: str
    working_days: int | None
    silent: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the online form: field paths, `answers.*`, `matters`, `payee` or `eligibility`, in order."""

    slug: str
    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ratings:
    """Scores up to `bad_up_to` are called back within so many working days; a score can be changed for some days."""

    bad_up_to: int
    call_back_working_days: int
    change_days: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`version` names the content; `texts` holds wording, problems, messages and reasons as written;
    `retention_days` after its last result a case loses what is personal; one in which nothing moved for
    `dormant_after_days` is shown to the lead agency; within `quiet_hours` (from, until; Beijing
    time) no family is sent anything."""

    slug: str
    version: str
    name: str
    theme: str
    lead: str
    ticked_by: str
    agencies: Mapping[str, Agency]
    fields: Mapping[str, Field]
    accounts: Mapping[str, str]
    questions: Mapping[str, Question]
    conditions: Mapping[str, Condition]
    materials: Mapping[str, Material]
    case_materials: tuple[str, ...]
    matters: Mapping[str, Matter]
    items: Mapping[str, Item]
    steps: tuple[Step, ...]
    ratings: Ratings
    retention_days: int
    dormant_after_days: int
    texts: Mapping[str, Any]
    quiet_hours: tuple[str, str] | None = None

    @property
    def options(self) -> Options:
        """Every answer of every question, `unknown` left out."""
        return {slug: question.options for slug, question in self.questions.items()}

    @property
    def payee_choices(self) -> tuple[str, ...]:
        """The accounts among which somebody may choose; empty where nothing can be chosen."""
        wide = [item.payees for item in self.items.values() if len(item.payees) > 1]
        return tuple(dict.fromkeys(payee for payees in wide for payee in payees))

    @property
    def certificates(self) -> tuple[str, ...]:
        return tuple(slug for slug, material in self.materials.items() if material.certificate)

    def certifiers(self, certificate: str) -> tuple[str, ...]:
        """The agencies whose word puts this certificate on file."""
        issuing = {item.agency for item in self.items.values() if item.issues == certificate}
        return tuple(
            slug for slug, agency in self.agencies.items() if certificate in agency.certifies or slug in issuing
        )
