"""Sealed envelopes: fields that only the holder of one private key can read, bound to one purpose.

HPKE (RFC 9180) in base mode: anybody can seal to a public key, the API cannot open what it sealed. Suite 1
is DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. A later algorithm gets the next number; old
envelopes keep theirs.
https://www.rfc-editor.org/rfc/rfc9180
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from .canonical import canonical

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import Suite

SUITE = 1
# Sealed sizes come in steps, so that they do not tell a short name from a long one.
BLOCK = 256


@dataclass(frozen=True, slots=True)
class Envelope:
    suite: int
    key_id: str
    ciphertext: bytes


@dataclass(frozen=True, slots=True)
class EnvelopeInfo:
    """What an envelope is for; opening it for anything else fails."""

    locality: str
    case: str
    task: str
    recipient: str


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Raw 32-byte X25519 keys; ``key_id`` follows from the public one."""

    key_id: str
    public: bytes
    private: bytes = field(repr=False)


class EnvelopeError(Exception):
    """An envelope could not be sealed or opened; trying again will not help."""


class UnknownSuiteError(EnvelopeError):
    """The envelope names a suite that this version does not know."""

    def __init__(self, suite: int) -> None:
        super().__init__(suite)
        self.suite = suite


class UnusableKeyError(EnvelopeError):
    """The key is not a usable X25519 key."""


class CannotOpenError(EnvelopeError):
    """The key is not the recipient's, the purpose is another, or the envelope was changed."""


def seal(public_key: bytes, key_id: str, fields: Mapping[str, object], info: EnvelopeInfo) -> Envelope:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    plaintext = _padded(canonical(dict(fields)))
    try:
        key = X25519PublicKey.from_public_bytes(public_key)
        ciphertext = _suite(SUITE).encrypt(plaintext, key, info=_binding(SUITE, key_id, info))
    except ValueError:
        raise UnusableKeyError from None
    return Envelope(SUITE, key_id, ciphertext)


def open_sealed(private_key: bytes, envelope: Envelope, info: EnvelopeInfo) -> dict[str, object]:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    suite = _suite(envelope.suite)
    try:
        key = X25519PrivateKey.from_private_bytes(private_key)
    except ValueError:
        raise UnusableKeyError from None
    try:
        binding = _binding(envelope.suite, envelope.key_id, info)
        plaintext = suite.decrypt(envelope.ciphertext, key, info=binding)
    except (InvalidTag, ValueError):
        raise CannotOpenError from None
    return dict(json.loads(plaintext))


def generate_key() -> KeyPair:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    key = X25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    return KeyPair(hashlib.sha256(public).hexdigest()[:16], public, key.private_bytes_raw())


@cache
def _suite(number: int) -> "Suite":
    # Imported here: most functions of the application never seal or open anything.
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    if number != SUITE:
        raise UnknownSuiteError(number)
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def _binding(suite: int, key_id: str, info: EnvelopeInfo) -> bytes:
    return canonical(["envelope", suite, key_id, *astuple(info)])


def _padded(text: bytes) -> bytes:
    """JSON allows spaces at its end, so nothing has to be cut off again."""
    return text.ljust(-(-len(text) // BLOCK) * BLOCK)
