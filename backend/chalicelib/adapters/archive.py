"""The archive: a bucket that keeps every version of what is put there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .faults import translated

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

JSON = "application/json"


class S3Archive:
    def __init__(self, client: Callable[[], S3Client], bucket: Callable[[], str]) -> None:
        self._client, self._bucket = client, bucket

    def put(self, name: str, content: bytes) -> None:
        """The checksum that goes along lets the service refuse what arrives damaged."""
        with translated():
            self._client().put_object(
                Bucket=self._bucket(), Key=name, Body=content, ContentType=JSON, ChecksumAlgorithm="SHA256"
            )

    def get(self, name: str) -> bytes | None:
        client = self._client()
        try:
            with translated():
                return client.get_object(Bucket=self._bucket(), Key=name)["Body"].read()
        except client.exceptions.NoSuchKey:
            return None
