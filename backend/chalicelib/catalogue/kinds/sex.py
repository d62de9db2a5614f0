"""Sex: male or female, as the ID card states it (GB/T 2261.1-2003), typed in Chinese or English.

>>> validate("男"), validate(" Female ")
('male', 'female')
>>> format("female")
'女'
>>> validate("甲")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: choice
>>> validate("")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: empty
"""

from . import tidy
from .errors import Code, KindError

_WORDS = {"男": "male", "男性": "male", "male": "male", "女": "female", "女性": "female", "female": "female"}
_CHINESE = {"male": "男", "female": "女"}


def compact(text: str) -> str:
    typed = tidy.half_width(text).lower()
    return _WORDS.get(typed, typed)


def validate(text: str) -> str:
    sex = compact(text)
    if not sex:
        raise KindError(Code.EMPTY)
    if sex not in _CHINESE:
        raise KindError(Code.CHOICE)
    return sex


def format(text: str) -> str:
    sex = compact(text)
    return _CHINESE.get(sex, sex)
