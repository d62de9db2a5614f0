"""The two characters that stand for a matter in the code on a printed form: they follow from its slug alone.

The characters are D. Crockford's: no I, L, O or U.
https://www.crockford.com/base32.html

>>> sign_of("hukou-cancellation")
'F6'
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 2


def sign_of(slug: str) -> str:
    """The same in every place and every version of a catalogue."""
    return signs(["form-code", slug], LENGTH)


def signs(parts: Iterable[str], length: int) -> str:
    number = int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest())
    return "".join(SIGNS[number >> 5 * place & 31] for place in range(length))
