"""Hands a message over by one HTTP request, and says what its answer means for trying again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..services.ports import DeliveryError
from .http import Answer, Connect, HttpError, anywhere, ask
from .network import PlaceRefusedError

# The other side read this very message and does not want it; anything else may be mended on either side.
REFUSED = frozenset({400, 410, 413, 415, 422})
JSON = "application/json; charset=utf-8"


def hand_over(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    limit: int | None = None,
    connect: Connect = anywhere,
) -> Answer:
    """Raises DeliveryError."""
    try:
        answer = ask("POST", url, body, {"Content-Type": JSON, **headers}, limit, connect)
    except PlaceRefusedError:
        raise DeliveryError("address refused", permanent=True) from None
    except HttpError as error:
        raise DeliveryError(str(error)) from error
    if not 200 <= answer.status < 300:
        raise DeliveryError(f"http {answer.status}", answer.status in REFUSED, answer.retry_after)
    return answer


def to_json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
