"""Carry out one delivery: a mail to an agency, a message to a family, a certificate to a person's other cases.

Each is closed when it got through and tried again later when it did not; receivers see one stable id.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from ..cases.case import Task
from ..cases.numbers import group
from ..catalogue import Catalogue
from .casefile import CaseFile, known_case
from .deliveries import Kind, due_at, next_try
from .opening import unsealed
from .ports import DeliveryError, Mailer, Ports, Texter, Unwrapper
from .records import delivery_key
from .refused import BusyError
from .sealing import CONTACT, MESSENGER, PHONE
from .spread import spread
from .store import Patch, Value

KEPT = timedelta(days=30)
Address = Callable[[Catalogue, str], str]


class BadMessageError(ValueError):
    """A queue message that names no delivery."""


def deliver(ports: Ports, mailer: Mailer, body: Mapping[str, Any], address: Address) -> None:
    """Mails and certificates. Raises BadMessageError, UnavailableError."""
    delivery = _open_delivery(ports, body, (Kind.AGENCY, Kind.SPREAD))
    if delivery is None:
        return
    if delivery["kind"] == Kind.SPREAD:
        _attempt(ports, delivery, lambda: _spread(ports, delivery))
    else:
        _attempt(ports, delivery, lambda: _mail(ports, mailer, delivery, address))


def tell(ports: Ports, unwrapper: Unwrapper, texter: Texter, body: Mapping[str, Any]) -> None:
    """Messages to families; the only use case that opens their telephone number. Raises as `deliver`."""
    delivery = _open_delivery(ports, body, (Kind.FAMILY,))
    if delivery is not None:
        _attempt(ports, delivery, lambda: _text(ports, unwrapper, texter, delivery))


def _open_delivery(ports: Ports, body: Mapping[str, Any], kinds: tuple[Kind, ...]) -> Value | None:
    """None when it was carried out before: queues deliver at least once."""
    delivery_id = body.get("delivery_id")
    if not isinstance(delivery_id, str) or not 0 < len(delivery_id) <= 300:
        raise BadMessageError
    key = delivery_key(delivery_id)
    delivery = ports.store.read([key]).get(key)
    if delivery is None or delivery["kind"] not in kinds:
        raise BadMessageError
    return delivery if delivery.get("shard") else None


def _attempt(ports: Ports, delivery: Value, send: Callable[[], None]) -> None:
    try:
        send()
    except (DeliveryError, BusyError) as error:
        _again(ports, delivery, permanent=isinstance(error, DeliveryError) and error.permanent)
    else:
        _close(ports, delivery, "delivered")


def _close(ports: Ports, delivery: Value, outcome: str) -> None:
    moment = ports.clock()
    kept_until = int((moment + KEPT).timestamp())
    change = Patch(
        delivery_key(delivery["delivery_id"]),
        set={"outcome": outcome, "expires_at": kept_until},
        add={"attempts": 1},
        remove=("shard", "next_try"),
    )
    ports.store.commit([change])


def _again(ports: Ports, delivery: Value, permanent: bool) -> None:
    moment = None if permanent else next_try(delivery, ports.clock(), ports.randbelow(1000) / 1000)
    if moment is None:
        _close(ports, delivery, "undeliverable")
        return
    later = {"next_try": due_at(moment, delivery["delivery_id"])}
    ports.store.commit([Patch(delivery_key(delivery["delivery_id"]), set=later, add={"attempts": 1})])


def _spread(ports: Ports, delivery: Value) -> None:
    spread(ports, delivery["locality"], delivery["person"], delivery["certificate"])


def _mail(ports: Ports, mailer: Mailer, delivery: Value, address: Address) -> None:
    catalogue = ports.catalogue(delivery["locality"])
    template = catalogue.texts["messages"][delivery["message"]]
    values = _values(ports, catalogue, known_case(ports.store, delivery["locality"], delivery["case_number"]), delivery)
    agency = delivery["agency"]
    values["agency"] = catalogue.agencies[agency].name
    subject, text = template["subject"].format_map(values), template["text"].format_map(values)
    mailer.send(address(catalogue, agency), subject, text, delivery["delivery_id"])


def _text(ports: Ports, unwrapper: Unwrapper, texter: Texter, delivery: Value) -> None:
    catalogue = ports.catalogue(delivery["locality"])
    file = known_case(ports.store, delivery["locality"], delivery["case_number"])
    template = catalogue.texts["messages"][delivery["message"]]["text"]
    values = _values(ports, catalogue, file, delivery)
    phone = unsealed(ports, unwrapper, file.case, CONTACT, MESSENGER)[PHONE]
    variables = {name: one for name, one in values.items() if f"{{{name}}}" in template}
    texter.send(phone, delivery["message"], variables, template.format_map(values).strip(), delivery["delivery_id"])


def _values(ports: Ports, catalogue: Catalogue, file: CaseFile, delivery: Value) -> dict[str, str]:
    """What a template may say: numbers, names of items and agencies, addresses; nothing personal."""
    task = file.task(delivery.get("task_id", ""))
    phones = (one["number"] for one in catalogue.texts["telephones"] if one.get("number"))
    place = f"{ports.origin}/{catalogue.slug}/lookup/"
    return {
        "theme": catalogue.theme,
        "case_number": group(file.case.number),
        "count": str(len([one for one in file.tasks if one.first])),
        "item": task.name if task else "",
        "agency": task.agency_name if task else "",
        "state": _state(catalogue, task),
        "phone": next(phones, ""),
        "address": place,
        "link": f"{ports.origin}/api/{catalogue.slug}/tasks/{task.task_id if task else ''}",
    }


def _state(catalogue: Catalogue, task: Task | None) -> str:
    return str(catalogue.texts["wording"]["states"][task.state]["name"]) if task else ""
