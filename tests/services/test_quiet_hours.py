"""At night no family's telephone rings; agencies are told at any hour."""

import pytest

from chalicelib.cases.numbers import tidy
from chalicelib.services.deliver import tell
from chalicelib.services.ledger import of_case
from chalicelib.services.ports import DeliveryError
from chalicelib.services.sweep import sweep
from tests import applications
from tests.services.world import ListQueue, World

ONE = {"matters": ["death-certificate"], "payee": None}


@pytest.fixture
def night() -> World:
    return World("2026-11-23T21:00:00")


def test_a_receipt_asked_for_at_night_comes_in_the_morning(night: World) -> None:
    receipt = night.submit(applications.jining(**ONE)).receipt
    night.deliver_all()
    assert not night.texter.sent
    family = next(one for one in of_case(night.ports, "jining", tidy(receipt["case_number"])) if one["to"] == "family")
    assert family["next_try"] == "2026-11-24T08:00:00+08:00"
    assert (family["attempts"], family["tries"]) == (0, []), "waiting is no failure"
    night.later(hours=10, minutes=59)
    night.deliver_all()
    assert not night.texter.sent
    night.later(minutes=1)
    night.deliver_all()
    assert len(night.texter.sent) == 1


def test_a_night_asks_nothing_of_the_store_until_the_morning(night: World) -> None:
    night.submit(applications.jining(**ONE))
    night.deliver_all()
    night.later(hours=3)
    deliveries, messages = ListQueue(), ListQueue()
    assert sweep(night.ports, deliveries, messages)["found"] == 0


def test_nobodys_telephone_number_is_opened_at_night(night: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def unwrap(*_: object) -> bytes:
        raise AssertionError("opened")

    monkeypatch.setattr(night, "unwrap", unwrap)
    night.submit(applications.jining(**ONE))
    night.deliver_all()


def test_an_agency_is_told_at_night(night: World) -> None:
    night.submit(applications.jining(**ONE))
    night.deliver_all()
    assert len(night.mailer.sent) == 1


def test_a_message_that_failed_in_the_evening_is_not_tried_at_night() -> None:
    world = World("2026-11-23T20:59:30")
    world.submit(applications.jining(**ONE))
    world.texter.fails = 1
    for _ in range(12 * 60):
        world.deliver_all()
        world.later(minutes=1)
        if world.texter.sent:
            break
    assert world.now.strftime("%d %H:%M") == "24 08:01"


def test_every_place_rests_at_night(night: World) -> None:
    night.submit(applications.guyang(), "guyang")
    night.deliver_all()
    assert not night.texter.sent


def test_where_nobody_is_reached_nobody_rests(night: World) -> None:
    night.submit(applications.jining(**ONE))
    messages = ListQueue()
    sweep(night.ports, ListQueue(), messages)
    tell(night.ports, night, night.channels, messages.bodies[0], rest=False)
    assert len(night.texter.sent) == 1


def test_a_wrong_number_at_night_is_known_in_the_morning(night: World) -> None:
    night.hooks.broken["text"] = DeliveryError("http 422", permanent=True)
    receipt = night.submit(applications.jining(**ONE)).receipt
    night.deliver_all()
    night.later(hours=11)
    night.deliver_all()
    family = next(one for one in of_case(night.ports, "jining", tidy(receipt["case_number"])) if one["to"] == "family")
    assert family["outcome"] == "undeliverable"
