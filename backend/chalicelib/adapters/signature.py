"""Signatures of webhooks after the Standard Webhooks specification (standardwebhooks.com), version v1."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence

PREFIX = "whsec_"
SHORTEST = 24


class BadSecretError(ValueError):
    """Not a secret of that specification: `whsec_` and base64 of 24 bytes or more."""


def headers(secrets: Sequence[str], message_id: str, moment: int, body: bytes) -> Mapping[str, str]:
    """One signature per secret, so that a receiver may know the old or the new one while they change.

    Raises BadSecretError.
    """
    signed = [_signature(_key(secret), message_id, moment, body) for secret in secrets]
    if not signed:
        raise BadSecretError
    return {"webhook-id": message_id, "webhook-timestamp": str(moment), "webhook-signature": " ".join(signed)}


def _signature(key: bytes, message_id: str, moment: int, body: bytes) -> str:
    content = f"{message_id}.{moment}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise BadSecretError from None
    if not secret.startswith(PREFIX) or len(key) < SHORTEST:
        raise BadSecretError
    return key
