"""A queue: sends in batches of ten and says of each message whether it landed."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..services.store import UnavailableError
from .faults import translated

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

BATCH = 10

log = logging.getLogger(__name__)


class SqsQueue:
    def __init__(self, client: Callable[[], SQSClient], url: Callable[[], str]) -> None:
        self._client, self._url = client, url

    def send(self, bodies: list[Mapping[str, Any]]) -> list[bool]:
        """What did not land is due again later; a message may land twice."""
        batches = [bodies[start : start + BATCH] for start in range(0, len(bodies), BATCH)]
        return [landed for batch in batches for landed in self._send(batch)]

    def _send(self, batch: list[Mapping[str, Any]]) -> list[bool]:
        entries: Any = [
            {"Id": str(place), "MessageBody": json.dumps(body, ensure_ascii=False)} for place, body in enumerate(batch)
        ]
        try:
            with translated():
                answer = self._client().send_message_batch(QueueUrl=self._url(), Entries=entries)
        except UnavailableError as error:
            log.warning("%d messages were not queued: %s", len(batch), error)
            return [False] * len(batch)
        landed = {entry["Id"] for entry in answer.get("Successful", [])}
        return [str(place) in landed for place in range(len(batch))]
