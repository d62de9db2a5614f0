"""Bank account: the number of a card, a passbook or an account, 8 to 30 digits.

Issued by the banks. Cards follow JR/T 0008-2000 and ISO/IEC 7812 and end in a Luhn digit; passbooks and
accounts often do not, so no check digit is demanded.
https://www.iso.org/standard/70484.html

>>> validate("6217 0000 1000 0000 019")
'6217000010000000019'
>>> format("6217000010000000019")
'6217 0000 1000 0000 019'
>>> validate("1234567")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: length
>>> validate("6217 0000 1OOO 0000")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: characters
>>> validate("")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: empty
"""

import re

from . import tidy
from .errors import Code, KindError

SHORTEST, LONGEST = 8, 30


def compact(text: str) -> str:
    return tidy.compact(text)


def validate(text: str) -> str:
    number = compact(text)
    if not number:
        raise KindError(Code.EMPTY)
    if not re.fullmatch(r"[0-9]+", number):
        raise KindError(Code.CHARACTERS)
    if not SHORTEST <= len(number) <= LONGEST:
        raise KindError(Code.LENGTH)
    return number


def format(text: str) -> str:
    number = compact(text)
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))
