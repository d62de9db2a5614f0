"""Date: a day of the common calendar since 1900, kept as YYYY-MM-DD (GB/T 7408-2005, ISO 8601).

>>> validate("2026年11月2日"), validate("２０２６．１１．２"), validate("20261102")
('2026-11-02', '2026-11-02', '2026-11-02')
>>> format("2026-11-02")
'2026年11月2日'
>>> validate("2026-02-30")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: date
>>> validate("1899-12-31")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: date
>>> validate("昨天")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: date
>>> validate("")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: empty
"""

import datetime
import re

from . import tidy
from .errors import Code, KindError

EARLIEST_YEAR = 1900
_PARTS = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?")
_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


def compact(text: str) -> str:
    """YYYY-MM-DD where year, month and day can be told apart, whether or not there is such a day."""
    typed = tidy.plain_dashes(text)
    found = _PARTS.fullmatch(typed) or _DIGITS.fullmatch(typed)
    return "-".join(part.zfill(2) for part in found.groups()) if found else typed


def validate(text: str) -> str:
    typed = compact(text)
    if not typed:
        raise KindError(Code.EMPTY)
    day = _day(typed)
    if day is None or day.year < EARLIEST_YEAR:
        raise KindError(Code.DATE)
    return typed


def format(text: str) -> str:
    typed = compact(text)
    day = _day(typed)
    return typed if day is None else f"{day.year}年{day.month}月{day.day}日"


def _day(typed: str) -> datetime.date | None:
    found = _PARTS.fullmatch(typed)
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
