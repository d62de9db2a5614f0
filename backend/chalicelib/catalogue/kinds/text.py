"""Text: one line of anything printable, such as an address or a relationship, up to 200 characters.

Characters stay as typed (Chinese punctuation too), only composed (Unicode NFC); line breaks and runs of
spaces become one space.

>>> validate(" 任城区\\n  某某路（西段）1号 ")
'任城区 某某路（西段）1号'
>>> validate("a\\x00b")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: characters
>>> validate("字" * 201)
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: too_long
>>> validate("\\n")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: empty
"""

import re
import unicodedata

from . import tidy
from .errors import Code, KindError

LONGEST = 200
_SPACES = re.compile("[ \t\r\n\v\f\u0085\u00a0\u2000-\u200a\u2028\u2029\u202f\u3000]+")
_NOT_PRINTABLE = ("Cc", "Cs", "Co", "Cn")


def compact(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFC", tidy.visible(text))).strip(" ")


def validate(text: str) -> str:
    line = compact(text)
    if not line:
        raise KindError(Code.EMPTY)
    if len(line) > LONGEST:
        raise KindError(Code.TOO_LONG)
    if not all(map(_printable, line)):
        raise KindError(Code.CHARACTERS)
    return line


def format(text: str) -> str:
    return compact(text)


def _printable(character: str) -> bool:
    return tidy.ideograph(character) or unicodedata.category(character) not in _NOT_PRINTABLE
