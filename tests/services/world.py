"""One place with its keys, a clock that a test moves, and what was sent."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chalicelib.cases.envelope import generate_key
from chalicelib.cases.holidays import published_calendar
from chalicelib.cases.moments import BEIJING
from chalicelib.catalogue import Catalogue, Channel, NoLocalityError
from chalicelib.services.certificates import put_certificate
from chalicelib.services.claims import Claims, Role
from chalicelib.services.deliver import deliver, tell
from chalicelib.services.lookup import look_up
from chalicelib.services.opening import open_task
from chalicelib.services.ports import DeliveryError, Ports, Secrets
from chalicelib.services.records import directory_key, private_key
from chalicelib.services.report import report
from chalicelib.services.sealing import MESSENGER
from chalicelib.services.store import Put
from chalicelib.services.submit import Outcome, submit
from chalicelib.services.sweep import sweep
from chalicelib.services.worklist import list_tasks
from tests.catalogues import catalogue, compiled
from tests.services.memory import MemoryStore

_reports = itertools.count()


@dataclass
class Mailer:
    sent: list[tuple[str, ...]] = field(default_factory=list)
    fails: int = 0
    permanent: bool = False

    def send(self, to: str, *what: Any) -> None:
        if self.fails:
            self.fails -= 1
            raise DeliveryError("no answer", self.permanent)
        self.sent.append((to, *what))


@dataclass
class Hooks:
    """What any other channel carried: the way and the message; `broken` channels fail, or refuse for good."""

    sent: list[tuple[Any, Any]] = field(default_factory=list)
    broken: dict[str, DeliveryError] = field(default_factory=dict)


@dataclass
class Channels:
    """The one port in front of them all."""

    mailer: Mailer
    texter: Mailer
    hooks: Hooks

    def send(self, way: Any, message: Any) -> None:
        if way.channel in self.hooks.broken:
            raise self.hooks.broken[way.channel]
        if way.channel == "mail":
            self.mailer.send(way.to, message.subject, message.text, message.message_id)
        elif way.channel == "text":
            self.texter.send(way.to, message.template, message.variables, message.text, message.message_id)
        else:
            self.hooks.sent.append((way, message))


@dataclass
class MemoryArchive:
    objects: dict[str, bytes] = field(default_factory=dict)

    def put(self, name: str, content: bytes) -> None:
        self.objects[name] = content

    def get(self, name: str) -> bytes | None:
        return self.objects.get(name)


@dataclass
class ListQueue:
    bodies: list[Any] = field(default_factory=list)

    def send(self, bodies: list[Any]) -> list[bool]:
        self.bodies += bodies
        return [True] * len(bodies)


class World:
    """The use cases of one process over a store in memory."""

    def __init__(self, at: str = "2026-11-23T10:00:00") -> None:
        self.store = MemoryStore()
        self.now = datetime.fromisoformat(at).replace(tzinfo=BEIJING)
        self.mailer, self.texter, self.hooks = Mailer(), Mailer(), Hooks()
        self.channels = Channels(self.mailer, self.texter, self.hooks)
        self.ports = Ports(
            store=self.store,
            clock=lambda: self.now,
            catalogue=self.catalogue,
            calendar=published_calendar(),
            randbelow=__import__("secrets").randbelow,
            secrets=Secrets({"v1": b"i" * 32}, "v1", b"l" * 32, b"f" * 32),
            origin="http://127.0.0.1:8000",
        )
        for slug in compiled():
            self._make_keys(slug)

    def catalogue(self, slug: str) -> Catalogue:
        if slug not in compiled():
            raise NoLocalityError(slug)
        return catalogue(slug)

    def _make_keys(self, slug: str) -> None:
        pairs = {recipient: generate_key() for recipient in (*catalogue(slug).agencies, MESSENGER)}
        public = {name: {"key_id": pair.key_id, "public": pair.public} for name, pair in pairs.items()}
        private = [Put(private_key(slug, name, pair.key_id), {"wrapped": pair.private}) for name, pair in pairs.items()]
        self.store.commit([Put(directory_key(slug), {"keys": public}), *private])
        self.store.calls.clear()

    def unwrap(self, wrapped: bytes, context: Any) -> bytes:
        """Stands for the key service: the tests of its adapter prove that contexts matter."""
        return wrapped

    def claims(self, agency: str, role: Role = Role.AGENCY, locality: str = "jining") -> Claims:
        return Claims("clerk-1", role, locality, agency)

    def submit(self, body: Any, locality: str = "jining", channel: Channel = Channel.ONLINE) -> Outcome:
        return submit(self.ports, locality, body, channel)

    def look_up(self, receipt: Any, locality: str = "jining") -> Any:
        return look_up(self.ports, locality, receipt["case_number"], receipt["lookup_code"])

    def tasks(self, agency: str, state: str = "open", locality: str = "jining") -> list[Any]:
        return list_tasks(self.ports, self.claims(agency, locality=locality), locality, state, None)["tasks"]

    def open_task(self, agency: str, task_id: str, locality: str = "jining") -> Any:
        return open_task(self.ports, self, self.claims(agency, locality=locality), locality, task_id)

    def report(self, agency: str, task_id: str, action: str, locality: str = "jining", **more: Any) -> Any:
        body = {"report_id": f"r{next(_reports)}", "action": action, **more}
        return report(self.ports, self.claims(agency, locality=locality), locality, task_id, body)

    def finish(self, agency: str, task_id: str, locality: str = "jining", **more: Any) -> Any:
        self.report(agency, task_id, "accept", locality)
        return self.report(agency, task_id, "complete", locality, **more)

    def certify(self, agency: str, kind: str, body: Any, reference: str = "ref-1", locality: str = "jining") -> Any:
        claims = self.claims(agency, Role.CERTIFIER, locality)
        return put_certificate(self.ports, claims, locality, kind, reference, body)

    def deliver_all(self) -> None:
        """One sweep and everything it queues."""
        deliveries, messages = ListQueue(), ListQueue()
        sweep(self.ports, deliveries, messages)
        for body in deliveries.bodies:
            deliver(self.ports, self.channels, body, lambda catalogue, agency: f"{agency}@{catalogue.slug}.example")
        for body in messages.bodies:
            tell(self.ports, self, self.channels, body)

    def later(self, **delta: int) -> None:
        self.now += timedelta(**delta)


def task_of(receipt: Any, item: str) -> Any:
    return next(task for task in receipt["tasks"] if task["item"] == item)
