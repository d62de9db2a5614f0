"""Phone: a mainland mobile, landline or service number, or any international number that starts with +.

Numbered by the Ministry of Industry and Information Technology (电信网编号计划, 2017): mobiles are 11 digits
beginning with 13 to 19, area codes 3 or 4 digits beginning with 0, local numbers 7 or 8 digits; short service
numbers such as 12345 follow an area code too. Abroad ITU-T E.164 allows at most 15 digits.
https://www.itu.int/rec/T-REC-E.164

>>> validate("＋86 139-0000-1234"), validate("0086 13900001234")
('13900001234', '13900001234')
>>> validate("（0537）2345678 转 801"), validate("0537—12345"), validate("+86 10 61234567")
('0537-2345678-801', '0537-12345', '010-61234567')
>>> validate("+852 5123 4567"), validate("400-600-1234")
('+85251234567', '4006001234')
>>> format("13900001234")
'139 0000 1234'
>>> validate("1390000123")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: length
>>> validate("139OOOO1234")
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

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_SERVICE = re.compile(r"[48]00[0-9]{7}")
_LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})-?([1-9][0-9]{6,7}|1[0-9]{2,4}|9[0-9]{4})(?:-([0-9]{1,6}))?")
_ABROAD = re.compile(r"\+[1-9][0-9]{5,14}")
_MAINLAND_PREFIX = re.compile(r"^(?:\+86|0086|86(?=1[3-9][0-9-]{9,}$))-?")
_EXTENSION = re.compile(r"转|分机|#|EXT\.?|X")
_CHARACTERS = re.compile(r"\+?[0-9-]+")


def compact(text: str) -> str:
    """Digits, with dashes only in a landline number, and + only before a foreign country code."""
    typed = _EXTENSION.sub("-", re.sub(r"[()]", "", tidy.plain_dashes(text).upper()))
    national, dialled_86 = _MAINLAND_PREFIX.subn("", typed)
    if dialled_86:
        return _mainland(national) or _mainland(f"0{national}") or typed
    return _mainland(typed) or _without_dashes(re.sub("^00", "+", typed))


def validate(text: str) -> str:
    number = compact(text)
    if not number:
        raise KindError(Code.EMPTY)
    if not _CHARACTERS.fullmatch(number):
        raise KindError(Code.CHARACTERS)
    if not _mainland(number) and (number.startswith("+86") or not _ABROAD.fullmatch(number)):
        raise KindError(Code.LENGTH)
    return number


def format(text: str) -> str:
    number = compact(text)
    return f"{number[:3]} {number[3:7]} {number[7:]}" if is_mobile(number) else number


def is_mobile(number: str) -> bool:
    """Whether a compact number is a mainland mobile, so that a text message can reach it."""
    return _MOBILE.fullmatch(number) is not None


def _mainland(typed: str) -> str | None:
    digits = _without_dashes(typed)
    if _MOBILE.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return digits
    # A local number may have been typed in groups (0537-234-5678): then the dashes say nothing.
    landline = _LANDLINE.fullmatch(typed) or _LANDLINE.fullmatch(digits)
    return "-".join(filter(None, landline.groups())) if landline else None


def _without_dashes(typed: str) -> str:
    return typed.replace("-", "")
