"""Tidying that all kinds share: half-width characters, no invisible marks, no separators, a bound on length.

>>> compact(" １２３４—５６７８\\u200b ")
'12345678'
>>> compact("x" * 501)
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: too_long
"""

import re
import unicodedata

from .errors import Code, KindError

LONGEST = 500
# Zero-width and text-direction marks that chat programs and word processors leave around copied text.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2212\u2500]")


def visible(text: str) -> str:
    """The text without invisible marks; what is longer than any field can be is refused before any work."""
    if len(text) > LONGEST:
        raise KindError(Code.TOO_LONG)
    return _INVISIBLE.sub("", text)


def half_width(text: str) -> str:
    """Full-width digits, letters and signs become ordinary ones (Unicode NFKC); the ends are trimmed."""
    return unicodedata.normalize("NFKC", visible(text)).strip()


def compact(text: str) -> str:
    """Half-width, without spaces and dashes, in upper case."""
    return plain_dashes(text).replace("-", "").upper()


def plain_dashes(text: str) -> str:
    """Half-width, without spaces, every dash an ASCII one: for kinds where a dash separates parts."""
    return _DASHES.sub("-", re.sub(r"\s+", "", half_width(text)))


def ideograph(character: str) -> bool:
    """Whether the character is Chinese, even if newer than Python's own tables (rare names live there)."""
    point = ord(character)
    in_rare_planes = 0x20000 <= point <= 0x3FFFD and point & 0xFFFE != 0xFFFE
    return 0x3400 <= point <= 0x4DBF or 0x4E00 <= point <= 0x9FFF or in_rare_planes or character in "〇々"
