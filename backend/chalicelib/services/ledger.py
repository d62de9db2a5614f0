"""The ledger of a case: to whom each message went, by which channel, how often it was tried and how it ended."""

from __future__ import annotations

from typing import Any

from .deliveries import Kind
from .ports import Ports
from .records import LEDGER, case_partition
from .store import Value

WAITING = "waiting"


def of_case(ports: Ports, locality: str, number: str) -> list[dict[str, Any]]:
    """One call; the oldest first. Nothing personal: neither what was said nor a telephone number."""
    rows = ports.store.read_partition(case_partition(locality, number), LEDGER)
    return sorted(map(_entry, rows), key=lambda entry: (entry["since"], entry["id"]))


def _entry(row: Value) -> dict[str, Any]:
    tries = [dict(one) for one in row["tries"]]
    return {
        "id": row["delivery_id"],
        "to": row["agency"] if row["kind"] == Kind.AGENCY else str(Kind.FAMILY),
        "message": row["message"],
        "task_id": row.get("task_id", ""),
        "since": row["since"],
        "channel": tries[-1]["channel"] if tries else "",
        "attempts": row["attempts"],
        "tries": tries,
        "outcome": row.get("outcome", WAITING),
        "next_try": row.get("next_try", "").partition("#")[0],
    }
