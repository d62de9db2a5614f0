"""Deliveries: what has to reach somebody, written with the change that causes it and closed when it did."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from ..cases.moments import iso
from .records import delivery_key
from .store import Key, Put

SHARDS = 8


class Kind(StrEnum):
    """A mail to an agency, a message to the family, or a certificate to the person's other cases."""

    AGENCY = "agency"
    FAMILY = "family"
    SPREAD = "spread"


def shards() -> Iterator[str]:
    return (f"due#{number}" for number in range(SHARDS))


def due_at(moment: datetime, delivery_id: str) -> str:
    return f"{iso(moment)}#{delivery_id}"


def new_delivery(kind: Kind, delivery_id: str, moment: datetime, **content: Any) -> Put:
    """Its id follows from the fact it tells, so that one fact is told once.

    `tries` are the latest ones. Of its channels, `place` is the one in use, `failed` counts failures on it in a row,
    and `refused` are those that never want it.
    """
    value = {
        **content,
        "kind": kind,
        "delivery_id": delivery_id,
        "attempts": 0,
        "tries": [],
        "place": 0,
        "failed": 0,
        "refused": [],
        "since": iso(moment),
        "shard": f"due#{zlib.crc32(delivery_id.encode()) % SHARDS}",
        "next_try": due_at(moment, delivery_id),
    }
    return Put(key_of(value), value)


def key_of(delivery: Mapping[str, Any]) -> Key:
    return delivery_key(delivery["delivery_id"], delivery.get("locality", ""), delivery.get("case_number", ""))


def to_agency(message: str, fact: str, agency: str, moment: datetime, task: str = "", **content: Any) -> Put:
    """`fact` tells this fact from others of the same template: a task, a case, or one of several corrections."""
    about = {"message": message, "task_id": task or fact, "agency": agency, **content}
    return new_delivery(Kind.AGENCY, f"{fact}.{message}.{agency}", moment, **about)


def to_family(message: str, fact: str, moment: datetime, **content: Any) -> Put:
    """`fact`: what tells this fact from others of the same template, such as a task and a count of reports."""
    return new_delivery(Kind.FAMILY, f"{fact}.{message}", moment, message=message, **content)


def next_try(delivery: Mapping[str, Any], moment: datetime, jitter: float) -> datetime | None:
    """Waits double from half a minute to an hour; None after 72 hours. `jitter` is within 0 and 1."""
    since = datetime.fromisoformat(delivery["since"])
    if moment - since > timedelta(hours=72):
        return None
    wait = min(30 * 2 ** min(int(delivery["attempts"]), 10), 3600)
    return moment + timedelta(seconds=wait * (0.5 + jitter))
