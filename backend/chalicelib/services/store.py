"""The store as the use cases see it: records with a key and a version, read together and written together."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

Value = Mapping[str, Any]
"""JSON-like values and bytes. `version` is the store's own; `live` with `live_sort` puts a record on the index
of live tasks, `shard` with `next_try` on that of due deliveries; `expires_at` (epoch seconds) lets it go."""

VERSION = "version"


class Table(StrEnum):
    """`ENVELOPES` holds what is sealed, apart from the rest, so that deleting is deletion."""

    CASES = "cases"
    ENVELOPES = "envelopes"


class Index(StrEnum):
    """`LIVE`: tasks by locality, agency, unit and state. `DUE`: deliveries by shard and time of the next try."""

    LIVE = "live"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Key:
    pk: str
    sk: str
    table: Table = Table.CASES


@dataclass(frozen=True, slots=True)
class Put:
    """Write a whole record. `expect` is the version it replaces, 0 for one that must not exist yet."""

    key: Key
    value: Value
    expect: int = 0


@dataclass(frozen=True, slots=True)
class Patch:
    """Set attributes without having read the record; its version goes up. `add` are counters.

    `absent` names attributes that must not be there yet, `equal` values that must still hold;
    `must_exist` refuses to create the record. Attributes in `remove` go.
    """

    key: Key
    set: Value = dataclasses.field(default_factory=dict)
    add: Mapping[str, int] = dataclasses.field(default_factory=dict)
    remove: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    equal: Value = dataclasses.field(default_factory=dict)
    must_exist: bool = False


@dataclass(frozen=True, slots=True)
class Delete:
    key: Key


Write = Put | Patch | Delete


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of an index with the attributes it projects, and the cursor of the next page, if any."""

    rows: tuple[Value, ...]
    cursor: str | None


class ConflictError(Exception):
    """Somebody else wrote first: nothing of this transaction was written; read again."""


class UnavailableError(Exception):
    """The store cannot answer now; trying again later may help."""


class BadCursorError(ValueError):
    """A cursor that no page of this index gave out."""


class Store(Protocol):
    """Every method is one call to the store, `commit` one transaction."""

    def read(self, keys: Sequence[Key]) -> Mapping[Key, Value]:
        """The records that exist, read consistently in one batch."""

    def read_partition(self, pk: str, prefix: str, table: Table = Table.CASES) -> Sequence[Value]:
        """The records of a partition whose sort key begins with `prefix`, in order; each with its `sk`."""

    def page(
        self,
        index: Index,
        partition: str,
        limit: int,
        cursor: str | None = None,
        upto: str | None = None,
        since: str | None = None,
    ) -> Page:
        """One page of an index in ascending order, sort keys from `since` up to `upto`, both included.

        Rows carry `pk` and `sk`. Where both bounds are given, `since` must not be the greater one.
        """

    def count(self, index: Index, partition: str, upto: str | None = None, since: str | None = None) -> int:
        """How many rows such pages would have, without reading them."""

    def commit(self, writes: Iterable[Write]) -> None:
        """All or nothing. Raises ConflictError when a condition does not hold."""
