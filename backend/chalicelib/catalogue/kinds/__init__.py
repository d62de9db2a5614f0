"""The kinds of field a form can have, each a module with ``compact``, ``validate`` and ``format``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from . import age, bank_account, date, id_number, name, phone, sex, social_security_card, text, yes_no
from .errors import Code, KindError

__all__ = ["KINDS", "Code", "Kind", "KindError", "UnknownKindError", "kind"]


@dataclass(frozen=True, slots=True)
class Kind:
    """``compact`` tidies; ``validate`` returns that or raises ``KindError``; ``format`` is for reading."""

    name: str
    compact: Callable[[str], str]
    validate: Callable[[str], str]
    format: Callable[[str], str]


class UnknownKindError(LookupError):
    """The catalogue names a kind that does not exist."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class _Module(Protocol):
    def compact(self, text: str) -> str: ...
    def validate(self, text: str) -> str: ...
    def format(self, text: str) -> str: ...


def kind(name: str) -> Kind:
    """The kind of that name in the catalogue; raises ``UnknownKindError``."""
    try:
        return KINDS[name]
    except KeyError:
        raise UnknownKindError(name) from None


def _kind(name: str, module: _Module) -> Kind:
    return Kind(name, module.compact, module.validate, module.format)


_MODULES: Mapping[str, _Module] = {
    "id-number": id_number,
    "name": name,
    "sex": sex,
    "age": age,
    "date": date,
    "phone": phone,
    "bank-account": bank_account,
    "social-security-card": social_security_card,
    "text": text,
    "yes-no": yes_no,
}
KINDS: Mapping[str, Kind] = MappingProxyType({slug: _kind(slug, module) for slug, module in _MODULES.items()})
