"""JSON from strangers: an object, each name once, a few levels deep, finite numbers, whole characters."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from typing import Any

DEEPEST = 8
HALF_CHARACTER = re.compile(rb"\\u[dD][89a-fA-F]")
NUL = re.compile(rb"\\u0000")


class UnreadableError(ValueError):
    """A body that cannot be read; its content does not matter any more."""


def parsed(content: bytes) -> dict[str, Any]:
    if NUL.search(content):
        raise UnreadableError
    try:
        value = json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_once,
            parse_float=_finite,
            parse_constant=_finite,
        )
        if HALF_CHARACTER.search(content):
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise UnreadableError from None
    if not isinstance(value, dict) or _deeper(value):
        raise UnreadableError
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two programs may read a repeated name differently."""
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError
    return value


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError
    return number


def _deeper(value: Any) -> bool:
    """Level by level: what comes after may go as deep as it likes."""
    level = [value]
    for _ in range(DEEPEST):
        # A tuple is twice as fast as a union here, and a megabyte of numbers has to be answered quickly.
        level = [one for node in level for one in _inside(node) if isinstance(one, (dict, list))]
    return bool(level)


def _inside(node: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return node.values() if isinstance(node, dict) else node
