"""Find the deliveries that are due, lease each, and put its id on a queue: the guarantee behind every promise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ..cases.moments import iso
from .deliveries import Kind, due_at, shards
from .ports import Ports, Queue
from .store import ConflictError, Index, Key, Patch, Value

LEASE = timedelta(minutes=2)
PAGE = 100


def sweep(ports: Ports, deliveries: Queue, messages: Queue) -> dict[str, int]:
    """How many were found and queued. Two sweeps at once never queue one delivery twice within its lease."""
    counts = {"found": 0, "queued": 0}
    for shard in shards():
        page = ports.store.page(Index.DUE, shard, PAGE, upto=f"{iso(ports.clock())}~")
        leased = list(_leased(ports, page.rows))
        counts["found"] += len(page.rows)
        for queue, family in ((deliveries, False), (messages, True)):
            bodies = [{"pk": row["pk"], "sk": row["sk"]} for row in leased if (row["kind"] == Kind.FAMILY) is family]
            counts["queued"] += sum(queue.send(list(bodies))) if bodies else 0
    return counts


def _leased(ports: Ports, rows: tuple[Value, ...]) -> Iterator[Value]:
    """What cannot be queued after this is found again when the lease is over."""
    until = ports.clock() + LEASE
    for row in rows:
        lease = Patch(
            Key(row["pk"], row["sk"]),
            set={"next_try": due_at(until, row["delivery_id"])},
            equal={"next_try": row["next_try"]},
            must_exist=True,
        )
        try:
            ports.store.commit([lease])
            yield row
        except ConflictError:
            continue
