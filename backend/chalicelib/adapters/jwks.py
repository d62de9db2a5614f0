"""The public keys of the sign-in provider, fetched when an unknown one is named, but never often."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..services.store import UnavailableError

if TYPE_CHECKING:
    from jwt import PyJWK

ALGORITHMS = ("RS256", "ES256", "EdDSA")
SHORTEST_RSA = 2048
BETWEEN_FETCHES = 30
KEPT = 3600
LARGEST = 262_144
MOST_KEYS = 50


class KeySet:
    """`address` is the provider's JWKS address. Keys are kept for an hour, or while the provider is away."""

    def __init__(self, address: Callable[[], str], clock: Callable[[], float] = time.monotonic) -> None:
        self._address, self._clock = address, clock
        self._keys: Mapping[str, PyJWK] = {}
        self._asked: float | None = None
        self._fetching = threading.Lock()

    def find(self, kid: str) -> PyJWK | None:
        """None where the provider has no such key. Raises UnavailableError while it has told us none at all."""
        if kid not in self._keys or self._since_asked() >= KEPT:
            with self._fetching:
                if self._since_asked() >= (BETWEEN_FETCHES if kid not in self._keys else KEPT):
                    self._fetch()
        if not self._keys:
            raise UnavailableError("no keys of the sign-in provider")
        return self._keys.get(kid)

    def _since_asked(self) -> float:
        return float("inf") if self._asked is None else self._clock() - self._asked

    def _fetch(self) -> None:
        from .http import HttpError, call

        self._asked = self._clock()
        try:
            status, content = call("GET", self._address(), limit=LARGEST)
            found = dict(_keys(json.loads(content))) if status == 200 else {}
        except (HttpError, ValueError, RecursionError):
            return
        self._keys = found or self._keys


def _keys(document: Any) -> Iterator[tuple[str, PyJWK]]:
    """Only keys that verify signatures by an algorithm we accept, and are long enough."""
    from jwt import PyJWK
    from jwt.exceptions import PyJWTError

    listed = document.get("keys") if isinstance(document, dict) else None
    for one in listed[:MOST_KEYS] if isinstance(listed, list) else ():
        if not isinstance(one, dict) or not isinstance(one.get("kid"), str) or one.get("use", "sig") != "sig":
            continue
        try:
            key = PyJWK(one)
        except (PyJWTError, ValueError, TypeError, KeyError):
            continue
        if key.algorithm_name in ALGORITHMS and getattr(key.key, "key_size", SHORTEST_RSA) >= _shortest(one):
            yield one["kid"], key


def _shortest(key: Mapping[str, Any]) -> int:
    return SHORTEST_RSA if key.get("kty") == "RSA" else 0
