"""One try to carry out a delivery: it is closed when it got through, tried again later, or given up and noted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from ..cases.moments import beijing_date
from .board import Sort, noted
from .deliveries import Kind, due_at, key_of, next_try, to_agency
from .following import following, place_of
from .ports import DeliveryError, Ports
from .refused import BusyError
from .store import ConflictError, Patch, UnavailableError, Value, Write
from .tries import LONGEST_REASON, Outcome, delivered, given_up, record, tried

LONGEST_WAIT = timedelta(hours=12)
UNDELIVERED = "undelivered"


def attempt(ports: Ports, delivery: Value, channels: Sequence[str], send: Callable[[int], None]) -> None:
    """`send` is given the place of the channel in use. What nobody foresaw is recorded as a failure, and raised."""
    place = place_of(delivery, len(channels))
    try:
        send(place)
    except UnavailableError:
        raise
    except BusyError:
        _failed(ports, delivery, channels, DeliveryError("busy"))
    except DeliveryError as error:
        _failed(ports, delivery, channels, error)
    except Exception as error:
        _failed(ports, delivery, channels, DeliveryError(type(error).__name__))
        raise
    else:
        record(ports, delivery, lambda known: [delivered(ports, known, channels[place])])


def postpone(ports: Ports, delivery: Value, until: datetime) -> None:
    """No try, and no failure either."""
    later = {"next_try": due_at(until, delivery["delivery_id"])}
    ports.store.commit([Patch(key_of(delivery), set=later, must_exist=True)])


def _failed(ports: Ports, delivery: Value, channels: Sequence[str], error: DeliveryError) -> None:
    made = record(ports, delivery, lambda known: _again(ports, known, channels, error))
    closes = any(isinstance(write, Patch) and write.set.get("outcome") for write in made)
    if closes and delivery["kind"] != Kind.SPREAD and delivery["message"] != UNDELIVERED:
        _tell_lead(ports, delivery["locality"])


def _again(ports: Ports, delivery: Value, channels: Sequence[str], error: DeliveryError) -> list[Write]:
    """Another channel is tried at once; the same one after a while, and not before it asked for."""
    now, place = ports.clock(), place_of(delivery, len(channels))
    outcome = Outcome.REFUSED if error.permanent else Outcome.FAILED
    known = following(delivery, len(channels), error.permanent)
    later = next_try(delivery, now, ports.randbelow(1000) / 1000)
    if known is None or later is None:
        closing = given_up(ports, delivery, channels[place], outcome, str(error))
        return [closing, _noted(ports, delivery, channels[place], str(error))]
    asked = now + min(timedelta(seconds=error.retry_after), LONGEST_WAIT)
    moment = max(later, asked) if known["place"] == place else now
    changes = {**known, "next_try": due_at(moment, delivery["delivery_id"])}
    return [tried(ports, delivery, channels[place], outcome, str(error), changes)]


def _noted(ports: Ports, delivery: Value, channel: str, reason: str) -> Write:
    names = ("case_number", "task_id", "kind", "message", "agency")
    about = {name: delivery.get(name, "") for name in names}
    tried_last = {"channel": channel, "why": reason[:LONGEST_REASON], "since": delivery["since"]}
    locality, delivery_id = delivery["locality"], delivery["delivery_id"]
    agency = ports.catalogue(locality).agencies.get(about["agency"])
    return noted(
        locality,
        Sort.UNDELIVERED,
        delivery_id,
        ports.clock(),
        **about,
        **tried_last,
        agency_name=agency.name if agency else "",
    )


def _tell_lead(ports: Ports, locality: str) -> None:
    """Once a day: the board has every one of them."""
    moment, lead = ports.clock(), ports.catalogue(locality).lead
    fact = f"{locality}.{beijing_date(moment)}"
    try:
        ports.store.commit([to_agency(UNDELIVERED, fact, lead, moment, locality=locality)])
    except ConflictError:
        return
