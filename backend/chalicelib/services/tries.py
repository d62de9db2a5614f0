"""The ledger of a delivery: its latest tries, each with channel, outcome and a short reason for machines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from ..cases.moments import iso
from .deliveries import key_of
from .ports import Ports
from .refused import BusyError
from .store import ConflictError, Patch, Value, Write

KEPT = timedelta(days=366)
MOST_TRIES = 20
LONGEST_REASON = 80
RECORDINGS = 5


class Outcome(StrEnum):
    """Of a try: delivered, failed, or refused for good. Of a delivery: delivered or undeliverable."""

    DELIVERED = "delivered"
    FAILED = "failed"
    REFUSED = "refused"
    UNDELIVERABLE = "undeliverable"


def tried(
    ports: Ports, delivery: Value, channel: str, outcome: Outcome, reason: str, changes: Mapping[str, Any]
) -> Patch:
    """One more try, unless somebody else recorded another one meanwhile."""
    made = {"at": iso(ports.clock()), "channel": channel, "outcome": outcome, "reason": reason[:LONGEST_REASON]}
    return Patch(
        key_of(delivery),
        set={**changes, "tries": [*delivery["tries"], made][-MOST_TRIES:]},
        add={"attempts": 1},
        remove=("shard", "next_try") if "outcome" in changes else (),
        equal={"attempts": delivery["attempts"]},
        must_exist=True,
    )


def delivered(ports: Ports, delivery: Value, channel: str) -> Patch:
    return tried(ports, delivery, channel, Outcome.DELIVERED, "", _end(ports, Outcome.DELIVERED))


def given_up(ports: Ports, delivery: Value, channel: str, outcome: Outcome, reason: str) -> Patch:
    return tried(ports, delivery, channel, outcome, reason, _end(ports, Outcome.UNDELIVERABLE))


def record(ports: Ports, delivery: Value, writes: Callable[[Value], list[Write]]) -> list[Write]:
    """On top of what was recorded meanwhile; what is closed stays as it is. Answers what it wrote."""
    for _ in range(RECORDINGS):
        try:
            made = writes(delivery)
            ports.store.commit(made)
            return made
        except ConflictError:
            delivery = ports.store.read([key_of(delivery)])[key_of(delivery)]
            if not delivery.get("shard"):
                return []
    raise BusyError


def _end(ports: Ports, outcome: Outcome) -> dict[str, Any]:
    return {"outcome": outcome, "expires_at": int((ports.clock() + KEPT).timestamp())}
