"""Tells what may help when tried again later from what is a mistake of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ..services.store import UnavailableError

LATER = frozenset(
    {
        "DependencyTimeoutException",
        "InternalFailure",
        "InternalServerError",
        "KMSInternalException",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestTimeout",
        "ServiceUnavailable",
        "SlowDown",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionInProgressException",
    }
)


@contextmanager
def translated() -> Iterator[None]:
    """Connections that fail or take too long, throttling and a service's own errors become UnavailableError."""
    from botocore.exceptions import ClientError, ConnectionError, HTTPClientError  # noqa: A004 - botocore's own

    try:
        yield
    except (ConnectionError, HTTPClientError) as error:
        raise UnavailableError(type(error).__name__) from error
    except ClientError as error:
        if _later(error.response):
            raise UnavailableError(error.response["Error"]["Code"]) from error
        raise


def _later(response: Mapping[str, Any]) -> bool:
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return bool(response.get("Error", {}).get("Code", "") in LATER or status >= 500)
