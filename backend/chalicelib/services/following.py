"""Which channel is tried next after one failed: the second when the first will not have it or fails too often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PATIENCE = 5
"""So many failures in a row, about a quarter of an hour, before another channel is tried."""


def place_of(delivery: Mapping[str, Any], channels: int) -> int:
    """The channel in use; there may be fewer than when it was chosen."""
    return min(int(delivery["place"]), channels - 1)


def following(delivery: Mapping[str, Any], channels: int, permanent: bool) -> dict[str, Any] | None:
    """What the delivery remembers of its channels after this failure; None when none is left.

    >>> new = {"place": 0, "failed": 0, "refused": []}
    >>> following(new, 2, permanent=True)
    {'place': 1, 'failed': 0, 'refused': [0]}
    >>> following(new, 1, permanent=False)
    {'place': 0, 'failed': 1, 'refused': []}
    """
    place, failed = place_of(delivery, channels), int(delivery["failed"]) + 1
    refused = sorted({*delivery["refused"], place} if permanent else delivery["refused"])
    left = [one for one in range(channels) if one not in refused]
    if not left:
        return None
    if place in left and (failed < PATIENCE or left == [place]):
        return {"place": place, "failed": failed, "refused": refused}
    after = next((one for one in left if one > place), left[0])
    return {"place": after, "failed": 0, "refused": refused}
