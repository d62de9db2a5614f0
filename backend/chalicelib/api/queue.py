"""Works through a batch of queue messages: one that fails comes again, and holds no other up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .failure import described, log
from .strict_json import parsed


def each(event: Mapping[str, Any], work: Callable[[Mapping[str, Any]], None]) -> dict[str, Any]:
    """Names the messages to be tried again; one that can never work ends with the dead letters."""
    failed = [record["messageId"] for record in event["Records"] if not _done(record, work)]
    return {"batchItemFailures": [{"itemIdentifier": one} for one in failed]}


def _done(record: Mapping[str, Any], work: Callable[[Mapping[str, Any]], None]) -> bool:
    try:
        work(parsed(record["body"].encode()))
    except Exception as error:  # noqa: BLE001 - whatever it was, the other messages must be worked on
        log.error("message %s: %s", record["messageId"], described(error))
        return False
    return True
