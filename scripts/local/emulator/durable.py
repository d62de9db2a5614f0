"""The emulator behind a door that answers a change only once it is on disk.

Table writes go to a journal and are repeated at the next start. Every other change waits for a snapshot of all
other services, which all who wait share. A snapshot of everything replaces a journal that has grown.
"""

import asyncio
import json
import os
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, MutableMapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from .journal import Journal, JournalError, Record, records
from .snapshot import SnapshotError, Snapshots

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

JOURNALLED = frozenset(
    {"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"}
    | {"ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction"}
)
TABLE_READS = ("Get", "BatchGet", "TransactGet", "Query", "Scan", "List", "Describe")
# What answers a question only. ReceiveMessage is not one: it counts and may move to the dead letters.
READS = (*TABLE_READS, "Head", "Decrypt", "Encrypt", "GenerateDataKey", "GenerateRandom", "Verify", "Sign")
TABLES = ("dynamodb", "dynamodb_streams")
TOKENS = "transaction_tokens"


class ReplayError(Exception):
    """A journalled write was refused when repeated, so the state would not be the one acknowledged."""


class DurableEmulator:
    """An ASGI application around the emulator's own."""

    def __init__(self, root: Path, journal_limit: int, expiry_seconds: float) -> None:
        self._emulator = import_module("ministack.app")
        self._tables = _tables_without_their_reaper()
        self._scope = import_module("ministack.core.responses")
        codec = import_module("ministack.core.persistence")
        self._snapshots = Snapshots(root, codec._json_default, codec._json_object_hook)
        self._journal_limit, self._expiry_seconds = journal_limit, expiry_seconds
        self._table_lock, self._snapshot_lock = asyncio.Lock(), asyncio.Lock()
        self._wanted, self._waiting = asyncio.Event(), list[asyncio.Future[None]]()
        self._journal: Journal
        self._syncing: asyncio.Task[None]
        self._background: list[asyncio.Task[None]] = []
        self._known: frozenset[Any] = frozenset()

    async def restore(self) -> int:
        """Brings back snapshot and journal; nothing on disk is replaced before all of it came back."""
        self._load(self._snapshots.read())
        count = 0
        for count, record in enumerate(records(self._snapshots.folder / "journal"), start=1):
            status = await self._perform(record)
            if status != 200:
                raise ReplayError(f"record {count} ({_operation(record['target'])}) was refused with {status}")
        self._snapshots.begin(self._snapshots.encoded(self._states()))
        self._open_journal()
        return count

    def start(self) -> None:
        """What runs beside the serving."""
        loops = (self._commit_forever(), self._tick_forever(), self._expire_forever())
        self._background = [_watched(loop) for loop in loops]

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._pass(scope, receive, send)
            return
        target = _target(scope)
        operation = _operation(target)
        if target.startswith("DynamoDB_"):
            change = self._pass if operation.startswith(TABLE_READS) else self._change_table
        else:
            change = self._pass if operation.startswith(READS) else self._change_other
        await change(scope, receive, send)

    async def _pass(self, scope: Message, receive: Receive, send: Send) -> None:
        await self._emulator.app(scope, receive, send)

    async def _change_table(self, scope: Message, receive: Receive, send: Send) -> None:
        body = await _body(receive)
        async with self._table_lock:
            reply = await self._ask(scope, body, receive)
            if reply and reply[0].get("status") == 200:
                await self._record(_target(scope), body)
        await self._journal.on_disk()
        await _send_all(reply, send)

    async def _change_other(self, scope: Message, receive: Receive, send: Send) -> None:
        reply: list[Message] = []
        await self._emulator.app(scope, receive, _collector(reply))
        if scope["path"].startswith("/_ministack/"):
            async with self._table_lock:
                await self._begin_generation()
        else:
            await self._committed()
        await _send_all(reply, send)

    async def _ask(self, scope: Message, body: bytes, receive: Receive) -> list[Message]:
        reply: list[Message] = []
        await self._emulator.app(scope, _repeating(body, receive), _collector(reply))
        return reply

    async def _record(self, target: str, body: bytes) -> None:
        """With the table lock held. A change of the tables themselves would have other ARNs when repeated."""
        known = _operation(target) in JOURNALLED and self._table_names() == self._known
        if known:
            self._append(self._scope.get_account_id(), self._scope.get_region(), target, body.decode())
        if not known or self._journal.size > self._journal_limit:
            await self._begin_generation()

    def _append(self, account: str, region: str, target: str, body: str) -> None:
        try:
            self._journal.append({"account": account, "region": region, "target": target, "body": body})
        except (OSError, JournalError) as error:
            stop(f"the journal cannot be written: {error}")

    async def _perform(self, record: Record) -> int:
        """Straight to the service: who was let in when it was acknowledged is not asked for credentials again."""
        self._scope.set_request_account_id(record["account"])
        self._scope.set_request_region(record["region"])
        headers = {"x-amz-target": record["target"]}
        status, _, _ = await self._tables.handle_request("POST", "/", headers, record["body"].encode(), {})
        return int(status)

    async def _begin_generation(self) -> None:
        async with self._snapshot_lock:
            self._snapshots.begin(self._snapshots.encoded(self._states()))
            self._syncing.cancel()
            self._journal.close()
            self._open_journal()

    def _open_journal(self) -> None:
        self._journal = Journal(self._snapshots.folder.resolve() / "journal")
        self._syncing = _watched(self._journal.sync_forever())
        self._known = self._table_names()

    def _states(self) -> dict[str, Callable[[], Any]]:
        states: dict[str, Callable[[], Any]] = self._emulator._build_persistence_save_dict()
        return states | {TOKENS: lambda: self._tables._txn_idempotency}

    def _load(self, states: dict[str, Any]) -> None:
        tokens = states.pop(TOKENS, None)
        for name, state in states.items():
            if state:
                self._emulator._get_module(self._emulator._state_map[name]).load_persisted_state(state)
        if tokens:
            self._tables._txn_idempotency.update(tokens)

    def _table_names(self) -> frozenset[Any]:
        return frozenset(self._tables._tables._data)

    async def _committed(self) -> None:
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        self._wanted.set()
        await waiter

    async def _commit_forever(self) -> None:
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            waiting, self._waiting = self._waiting, []
            await self._commit()
            for waiter in waiting:
                if not waiter.done():
                    waiter.set_result(None)

    async def _commit(self) -> None:
        if self._table_names() != self._known:  # CloudFormation makes tables without a request to the tables
            async with self._table_lock:
                await self._begin_generation()
        async with self._snapshot_lock:
            others = {name: state for name, state in self._states().items() if name not in (*TABLES, TOKENS)}
            await asyncio.to_thread(self._snapshots.write, self._snapshots.encoded(others))

    async def _tick_forever(self) -> None:
        """Schedules and pollers of the emulator change state without a request: on disk within a second."""
        while True:
            await asyncio.sleep(1)
            self._wanted.set()

    async def _expire_forever(self) -> None:
        while True:
            await asyncio.sleep(self._expiry_seconds)
            for record in list(self._expired(time.time())):
                async with self._table_lock:
                    if await self._perform(record) == 200:
                        self._append(**record)

    def _expired(self, now: float) -> Iterator[Record]:
        for (account, region, name), setting in self._tables._ttl_settings.all_items():
            table = self._tables._tables.get_scoped(account, region, name)
            attribute = setting.get("AttributeName")
            if table is None or setting.get("TimeToLiveStatus") != "ENABLED":
                continue
            keys = [key["AttributeName"] for key in table["KeySchema"]]
            for item in [item for row in table["items"].values() for item in row.values()]:
                if float(item.get(attribute, {}).get("N", "inf")) <= now:
                    body = _deletion(name, {key: item[key] for key in keys}, attribute, now)
                    target = "DynamoDB_20120810.DeleteItem"
                    yield {"account": account, "region": region, "target": target, "body": body}


