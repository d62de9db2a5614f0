"""ID number: the 18-character citizen identification number (公民身份号码) on every resident's ID card.

Issued by the public security organs. GB 11643-1999: six digits of region, eight of birth date, three of
sequence (odd for men, even for women) and a check character by ISO 7064 MOD 11-2. Residence permits of Hong
Kong, Macao and Taiwan residents (81, 82, 83) and foreigners' permanent residence cards (9) are numbered the
same way. Regions are not looked up: a region that was renamed fifty years ago still stands on a number. The
15 digits of first-generation cards, which ceased to be valid on 1 January 2013, are refused for their
length.
https://openstd.samr.gov.cn/bzgk/gb/newGbInfo?hcno=080D6FBF2BB468F9007657F26D60013E

>>> validate("370811 19450301 002x")
'37081119450301002X'
>>> validate("810000199408230021")
'810000199408230021'
>>> validate("370811194503010012")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: checksum
>>> validate("370811194502300010")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: date
>>> validate("370811450301001")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: length
>>> validate("37081119450301OO1X")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: characters
>>> validate(" ")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: empty
>>> birth_date("37081119450301002X"), sex("37081119450301002X")
(datetime.date(1945, 3, 1), 'female')
>>> format("37081119450301002x")
'370811 19450301 002X'
"""

import re
from datetime import date
from typing import Literal

from . import tidy
from .errors import Code, KindError

EARLIEST_YEAR = 1850
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")


def compact(text: str) -> str:
    return tidy.compact(text)


def validate(text: str) -> str:
    number = compact(text)
    _check_shape(number)
    birth_date(number)
    if number[-1] != check_character(number[:-1]):
        raise KindError(Code.CHECKSUM)
    return number


def format(text: str) -> str:
    number = compact(text)
    return f"{number[:6]} {number[6:14]} {number[14:]}"


def birth_date(number: str) -> date:
    """The birth date inside a compact number; raises ``KindError`` if there is no such day."""
    _check_shape(number)
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise KindError(Code.DATE) from None
    if born.year < EARLIEST_YEAR:
        raise KindError(Code.DATE)
    return born


def sex(number: str) -> Literal["male", "female"]:
    """What the sequence of a compact number says; people may differ, so this never proves them wrong."""
    _check_shape(number)
    return "male" if int(number[16]) % 2 else "female"


def check_character(digits: str) -> str:
    """The ISO 7064 MOD 11-2 check character for 17 digits."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2 % 11
    return "10X98765432"[total]


def _check_shape(number: str) -> None:
    if not number:
        raise KindError(Code.EMPTY)
    if not re.fullmatch(r"[0-9]*X?", number):
        raise KindError(Code.CHARACTERS)
    if not _SHAPE.fullmatch(number):
        raise KindError(Code.LENGTH)
