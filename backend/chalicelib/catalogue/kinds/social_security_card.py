"""Social security card: the number on a 社会保障卡, 6 to 20 letters and digits.

Issued by the human resources and social security authorities (LD/T 32-2015). Cards carry a letter with eight
digits, nine letters or digits, or simply the holder's ID number (社会保障号码); older local cards differ, so
only characters and length are checked.

>>> validate("a1234 5678"), validate("37081119450301002x")
('A12345678', '37081119450301002X')
>>> validate("A12")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: length
>>> validate("卡A12345678")
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

SHORTEST, LONGEST = 6, 20


def compact(text: str) -> str:
    return tidy.compact(text)


def validate(text: str) -> str:
    number = compact(text)
    if not number:
        raise KindError(Code.EMPTY)
    if not re.fullmatch(r"[0-9A-Z]+", number):
        raise KindError(Code.CHARACTERS)
    if not SHORTEST <= len(number) <= LONGEST:
        raise KindError(Code.LENGTH)
    return number


def format(text: str) -> str:
    return compact(text)
