"""Age: whole years from 0 to 130, typed with or without 岁.

>>> validate("８１ 岁"), validate("0")
('81', '0')
>>> validate("八十")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: number
>>> validate("131")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: range
>>> validate("")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: empty
"""

import re

from . import tidy
from .errors import Code, KindError

OLDEST = 130
_DIGITS = re.compile(r"[0-9]+")


def compact(text: str) -> str:
    typed = re.sub(r"\s+", "", tidy.half_width(text))
    digits = re.sub(r"(周|虚)?岁$", "", typed)
    return (digits.lstrip("0") or "0") if _DIGITS.fullmatch(digits) else typed


def validate(text: str) -> str:
    age = compact(text)
    if not age:
        raise KindError(Code.EMPTY)
    if not _DIGITS.fullmatch(age):
        raise KindError(Code.NUMBER)
    if int(age) > OLDEST:
        raise KindError(Code.RANGE)
    return age


def format(text: str) -> str:
    return compact(text)
