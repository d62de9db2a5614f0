"""The questions asked of an index, as DynamoDB wants them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..services.store import BadCursorError, Index
from . import cursor as cursors
from .items import attributes, values

ATTRIBUTES = {Index.LIVE: ("live", "live_sort"), Index.DUE: ("shard", "next_try")}
"""Partition and sort attribute of each index."""

CONDITIONS: Mapping[tuple[str, ...], str] = {
    (): "",
    (":since",): " AND #sort >= :since",
    (":upto",): " AND #sort <= :upto",
    (":since", ":upto"): " AND #sort BETWEEN :since AND :upto",
}


@dataclass(frozen=True, slots=True)
class Range:
    """Part of a list: sort keys from `since` up to `upto`, both included."""

    index: Index
    partition: str
    upto: str | None = None
    since: str | None = None

    @property
    def bounds(self) -> dict[str, str]:
        given = {":since": self.since, ":upto": self.upto}
        return {name: bound for name, bound in given.items() if bound is not None}


def question(table: str, asked: Range) -> dict[str, Any]:
    pk, sk = ATTRIBUTES[asked.index]
    names = {"#partition": pk} | ({"#sort": sk} if asked.bounds else {})
    return {
        "TableName": table,
        "IndexName": asked.index.value,
        "KeyConditionExpression": "#partition = :partition" + CONDITIONS[tuple(asked.bounds)],
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": attributes({":partition": asked.partition, **asked.bounds}),
    }


def start(asked: Range, cursor: str) -> dict[str, Any]:
    """Where a page begins. Raises BadCursorError: a cursor of another list must not lead into it."""
    sort, pk, sk = cursors.decode(cursor, asked.index.value, asked.partition)
    if (asked.upto is not None and sort > asked.upto) or (asked.since is not None and sort < asked.since):
        raise BadCursorError("beyond the bounds")
    names = ATTRIBUTES[asked.index]
    return attributes({names[0]: asked.partition, names[1]: sort, "pk": pk, "sk": sk})


def end(asked: Range, last: Mapping[str, Any] | None) -> str | None:
    """The cursor of the next page, if there is one."""
    if not last:
        return None
    key = values(last)
    return cursors.encode(asked.index.value, asked.partition, key[ATTRIBUTES[asked.index][1]], key["pk"], key["sk"])
