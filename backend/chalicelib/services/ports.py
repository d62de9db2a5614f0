"""What the use cases need from outside, gathered in one value that `wiring` fills."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from ..cases.holidays import Calendar
from ..cases.progress import Clock
from ..catalogue import Catalogue, Way
from .store import Store


@dataclass(frozen=True, slots=True)
class Secrets:
    """`identity`: keyed-hash keys by version, of which `identity_version` is written; all are 32 bytes."""

    identity: Mapping[str, bytes]
    identity_version: str
    lookup: bytes
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Ports:
    """`clock` answers an aware moment; `catalogue` raises NoLocalityError; `randbelow` is cryptographic;
    `origin` is the public address that links begin with."""

    store: Store
    clock: Callable[[], datetime]
    catalogue: Callable[[str], Catalogue]
    calendar: Calendar
    randbelow: Callable[[int], int]
    secrets: Secrets
    origin: str

    def now(self) -> Clock:
        return Clock(self.clock(), self.calendar)


class Unwrapper(Protocol):
    def unwrap(self, wrapped: bytes, context: Mapping[str, str]) -> bytes:
        """A recipient's private key. Raises UnavailableError."""


class Archive(Protocol):
    """Objects that the application adds and never takes away."""

    def put(self, name: str, content: bytes) -> None:
        """Keep it; under a name that is taken it becomes the newest version. Raises UnavailableError."""

    def get(self, name: str) -> bytes | None:
        """The newest version, None where there is none. Raises UnavailableError."""


class Queue(Protocol):
    def send(self, bodies: list[Mapping[str, Any]]) -> list[bool]:
        """Put each message on the queue; whether each one landed."""


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody is told: `subject` and `text` are what `template` and its `variables` make together.

    `message_id` and `since` stay the same however often it is sent; `about` names locality, case and task.
    """

    message_id: str
    since: str
    template: str
    variables: Mapping[str, str]
    subject: str
    text: str
    about: Mapping[str, str]


class Carrier(Protocol):
    def send(self, way: Way, message: Message) -> None:
        """Hand one message over in this way, whatever its channel. Raises DeliveryError."""


class DeliveryError(Exception):
    """Not handed over; `permanent` when trying this way again cannot help; `retry_after` seconds it may.

    Its text is for the ledger: short, for machines, without anything that the other side said.
    """

    def __init__(self, what: str, permanent: bool = False, retry_after: int = 0) -> None:
        super().__init__(what)
        self.permanent, self.retry_after = permanent, retry_after
