"""The secrets of the channels by the names that the catalogue gives them; it never holds one itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any


class ChannelSecrets:
    """`read` gives the deployment's: a signing secret or several, the new one first; or a robot's by name."""

    def __init__(self, read: Callable[[], Mapping[str, Any]]) -> None:
        self._read = read

    def signing(self, name: str) -> Sequence[str]:
        """Empty where there is none."""
        value = self._read().get(name, [])
        given = value if isinstance(value, list) else [value]
        return [one for one in given if isinstance(one, str)]

    def named(self, name: str) -> Mapping[str, str]:
        value = self._read().get(name, {})
        return {key: str(one) for key, one in value.items()} if isinstance(value, dict) else {}
