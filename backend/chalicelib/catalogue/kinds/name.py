"""Name: a person's name as it stands on the ID card, Chinese, of a minority (with ·) or in Latin letters.

Twelve ministries ask every government system for one middle dot (U+00B7), for names of up to 50 characters
and for all ideographs of GB 18030 (关于在政府管理和社会公共服务信息系统中统一姓名采集应用规范的通知, 2016).
Private-use characters are refused: another system would show another character.

>>> validate(" 王 秀英 ")
'王秀英'
>>> validate("阿卜杜拉 • 买买提")
'阿卜杜拉·买买提'
>>> validate("𠮷永〇")
'𠮷永〇'
>>> validate("Ｍａｒｙ  Ann O'Neill-Smith Jr.")
"Mary Ann O'Neill-Smith Jr."
>>> validate("王五1")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: characters
>>> validate("·买买提")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: characters
>>> validate("王" * 51)
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: too_long
>>> validate("")
Traceback (most recent call last):
    ...
chalicelib.catalogue.kinds.errors.KindError: empty
"""

import re
import unicodedata

from . import tidy
from .errors import Code, KindError

LONGEST = 50
_DOTS = re.compile("[•‧・･∙⋅．]")
# A full stop belongs to Latin initials, but beside any other script it was typed for the middle dot.
_FULL_STOP = re.compile(r"(?<=[^\x00-\u036f\u1e00-\u1eff])\s*\.|\.\s*(?=[^\x00-\u036f\u1e00-\u1eff])")
_AROUND_DOT = re.compile(r"\s*·[\s·]*")
_INSIDE_LATIN = " -'’."


def compact(text: str) -> str:
    """Half-width; one form of the middle dot; spaces stay only between Latin words."""
    name = tidy.half_width(_DOTS.sub("·", tidy.visible(text)))
    name = _AROUND_DOT.sub("·", _FULL_STOP.sub("·", name))
    words = name.split()
    return "".join(_with_gap(before, word) for before, word in zip(["", *words], words, strict=False))


def validate(text: str) -> str:
    name = compact(text)
    if not name:
        raise KindError(Code.EMPTY)
    if len(name) > LONGEST:
        raise KindError(Code.TOO_LONG)
    if not all(map(_belongs, name)) or not any(map(_letter, name)) or "·" in (name[0], name[-1]):
        raise KindError(Code.CHARACTERS)
    return name


def format(text: str) -> str:
    return compact(text)


def _with_gap(before: str, word: str) -> str:
    if not before or tidy.ideograph(before[-1]) or tidy.ideograph(word[0]):
        return word
    return f" {word}"


def _belongs(character: str) -> bool:
    return _letter(character) or character == "·" or character in _INSIDE_LATIN or _mark(character)


def _letter(character: str) -> bool:
    return tidy.ideograph(character) or unicodedata.category(character).startswith("L")


def _mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc")
