"""What the use cases need from outside, gathered in one value that `wiring` fills."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from ..cases.holidays import Calendar
from ..cases.progress import Clock
from ..catalogue import Catalogue
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


class Queue(Protocol):
    def send(self, bodies: list[Mapping[str, Any]]) -> list[bool]:
        """Put each message on the queue; whether each one landed."""


class Mailer(Protocol):
    def send(self, to: str, subject: str, text: str, message_id: str) -> None:
        """Hand one mail over. Raises DeliveryError."""


class Texter(Protocol):
    def send(self, to: str, template: str, variables: Mapping[str, str], text: str, message_id: str) -> None:
        """Hand one text message over. Raises DeliveryError."""


class DeliveryError(Exception):
    """Not handed over; `permanent` when trying again cannot help."""

    def __init__(self, what: str, permanent: bool = False) -> None:
        super().__init__(what)
        self.permanent = permanent