def stop(reason: str) -> None:
    """Ends at once: an emulator that cannot keep its word must not go on giving it."""
    print(f"emulator: {reason}", file=sys.stderr, flush=True)
    os._exit(4)


def _watched(loop: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """A loop that failed must end the process, or writes would be acknowledged in vain."""
    task = asyncio.ensure_future(loop)
    task.add_done_callback(_stop_when_failed)
    return task


def _stop_when_failed(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        stop(f"stopped by {task.exception()!r}")


def _tables_without_their_reaper() -> ModuleType:
    """The emulator's own thread deletes expired items behind the journal's back: a replay would differ."""
    start = threading.Thread.start

    def start_others(self: threading.Thread) -> None:
        if self.name != "dynamodb-ttl-reaper":
            start(self)

    threading.Thread.start = start_others  # type: ignore[method-assign]
    try:
        return import_module("ministack.services.dynamodb")
    finally:
        threading.Thread.start = start  # type: ignore[method-assign]


def _deletion(table: str, key: dict[str, Any], attribute: str, now: float) -> str:
    return json.dumps(
        {
            "TableName": table,
            "Key": key,
            "ConditionExpression": "#expires <= :now",
            "ExpressionAttributeNames": {"#expires": attribute},
            "ExpressionAttributeValues": {":now": {"N": str(int(now))}},
        }
    )


def _target(scope: Message) -> str:
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    return next((value.decode("latin-1") for name, value in headers if name.lower() == b"x-amz-target"), "")


def _operation(target: str) -> str:
    return target.rpartition(".")[2]


async def _body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _repeating(body: bytes, receive: Receive) -> Receive:
    parts: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return parts.pop() if parts else await receive()

    return again


def _collector(messages: list[Message]) -> Send:
    async def collect(message: Message) -> None:
        messages.append(message)

    return collect


async def _send_all(messages: list[Message], send: Send) -> None:
    for message in messages:
        await send(message)


__all__ = ["DurableEmulator", "JournalError", "ReplayError", "SnapshotError", "stop"]
