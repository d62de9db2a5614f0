"""Carry out one delivery: a message to an agency or a family, or a certificate to a person's other cases.

Receivers see one stable id however often it is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..cases.quiet import quiet_until
from ..catalogue import Catalogue, Way
from .attempts import attempt, postpone
from .casefile import known_case
from .deliveries import Kind
from .digest import DIGEST
from .opening import unsealed
from .ports import Carrier, Ports, Unwrapper
from .records import LEDGER
from .sealing import CONTACT, MESSENGER, PHONE
from .spread import spread
from .store import Key, Value
from .telling import message_of

Address = Callable[[Catalogue, str], str]
TEXT = (Way("text"),)
LONGEST = 500


class BadMessageError(ValueError):
    """A queue message that names no delivery."""


def deliver(ports: Ports, carrier: Carrier, body: Mapping[str, Any], address: Address) -> None:
    """Messages to agencies, and certificates. Raises BadMessageError, UnavailableError."""
    delivery = _open_delivery(ports, body, (Kind.AGENCY, Kind.SPREAD))
    if delivery is None:
        return
    if delivery["kind"] == Kind.SPREAD:
        attempt(ports, delivery, [Kind.SPREAD], lambda _: _spread(ports, delivery))
        return
    by_mail = delivery["message"] == DIGEST
    ways = agency_ways(ports.catalogue(delivery["locality"]), delivery["agency"], address, by_mail)
    channels = [way.channel for way in ways]
    attempt(ports, delivery, channels, lambda place: _send(ports, carrier, delivery, ways[place]))


def tell(
    ports: Ports,
    unwrapper: Unwrapper,
    carrier: Carrier,
    body: Mapping[str, Any],
    ways: Sequence[Way] = TEXT,
    rest: bool = True,
) -> None:
    """Messages to families; the only use case that opens their telephone number. Raises as `deliver`.

    Without `rest` they are sent at night too.
    """
    delivery = _open_delivery(ports, body, (Kind.FAMILY,))
    if delivery is None:
        return
    hours = ports.catalogue(delivery["locality"]).quiet_hours
    morning = quiet_until(hours, ports.clock()) if rest else None
    if morning:
        postpone(ports, delivery, morning)
        return
    channels = [way.channel for way in ways]
    attempt(ports, delivery, channels, lambda place: _tell(ports, unwrapper, carrier, delivery, ways[place]))


def agency_ways(catalogue: Catalogue, agency: str, address: Address, by_mail: bool = False) -> Sequence[Way]:
    """By mail where the catalogue names no other way; a mail without an address goes to the agency's usual one.

    `by_mail`: a list that no other channel can hold.
    """
    named = catalogue.agencies[agency].notify
    ways = tuple(way for way in named if way.channel == "mail" or not by_mail) or (Way("mail"),)
    return [replace(way, to=way.to or address(catalogue, agency)) if way.channel == "mail" else way for way in ways]


def _open_delivery(ports: Ports, body: Mapping[str, Any], kinds: tuple[Kind, ...]) -> Value | None:
    """None when it was carried out before: queues deliver at least once."""
    pk, sk = body.get("pk"), body.get("sk")
    if not (isinstance(pk, str) and isinstance(sk, str) and 0 < len(pk) <= LONGEST and len(sk) <= LONGEST):
        raise BadMessageError
    if not sk.startswith(LEDGER):
        raise BadMessageError
    key = Key(pk, sk)
    delivery = ports.store.read([key]).get(key)
    if delivery is None or delivery["kind"] not in kinds:
        raise BadMessageError
    return delivery if delivery.get("shard") else None


def _spread(ports: Ports, delivery: Value) -> None:
    place, person, kind = (delivery[name] for name in ("locality", "person", "certificate"))
    spread(ports, place, person, kind, delivery.get("change", ""), delivery.get("mark", ""))


def _send(ports: Ports, carrier: Carrier, delivery: Value, way: Way) -> None:
    number = delivery.get("case_number")
    file = known_case(ports.store, delivery["locality"], number) if number else None
    carrier.send(way, message_of(ports, delivery, file))


def _tell(ports: Ports, unwrapper: Unwrapper, carrier: Carrier, delivery: Value, way: Way) -> None:
    file = known_case(ports.store, delivery["locality"], delivery["case_number"])
    message = message_of(ports, delivery, file)
    phone = unsealed(ports, unwrapper, file.case, CONTACT, MESSENGER)[PHONE]
    carrier.send(replace(way, to=phone), message)
