"""Who may sign in locally: every role at every agency of the compiled catalogue."""

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any


class Role(StrEnum):
    AGENCY = "agency"
    COUNTER = "counter"
    CERTIFIER = "certifier"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"


ROLE_NAMES = {
    Role.AGENCY: "办理人员",
    Role.COUNTER: "窗口人员",
    Role.CERTIFIER: "证照人员",
    Role.SUPERVISOR: "督办人员",
    Role.AUDITOR: "审计人员",
}
AT_THE_LEAD = (Role.COUNTER, Role.SUPERVISOR, Role.AUDITOR)


class UnknownPersonError(Exception):
    """No such account; the message says which there are."""


@dataclass(frozen=True, slots=True)
class Agency:
    slug: str
    name: str
    bureau: str
    certifies: bool


@dataclass(frozen=True, slots=True)
class Locality:
    slug: str
    name: str
    lead: str
    agencies: Mapping[str, Agency]


Book = Mapping[str, Locality]


@dataclass(frozen=True, slots=True)
class Account:
    locality: Locality
    agency: Agency
    role: Role

    @property
    def username(self) -> str:
        return f"{self.locality.slug}-{self.agency.slug}-{self.role}"

    @property
    def name(self) -> str:
        return f"{self.agency.name}{ROLE_NAMES[self.role]}"

    @property
    def usual(self) -> bool:
        """Counter, supervision and audit are the lead agency's, so these sign-ins are the ones to show."""
        return self.role not in AT_THE_LEAD or self.agency.slug == self.locality.lead

    def claims(self, unit: str = "") -> dict[str, str]:
        where = {"locality": self.locality.slug, "agency": self.agency.slug, "role": str(self.role)}
        return where | {"name": self.name} | ({"unit": unit} if unit else {})


def read(folder: Path) -> Book:
    """The localities and agencies of the compiled catalogue."""
    values = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    return {value["slug"]: _locality(value) for value in values if "agencies" in value}


def accounts(book: Book) -> Iterator[Account]:
    for locality in book.values():
        for agency in locality.agencies.values():
            roles = (role for role in Role if role is not Role.CERTIFIER or agency.certifies)
            yield from (Account(locality, agency, role) for role in roles)


def find(book: Book, locality: str, role: str, agency: str | None) -> Account:
    """The account at the agency of that slug or name. Raises UnknownPersonError."""
    there = _one(book, locality, "地区")
    wanted = Role(_one({str(role): role for role in Role}, role, "角色"))
    if agency is None and wanted in AT_THE_LEAD:
        agency = there.lead
    found = Account(there, _one(_names(there.agencies.values()), agency or "", "部门"), wanted)
    if wanted is Role.CERTIFIER and not found.agency.certifies:
        certifiers = _names(one for one in there.agencies.values() if one.certifies)
        raise UnknownPersonError(f"{found.agency.name}不出具证照。可以写：{'、'.join(certifiers)}")
    return found


def _names(agencies: Iterable[Agency]) -> dict[str, Agency]:
    return {name: agency for agency in agencies for name in (agency.slug, agency.name, agency.bureau)}


def _one(known: Mapping[str, Any], name: str, what: str) -> Any:
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    hint = f"是不是“{near[0]}”？" if near else ""
    said = f"没有“{name}”这个{what}。" if name else f"请写明{what}。"
    raise UnknownPersonError(f"{said}{hint}可以写：{'、'.join(known)}")


def _locality(value: Mapping[str, Any]) -> Locality:
    agencies = {slug: _agency(slug, one) for slug, one in value["agencies"].items()}
    return Locality(value["slug"], value["name"], value["lead"], agencies)


def _agency(slug: str, value: Mapping[str, Any]) -> Agency:
    return Agency(slug, value["name"], value.get("bureau", value["name"]), bool(value.get("certifies")))
