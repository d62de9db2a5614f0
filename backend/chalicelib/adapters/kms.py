"""Wraps private keys with a key that never leaves the key service, bound to what they are for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from .faults import translated

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient


class SealingKey:
    """The context (locality, recipient, key id) must be the same on both ways; unwrapping for another fails."""

    def __init__(self, client: Callable[[], KMSClient], key_id: Callable[[], str]) -> None:
        self._client, self._key_id = client, key_id

    def wrap(self, plain: bytes, context: Mapping[str, str]) -> bytes:
        with translated():
            answer = self._client().encrypt(KeyId=self._key_id(), Plaintext=plain, EncryptionContext=dict(context))
        return answer["CiphertextBlob"]

    def unwrap(self, wrapped: bytes, context: Mapping[str, str]) -> bytes:
        with translated():
            answer = self._client().decrypt(
                KeyId=self._key_id(), CiphertextBlob=wrapped, EncryptionContext=dict(context)
            )
        return answer["Plaintext"]
