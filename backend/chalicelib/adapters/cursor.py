"""Where the next page of an index begins, as an opaque text that is good for that index and partition only."""

from __future__ import annotations

import base64
import json

from ..services.store import BadCursorError

LONGEST = 4000
PARTS = 5


def encode(index: str, partition: str, sort: str, pk: str, sk: str) -> str:
    text = json.dumps([index, partition, sort, pk, sk], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def decode(cursor: str, index: str, partition: str) -> tuple[str, str, str]:
    """(sort, pk, sk). Raises BadCursorError for what no page of this index and partition gave out."""
    _, _, sort, pk, sk = _parts(cursor)
    # Written again for this list it must be the same, to the letter.
    if encode(index, partition, sort, pk, sk) != cursor:
        raise BadCursorError("a cursor of something else")
    return sort, pk, sk


def _parts(cursor: str) -> list[str]:
    if len(cursor) > LONGEST:
        raise BadCursorError("too long")
    try:
        parts: object = json.loads(base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), b"-_", True))
        json.dumps(parts, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise BadCursorError("unreadable") from None
    if not isinstance(parts, list) or len(parts) != PARTS or not all(isinstance(part, str) and part for part in parts):
        raise BadCursorError("not a cursor")
    return parts
