"""Yes or no: the answer to a question, where 不清楚 is always an answer.

>>> validate("是"), validate(" FALSE "), validate("不清楚")
('true', 'false', 'unknown')
>>> parse("否"), parse("unknown")
(False, 'unknown')
>>> format("unknown")
'不清楚'
>>> validate("也许")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: choice
>>> validate("")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: empty
"""

from typing import Literal

from . import tidy
from .errors import Code, KindError

_CHINESE = {"true": "是", "false": "否", "unknown": "不清楚"}
_WORDS = {chinese: word for word, chinese in _CHINESE.items()}


def compact(text: str) -> str:
    typed = tidy.half_width(text).lower()
    return _WORDS.get(typed, typed)


def validate(text: str) -> str:
    answer = compact(text)
    if not answer:
        raise KindError(Code.EMPTY)
    if answer not in _CHINESE:
        raise KindError(Code.CHOICE)
    return answer


def format(text: str) -> str:
    answer = compact(text)
    return _CHINESE.get(answer, answer)


def parse(text: str) -> bool | Literal["unknown"]:
    """The answer as the catalogue's conditions compare it."""
    answer = validate(text)
    return "unknown" if answer == "unknown" else answer == "true"
