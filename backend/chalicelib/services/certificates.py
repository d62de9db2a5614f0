"""Put a shared certificate on file: told by a certifier, matched by keyed hashes, never kept in the clear."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..cases.hashes import fingerprint
from ..cases.moments import beijing_date, iso
from ..catalogue import Catalogue, Problem
from ..catalogue.kinds import Code, KindError, kind
from . import person as people
from .access import admit, catalogue_of
from .claims import Claims, Role
from .deliveries import Kind, new_delivery
from .ports import Ports
from .records import person_key, reference_key
from .refused import BusyError, Refused, not_found
from .spread import spread
from .store import ConflictError, Patch, Put, UnavailableError, Value, Write

TRIES = 3
LONGEST_REFERENCE = 200
KINDS = {"number": "text", "id_number": "id-number", "name": "name", "issued_on": "date", "issuer": "text"}
REQUIRED = ("id_number", "name")
STATUSES = ("valid", "withdrawn")


@dataclass(frozen=True, slots=True)
class Certificate:
    """As sent, tidied. `person` and `name_hash` are keyed hashes; `mark` tells a repetition."""

    kind: str
    number: str
    issued_on: str
    issuer: str
    status: str
    person: str
    name_hash: str
    mark: str


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
    key = reference_key(locality, claims.agency, sort, fingerprint(ports.secrets.fingerprint, reference))
    for _ in range(TRIES):
        before = ports.store.read([key]).get(key, {})
        if before.get("mark") == certificate.mark:
            return _answer(certificate, reference)
        try:
            ports.store.commit(_writes(ports, claims, locality, key, before, certificate))
        except ConflictError:
            continue
        # The delivery written with it is the guarantee; this only saves the wait.
        with contextlib.suppress(BusyError, UnavailableError):
            spread(ports, locality, certificate.person, sort)
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
    status = body.get("status", "valid")
    if status not in STATUSES:
        problems.append(Problem("choice", "status"))
    if problems:
        raise Refused(422, problems)
    person, name_hash = people.identify(ports.secrets, catalogue.slug, values["id_number"], values["name"])
    mark = fingerprint(ports.secrets.fingerprint, [values, status])
    return Certificate(sort, values["number"], values["issued_on"], values["issuer"], status, person, name_hash, mark)


def _value(sort: str, given: object, required: bool) -> str:
    if given is None or given == "":
        if required:
            raise KindError(Code.EMPTY)
        return ""
    if not isinstance(given, str):
        raise KindError(Code.CHARACTERS)
    return kind(sort).validate(given)


def _writes(
    ports: Ports, claims: Claims, locality: str, key: Any, before: Value, certificate: Certificate
) -> list[Write]:
    moment = ports.clock()
    name = f"{people.CERTIFICATE}{certificate.kind}"
    record = {"person": certificate.person, "mark": certificate.mark, "status": certificate.status}
    writes: list[Write] = [Put(key, record, before.get("version", 0))]
    if before and before["person"] != certificate.person:
        writes.append(Patch(person_key(before["person"]), remove=(name,), must_exist=True))
    if certificate.status == "withdrawn":
        return [*writes, Patch(person_key(certificate.person), remove=(name,))]
    value = {
        "name_hash": certificate.name_hash,
        "number": certificate.number,
        "issued_on": certificate.issued_on,
        "issuer": certificate.issuer,
        "agency": claims.agency,
        "at": iso(moment),
    }
    content = {"locality": locality, "person": certificate.person, "certificate": certificate.kind}
    delivery_id = f"{certificate.mark[:32]}.{key.pk[-16:]}.{before.get('version', 0)}.spread"
    return [
        *writes,
        Patch(person_key(certificate.person), set={name: value}),
        new_delivery(Kind.SPREAD, delivery_id, moment, **content),
    ]


def _answer(certificate: Certificate, reference: str) -> dict[str, Any]:
    return {"kind": certificate.kind, "reference": reference, "status": certificate.status}
