"""Keyed hashes that find a person, or tell two requests apart, without keeping what was hashed.

ID numbers are few enough to try them all, so the hash is an HMAC with a secret key. The key's version
stands in front: after a rotation old hashes still say which key made them.
"""

import hmac
from collections.abc import Mapping

from ..catalogue.kinds import id_number as id_numbers
from ..catalogue.kinds import name as names
from .canonical import canonical


class UnknownKeyVersionError(LookupError):
    """The settings hold no hashing key of this version."""

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version


def identity_hash(keys: Mapping[str, bytes], version: str, locality: str, id_number: str) -> str:
    """``v1:hex`` for an ID number, however it was typed, within one locality."""
    return _keyed(keys, version, ["identity", locality, id_numbers.compact(id_number)])


def name_hash(keys: Mapping[str, bytes], version: str, locality: str, id_number: str, name: str) -> str:
    """``v1:hex`` for a person's name; bound to the ID number, so that namesakes do not look alike."""
    return _keyed(keys, version, ["name", locality, id_numbers.compact(id_number), names.compact(name)])


def fingerprint(secret: bytes, value: object) -> str:
    """Hex that is equal for equal JSON values, whatever the order of their keys."""
    return hmac.digest(secret, canonical(["fingerprint", value]), "sha256").hex()


def _keyed(keys: Mapping[str, bytes], version: str, parts: list[str]) -> str:
    if version not in keys:
        raise UnknownKeyVersionError(version)
    return f"{version}:{hmac.digest(keys[version], canonical(parts), 'sha256').hex()}"
