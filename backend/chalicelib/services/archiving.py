"""The file of a closed case for the archive: everything known of it, sealed to the lead agency once more as a whole."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..cases.canonical import canonical
from ..cases.case import row
from ..cases.envelope import Envelope, EnvelopeInfo, open_sealed, seal
from ..catalogue import Catalogue
from .casefile import CaseFile
from .ports import Archive, Ports, Unwrapper
from .records import case_partition, private_key
from .refused import not_found
from .store import Store, Value

ARCHIVE = "archive"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Exported:
    """One object of the archive."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def exported(
    store: Store, catalogue: Catalogue, file: CaseFile, sealed: Sequence[Value], directory: Mapping[str, Any]
) -> Exported:
    """Of the case's envelopes, `sealed`, the lead agency's go along as they are: nobody here can open one."""
    case, lead = file.case, catalogue.lead
    audit = store.read_partition(case_partition(case.locality, case.number), "audit#")
    content = {
        "format": FORMAT,
        "case": row(case),
        "tasks": [row(task) for task in file.tasks],
        "audit": [dict(one) for one in audit],
        "sealed": [_carried(one) for one in sealed if one["recipient"] == lead],
    }
    key = directory[lead]
    envelope = seal(key["public"], key["key_id"], content, _info(case.locality, case.number, lead))
    outer = {
        "format": FORMAT,
        "locality": case.locality,
        "case": case.number,
        "recipient": lead,
        "suite": envelope.suite,
        "key_id": envelope.key_id,
        "ciphertext": base64.b64encode(envelope.ciphertext).decode(),
    }
    return Exported(name_of(case.locality, case.number), canonical(outer))


def read_archived(ports: Ports, unwrapper: Unwrapper, archive: Archive, locality: str, number: str) -> dict[str, Any]:
    """The whole file with its envelopes opened, for whoever may use the lead agency's key. Raises Refused (404)."""
    content = archive.get(name_of(locality, number))
    if content is None:
        raise not_found()
    outer = json.loads(content)
    lead = outer["recipient"]
    file = _open(ports, unwrapper, outer, _info(locality, number, lead))
    opened = {
        one["purpose"]: _open(ports, unwrapper, one, EnvelopeInfo(locality, number, one["purpose"], lead))
        for one in file["sealed"]
    }
    return {**file, "sealed": opened}


def name_of(locality: str, number: str) -> str:
    return f"cases/{locality}/{number}.json"


def _carried(one: Value) -> dict[str, Any]:
    purpose = one["sk"].removeprefix("envelope#")
    ciphertext = base64.b64encode(one["ciphertext"]).decode()
    return {"purpose": purpose, "suite": one["suite"], "key_id": one["key_id"], "ciphertext": ciphertext}


def _open(ports: Ports, unwrapper: Unwrapper, one: Mapping[str, Any], info: EnvelopeInfo) -> dict[str, Any]:
    key = private_key(info.locality, info.recipient, one["key_id"])
    context = {"locality": info.locality, "recipient": info.recipient, "key_id": one["key_id"]}
    private = unwrapper.unwrap(ports.store.read([key])[key]["wrapped"], context)
    return open_sealed(private, Envelope(one["suite"], one["key_id"], base64.b64decode(one["ciphertext"])), info)


def _info(locality: str, number: str, recipient: str) -> EnvelopeInfo:
    return EnvelopeInfo(locality, number, ARCHIVE, recipient)
