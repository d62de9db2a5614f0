"""One low-level client per service and process, made when it is first used, with bounds on how long it may take."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

CONNECT_SECONDS = 2
READ_SECONDS = 5
ATTEMPTS = 3

_making = threading.Lock()


def client(service: str, read_seconds: int = READ_SECONDS, attempts: int = ATTEMPTS) -> Any:
    """Making a client is not thread-safe; using one is."""
    with _making:
        return _made(service, read_seconds, attempts)


@cache
def _made(service: str, read_seconds: int, attempts: int) -> Any:
    # Imported here: it takes longer than all the rest of a start, and some calls need no client.
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=read_seconds,
        retries={"mode": "standard", "total_max_attempts": attempts},
    )
    return boto3.client(service, config=config)  # type: ignore[call-overload]
