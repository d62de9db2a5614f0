"""Put a shared certificate on file: told by a certifier, matched by keyed hashes, never kept in the clear."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..cases.hashes import fingerprint
from ..cases.moments import beijing_date, iso
from ..catalogue import Catalogue, Problem
from ..catalogue.kinds import Code, KindError, kind
from . import person as people
from .access import admit, catalogue_of
from .audit import actor
from .claims import Claims, Role
from .deliveries import Kind, new_delivery
from .ports import Ports
from .records import person_key, reference_key
from .refused import BusyError, Refused, not_found
from .silent import Found, without_case
from .spread import Change, spread
from .store import ConflictError, Key, Patch, Put, UnavailableError, Value, Write

TRIES = 3
LONGEST_REFERENCE = 200
KINDS = {"number": "text", "id_number": "id-number", "name": "name", "issued_on": "date", "issuer": "text"}
REQUIRED = ("id_number", "name")
VALID = "valid"
STATUSES = (VALID, "withdrawn")


@dataclass(frozen=True, slots=True)
class Certificate:
    """As sent, tidied. `person` and `name_hash` are keyed hashes; `mark` tells a repetition; `values` are for sealing
    what it starts by itself."""

    kind: str
    number: str
    issued_on: str
    issuer: str
    status: str
    person: str
    name_hash: str
    mark: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a certificate is kept: `key` remembers what was sent under its reference, `name` is its attribute with
    the person."""

    key: Key
    name: str


def put_certificate(
    ports: Ports, claims: Claims, locality: str, sort: str, reference: str, body: Mapping[str, Any]
) -> dict[str, Any]:
    """Repeating the same changes nothing; another content under the same reference replaces it.

    Raises Refused or BusyError. The answer tells nothing about cases.
    """
    catalogue = catalogue_of(ports, locality)
    _admit(catalogue, claims, sort)
    if not reference or len(reference) > LONGEST_REFERENCE or not reference.isprintable():
        raise Refused(422, [Problem("characters", "reference")])
    certificate = _read(ports, catalogue, sort, body)
    place = _place(ports, claims, locality, sort, reference)
    for _ in range(TRIES):
        records = ports.store.read([place.key, person_key(certificate.person)])
        before = records.get(place.key, {})
        if before.get("mark") == certificate.mark:
            return _answer(certificate, reference)
        person = records.get(person_key(certificate.person), {})
        news = _news(locality, place, certificate, before)
        try:
            ports.store.commit(_writes(ports, catalogue, claims, place, before, person, certificate, news))
        except ConflictError:
            continue
        # The deliveries written with it are the guarantee; this only saves the wait.
        with contextlib.suppress(BusyError, UnavailableError):
            for one in news:
                spread(ports, **one)
        return _answer(certificate, reference)
    raise BusyError


def _admit(catalogue: Catalogue, claims: Claims, sort: str) -> None:
    admit(catalogue, claims, Role.CERTIFIER)
    if sort not in catalogue.certificates:
        raise not_found()
    if claims.agency not in catalogue.certifiers(sort):
        raise Refused(403, [Problem("certificate_unknown")])


def _read(ports: Ports, catalogue: Catalogue, sort: str, body: Mapping[str, Any]) -> Certificate:
    known = {*KINDS, "status"}
    problems = [
        Problem("unknown_field", name[:40], {"name": name[:40]}) for name in list(body)[:20] if name not in known
    ]
    values: dict[str, str] = {}
    for name, sort_of_field in KINDS.items():
        try:
            values[name] = _value(sort_of_field, body.get(name), name in REQUIRED)
        except KindError as error:
            code = "required" if error.code is Code.EMPTY else error.code.value
            problems.append(Problem(code, name, {"limit": "200"}))
    today = beijing_date(ports.clock())
    if values.get("issued_on") and date.fromisoformat(values["issued_on"]) > today:
        problems.append(Problem("future", "issued_on"))
    status = body.get("status", VALID)
    if status not in STATUSES:
        problems.append(Problem("choice", "status"))
    if problems:
        raise Refused(422, problems)
    person, name_hash = people.identify(ports.secrets, catalogue.slug, values["id_number"], values["name"])
    mark = fingerprint(ports.secrets.fingerprint, [values, status])
    sealed = {"deceased.id_number": values["id_number"], "deceased.name": values["name"]}
    return Certificate(
        sort, values["number"], values["issued_on"], values["issuer"], status, person, name_hash, mark, sealed
    )


