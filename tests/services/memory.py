"""A store in memory that keeps the promises of `services.store.Store`, and counts its calls."""

import copy
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from chalicelib.services.store import BadCursorError, ConflictError, Delete, Index, Key, Page, Patch, Put, Table, Write

INDEXES = {Index.LIVE: ("live", "live_sort"), Index.DUE: ("shard", "next_try")}


class MemoryStore:
    """`before_commit` runs once before the next commit: for somebody else who writes in between."""

    def __init__(self) -> None:
        self.records: dict[Key, dict[str, Any]] = {}
        self.calls: Counter[str] = Counter()
        self.before_commit: Callable[[], None] | None = None

    def read(self, keys: Sequence[Key]) -> Mapping[Key, Mapping[str, Any]]:
        self.calls["read"] += 1
        return {key: self._row(key) for key in keys if key in self.records}

    def read_partition(self, pk: str, prefix: str, table: Table = Table.CASES) -> list[dict[str, Any]]:
        self.calls["read"] += 1
        keys = [key for key in self.records if key.pk == pk and key.sk.startswith(prefix) and key.table is table]
        return [self._row(key) for key in sorted(keys, key=lambda key: key.sk)]

    def page(
        self,
        index: Index,
        partition: str,
        limit: int,
        cursor: str | None = None,
        upto: str | None = None,
        since: str | None = None,
    ) -> Page:
        self.calls["page"] += 1
        sort = INDEXES[index][1]
        rows = [self._row(key) for key in self._within(index, partition, upto, since)]
        rows.sort(key=lambda row: str(row[sort]))
        start = self._start(cursor)
        more = len(rows) > start + limit
        return Page(tuple(rows[start : start + limit]), str(start + limit) if more else None)

    def count(self, index: Index, partition: str, upto: str | None = None, since: str | None = None) -> int:
        self.calls["count"] += 1
        return len(list(self._within(index, partition, upto, since)))

    def commit(self, writes: Iterable[Write]) -> None:
        hook, self.before_commit = self.before_commit, None
        if hook:
            hook()
        self.calls["commit"] += 1
        todo = list(writes)
        assert len(todo) <= 100, "DynamoDB takes 100 actions in one transaction"
        assert len({write.key for write in todo}) == len(todo), "and each record once"
        if not all(self._holds(write) for write in todo):
            raise ConflictError
        for write in todo:
            self._write(write)

    def _within(self, index: Index, partition: str, upto: str | None, since: str | None) -> Iterator[Key]:
        assert upto is None or since is None or since <= upto, "DynamoDB refuses such a range"
        name, sort = INDEXES[index]
        for key, value in self.records.items():
            here = value.get(name) == partition and sort in value
            if here and (upto is None or value[sort] <= upto) and (since is None or value[sort] >= since):
                yield key

    def _start(self, cursor: str | None) -> int:
        if cursor is None:
            return 0
        if not cursor.isdigit():
            raise BadCursorError
        return int(cursor)

    def _row(self, key: Key) -> dict[str, Any]:
        return copy.deepcopy({**self.records[key], "pk": key.pk, "sk": key.sk})

    def _holds(self, write: Write) -> bool:
        now = self.records.get(write.key)
        if isinstance(write, Put):
            return (now or {}).get("version", 0) == write.expect and (write.expect == 0) == (now is None)
        if isinstance(write, Patch):
            known = now or {}
            equal = all(known.get(name) == value for name, value in write.equal.items())
            return equal and not (write.must_exist and now is None) and not any(one in known for one in write.absent)
        return True

    def _write(self, write: Write) -> None:
        if isinstance(write, Delete):
            self.records.pop(write.key, None)
        elif isinstance(write, Put):
            self.records[write.key] = {**_stored(write.value), "version": write.expect + 1}
        else:
            value = self.records.setdefault(write.key, {})
            value.update(_stored(write.set))
            for name, count in {**write.add, "version": 1}.items():
                value[name] = value.get(name, 0) + count
            for name in write.remove:
                value.pop(name, None)


def _stored(value: Mapping[str, Any]) -> dict[str, Any]:
    """As a database gives it back: lists instead of tuples, plain text instead of codes, bytes as they are."""
    sealed = {name: one for name, one in value.items() if isinstance(one, bytes)}
    nested = {name: one for name, one in value.items() if name == "keys"}
    plain = {name: one for name, one in value.items() if name not in sealed and name not in nested}
    return {**json.loads(json.dumps(plain)), **sealed, **nested}
