"""The store in two DynamoDB tables; every method is one call, every commit one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..services.store import ConflictError, Index, Key, Page, Table, UnavailableError, Value, Write
from .faults import translated
from .indexes import Range, end, question, start
from .items import values
from .writes import TableName, action, key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CONFLICTS = frozenset({"ConditionalCheckFailed", "TransactionConflict"})
OVERLOAD = frozenset({"ProvisionedThroughputExceeded", "ThrottlingError", "RequestLimitExceeded"})
TRIES = 3


class DynamoStore:
    """`client` and `table` are asked when needed: not every function has both tables."""

    def __init__(self, client: Callable[[], DynamoDBClient], table: TableName) -> None:
        self._client, self._table = client, table

    def read(self, keys: Sequence[Key]) -> Mapping[Key, Value]:
        names = {(self._table(one.table), one.pk, one.sk): one for one in keys}
        wanted: Any = {}
        for (table, _, _), one in names.items():
            wanted.setdefault(table, {"Keys": [], "ConsistentRead": True})["Keys"].append(key(one))
        return {names[name]: value for name, value in self._batch(wanted)}

    def _batch(self, wanted: Any) -> Iterator[tuple[tuple[str, str, str], Value]]:
        """What the store leaves undone of a large batch is asked for again."""
        for _ in range(TRIES):
            if not wanted:
                return
            with translated():
                answer = self._client().batch_get_item(RequestItems=wanted)
            for table, items in answer["Responses"].items():
                yield from (((table, item["pk"]["S"], item["sk"]["S"]), _plain(item, "pk", "sk")) for item in items)
            wanted = answer.get("UnprocessedKeys", {})
        if wanted:
            raise UnavailableError("UnprocessedKeys")

    def read_partition(self, pk: str, prefix: str, table: Table = Table.CASES) -> Sequence[Value]:
        request: Any = {
            "TableName": self._table(table),
            "ConsistentRead": True,
            "KeyConditionExpression": "pk = :pk" + (" AND begins_with(sk, :prefix)" if prefix else ""),
            "ExpressionAttributeValues": {":pk": {"S": pk}} | ({":prefix": {"S": prefix}} if prefix else {}),
        }
        return [_plain(item, "pk") for answer in self._answers(request) for item in answer["Items"]]

    def page(
        self,
        index: Index,
        partition: str,
        limit: int,
        cursor: str | None = None,
        upto: str | None = None,
        since: str | None = None,
    ) -> Page:
        asked = Range(index, partition, upto, since)
        request = question(self._table(Table.CASES), asked) | {"Limit": limit}
        if cursor is not None:
            request["ExclusiveStartKey"] = start(asked, cursor)
        with translated():
            answer = self._client().query(**request)
        return Page(tuple(values(item) for item in answer["Items"]), end(asked, answer.get("LastEvaluatedKey")))

    def count(self, index: Index, partition: str, upto: str | None = None, since: str | None = None) -> int:
        request = question(self._table(Table.CASES), Range(index, partition, upto, since))
        return sum(answer["Count"] for answer in self._answers(request | {"Select": "COUNT"}))

    def commit(self, writes: Iterable[Write]) -> None:
        """The token makes the client's own second try after a lost reply safe."""
        actions: Any = [action(write, self._table) for write in writes]
        if not actions:
            return
        client = self._client()
        try:
            with translated():
                client.transact_write_items(TransactItems=actions, ClientRequestToken=str(uuid.uuid4()))
        except client.exceptions.TransactionCanceledException as error:
            raise _cancelled(error.response) from error

    def _answers(self, request: Any) -> Iterator[Any]:
        """Another call only where the answer was too large for one."""
        while request:
            with translated():
                answer = self._client().query(**request)
            yield answer
            last = answer.get("LastEvaluatedKey")
            request = {**request, "ExclusiveStartKey": last} if last else None


def _plain(item: Mapping[str, Any], *without: str) -> Value:
    return values({name: one for name, one in item.items() if name not in without})


def _cancelled(response: Mapping[str, Any]) -> Exception:
    codes = {reason.get("Code") for reason in response.get("CancellationReasons", [])}
    if codes & CONFLICTS:
        return ConflictError()
    if codes & OVERLOAD:
        return UnavailableError("TransactionCanceled")
    return RuntimeError(f"the store refused a transaction: {sorted(map(str, codes - {'None', None}))}")