def _value(sort: str, given: object, required: bool) -> str:
    if given is None or given == "":
        if required:
            raise KindError(Code.EMPTY)
        return ""
    if not isinstance(given, str):
        raise KindError(Code.CHARACTERS)
    return kind(sort).validate(given)


def _place(ports: Ports, claims: Claims, locality: str, sort: str, reference: str) -> Place:
    secret = ports.secrets.fingerprint
    key = reference_key(locality, claims.agency, sort, fingerprint(secret, reference))
    return Place(key, people.certificate(sort, fingerprint(secret, [claims.agency, reference])[:16]))


def _news(locality: str, place: Place, certificate: Certificate, before: Value) -> list[dict[str, str]]:
    """What the cases of each person concerned have to be told: arguments of `spread`."""
    was, valid = before if before.get("status") == VALID else {}, certificate.status == VALID
    mark = f"{place.name.removeprefix(people.CERTIFICATE)}.{before.get('version', 0)}"
    about = {"locality": locality, "kind": certificate.kind, "mark": mark}
    news = []
    if was and (not valid or was["person"] != certificate.person):
        change = Change.CORRECTED if valid else Change.WITHDRAWN
        news.append({**about, "person": was["person"], "change": change})
    if valid:
        same = was and was["person"] == certificate.person
        news.append({**about, "person": certificate.person, "change": Change.CORRECTED if same else ""})
    return news


def _writes(
    ports: Ports,
    catalogue: Catalogue,
    claims: Claims,
    place: Place,
    before: Value,
    person: Value,
    certificate: Certificate,
    news: list[dict[str, str]],
) -> list[Write]:
    moment = ports.clock()
    record = {"person": certificate.person, "mark": certificate.mark, "status": certificate.status}
    writes: list[Write] = [Put(place.key, record, before.get("version", 0))]
    was = before["person"] if before.get("status") == VALID else ""
    if was and (certificate.status != VALID or was != certificate.person):
        writes.append(Patch(person_key(was), remove=(place.name,), must_exist=True))
    if certificate.status == VALID:
        kept = sum(name.startswith(people.CERTIFICATE) for name in person)
        if place.name not in person and kept >= people.MOST_CERTIFICATES:
            raise Refused(409, [Problem("too_many", "reference")])
        writes += _on_file(ports, catalogue, claims, place.name, person, certificate)
    return [*writes, *(_delivery(one, moment) for one in news)]


def _on_file(
    ports: Ports, catalogue: Catalogue, claims: Claims, name: str, person: Value, certificate: Certificate
) -> list[Write]:
    """With the person, who also gets what starts without a case."""
    clock = ports.now()
    value = {
        "name_hash": certificate.name_hash,
        "number": certificate.number,
        "issued_on": certificate.issued_on,
        "issuer": certificate.issuer,
        "agency": claims.agency,
        "at": iso(clock.moment),
    }
    found = Found(certificate.kind, certificate.person, certificate.name_hash, certificate.values)
    alone = without_case(ports, catalogue, actor(claims), person, found, clock)
    if alone is None:
        return [Patch(person_key(certificate.person), set={name: value})]
    known = {one: kept for one, kept in person.items() if one != "version"}
    started = people.started(alone.tasks)
    return [
        Put(person_key(certificate.person), {**known, **started, name: value}, person.get("version", 0)),
        *alone.writes,
    ]


def _delivery(news: Mapping[str, str], moment: datetime) -> Put:
    content = {"certificate" if name == "kind" else name: value for name, value in news.items()}
    return new_delivery(Kind.SPREAD, f"{news['mark']}.{news['person'][-16:]}.spread", moment, **content)


def _answer(certificate: Certificate, reference: str) -> dict[str, Any]:
    return {"kind": certificate.kind, "reference": reference, "status": certificate.status}
