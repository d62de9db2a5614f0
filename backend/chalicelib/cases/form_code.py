"""The code on a printed form: which matters were chosen, so that a counter need not tick them again.

Nothing personal is in it. After three characters for the catalogue, each matter is two characters that follow
from its slug alone: a code printed under an older catalogue still names every matter that there is today. The
last character is a check digit after H. M. Damm over the field of 32 elements, which catches every single wrong
character and every swap of neighbours.

>>> from types import SimpleNamespace
>>> today = SimpleNamespace(slug="here", version="v2", matters={"hukou": None, "pension": None, "veteran": None})
>>> code = encode(today, ["veteran", "hukou"])
>>> code
'STXH 6WG9'
>>> decode(today, code.lower().replace(" ", "-"))
FormCode(matters=('hukou', 'veteran'), current=True)
>>> later = SimpleNamespace(slug="here", version="v3", matters={"hukou": None, "pension": None})
>>> decode(later, code)
FormCode(matters=('hukou',), current=False)
>>> decode(today, "STXH 6WG8")
Traceback (most recent call last):
    ...
chalicelib.cases.form_code.BadFormCodeError
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..catalogue import Catalogue
from ..catalogue.form_signs import LENGTH, SIGNS, sign_of, signs
from .numbers import group, tidy

READ_AS = str.maketrans("OIL", "011")
OF_CATALOGUE = 3
_POLYNOMIAL = 0b100101


class BadFormCodeError(ValueError):
    """No such code was ever printed: a character is wrong, missing or too much."""


@dataclass(frozen=True, slots=True)
class FormCode:
    """`matters` that there are in this catalogue, in its order; `current`: printed under this very catalogue."""

    matters: tuple[str, ...]
    current: bool


def encode(catalogue: Catalogue, matters: Iterable[str]) -> str:
    """In groups of four. Matters that the catalogue does not have are left out."""
    chosen = set(matters)
    inner = "".join(sign_of(slug) for slug in catalogue.matters if slug in chosen)
    code = _of_catalogue(catalogue) + inner
    return group(code + SIGNS[_interim(code)])


def decode(catalogue: Catalogue, typed: str) -> FormCode:
    """However it was typed: lower case, full width, with dashes. Raises BadFormCodeError."""
    code = tidy(typed).upper().translate(READ_AS)
    inner = code[OF_CATALOGUE:-1]
    if len(code) <= OF_CATALOGUE or len(inner) % LENGTH or set(code) - set(SIGNS) or _interim(code):
        raise BadFormCodeError
    named = set(_pieces(inner))
    matters = tuple(slug for slug in catalogue.matters if sign_of(slug) in named)
    return FormCode(matters, code.startswith(_of_catalogue(catalogue)))


def _of_catalogue(catalogue: Catalogue) -> str:
    return signs(["catalogue", catalogue.slug, catalogue.version], OF_CATALOGUE)


def _pieces(inner: str) -> Iterator[str]:
    return (inner[at : at + LENGTH] for at in range(0, len(inner), LENGTH))


def _interim(code: str) -> int:
    """0 for a whole code; for one without its check digit, that digit."""
    interim = 0
    for sign in code:
        interim = (interim ^ SIGNS.index(sign)) << 1
        interim ^= _POLYNOMIAL if interim > 31 else 0
    return interim
