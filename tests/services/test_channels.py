"""When the first channel fails, the second is tried; when none is left, a person is told."""

import doctest
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.cases.numbers import tidy
from chalicelib.catalogue import Catalogue, Way
from chalicelib.services import following as followings
from chalicelib.services.board import notes
from chalicelib.services.following import PATIENCE, following
from chalicelib.services.ledger import of_case
from chalicelib.services.ports import DeliveryError
from chalicelib.services.store import UnavailableError
from tests import applications
from tests.services.world import World

HOOK = Way("webhook", url="https://police.example/hook", secret_name="police")
ONE = {"matters": ["death-certificate"], "payee": None}


def notifying(world: World, *ways: Way, agency: str = "health") -> None:
    def catalogue(slug: str) -> Catalogue:
        known = world.catalogue(slug)
        return replace(known, agencies=known.agencies | {agency: replace(known.agencies[agency], notify=ways)})

    world.ports = replace(world.ports, catalogue=catalogue)


def submitted(world: World) -> str:
    return tidy(world.submit(applications.jining(**ONE)).receipt["case_number"])


def entry(world: World, number: str, to: str = "health") -> Any:
    return next(one for one in of_case(world.ports, "jining", number) if one["to"] == to)


def tries(world: World, number: str, to: str = "health") -> list[tuple[str, str, str]]:
    return [(one["channel"], one["outcome"], one["reason"]) for one in entry(world, number, to)["tries"]]


def test_an_agency_is_told_by_the_first_of_its_channels(world: World) -> None:
    notifying(world, HOOK, Way("mail"))
    submitted(world)
    world.deliver_all()
    ((way, message),) = world.hooks.sent
    assert (way, message.template) == (HOOK, "new-task")
    assert not world.mailer.sent


def test_a_channel_that_refuses_for_good_is_followed_by_the_next_at_once(world: World) -> None:
    notifying(world, HOOK, Way("mail", "duty@health.example"))
    world.hooks.broken["webhook"] = DeliveryError("http 410", permanent=True)
    number = submitted(world)
    world.deliver_all()
    world.deliver_all()
    assert [to for to, *_ in world.mailer.sent] == ["duty@health.example"]
    assert tries(world, number) == [("webhook", "refused", "http 410"), ("mail", "delivered", "")]


def test_a_channel_in_trouble_is_given_some_tries_before_the_next(world: World) -> None:
    notifying(world, HOOK, Way("mail"))
    world.hooks.broken["webhook"] = DeliveryError("TimeoutError")
    number = submitted(world)
    for _ in range(PATIENCE + 1):
        world.deliver_all()
        world.later(minutes=13)
    assert [channel for channel, *_ in tries(world, number)] == ["webhook"] * PATIENCE + ["mail"]
    assert len(world.mailer.sent) == 1
    assert world.mailer.sent[0][0] == "health@jining.example"


def test_channels_in_trouble_take_turns_until_one_gets_through(world: World) -> None:
    notifying(world, HOOK, Way("mail"))
    world.hooks.broken["webhook"] = DeliveryError("http 503")
    world.mailer.fails = PATIENCE
    number = submitted(world)
    for _ in range(2 * PATIENCE):
        world.deliver_all()
        world.later(hours=2)
    world.hooks.broken.clear()
    world.deliver_all()
    assert [channel for channel, *_ in tries(world, number)] == ["webhook"] * PATIENCE + ["mail"] * PATIENCE + [
        "webhook"
    ]
    assert entry(world, number)["outcome"] == "delivered"


def test_one_that_refused_is_not_asked_again(world: World) -> None:
    notifying(world, HOOK, Way("mail"))
    world.hooks.broken["webhook"] = DeliveryError("http 410", permanent=True)
    world.mailer.fails = 3 * PATIENCE
    number = submitted(world)
    for _ in range(2 * PATIENCE):
        world.deliver_all()
        world.later(hours=2)
    assert [channel for channel, *_ in tries(world, number)] == ["webhook"] + ["mail"] * (2 * PATIENCE - 1)


def test_when_every_channel_refuses_it_is_given_up_and_stands_on_the_board(world: World) -> None:
    notifying(world, HOOK, Way("wecom", url="https://robot.example/send", secret_name="group"))
    world.hooks.broken["webhook"] = DeliveryError("http 410", permanent=True)
    world.hooks.broken["wecom"] = DeliveryError("address refused", permanent=True)
    number = submitted(world)
    for _ in range(3):
        world.deliver_all()
    assert entry(world, number)["outcome"] == "undeliverable"
    (note,) = notes(world.store, "jining", "undelivered")
    expected = {
        "case_number": number,
        "agency": "health",
        "message": "new-task",
        "kind": "agency",
        "agency_name": "卫健部门",
    }
    assert note.items() >= {**expected, "channel": "wecom", "why": "address refused"}.items()


def test_after_three_days_it_is_given_up_whatever_channels_there_are(world: World) -> None:
    notifying(world, HOOK, Way("mail"))
    world.hooks.broken["webhook"] = DeliveryError("http 500")
    world.mailer.fails = 10_000
    number = submitted(world)
    for _ in range(37):
        world.deliver_all()
        assert entry(world, number)["outcome"] == "waiting"
        world.later(hours=2)
    world.deliver_all()
    assert entry(world, number)["outcome"] == "undeliverable"
    assert len(notes(world.store, "jining", "undelivered")) == 1


def test_the_lead_agency_is_told_by_mail_once_a_day(world: World) -> None:
    notifying(world, HOOK)
    world.hooks.broken["webhook"] = DeliveryError("http 410", permanent=True)

    def told() -> list[str]:
        world.deliver_all()
        world.deliver_all()
        return [to for to, subject, *_ in world.mailer.sent if subject == "有消息没有送达"]

    submitted(world)
    submitted(world)
    assert told() == ["administrative-approval@jining.example"]
    assert len(notes(world.store, "jining", "undelivered")) > 1
    world.later(hours=13)
    submitted(world)
    assert len(told()) == 1
    world.later(hours=2)
    submitted(world)
    assert len(told()) == 2


def test_that_the_lead_agency_cannot_be_told_is_not_told_to_it(world: World) -> None:
    world.mailer.fails, world.mailer.permanent = 1000, True
    submitted(world)
    for _ in range(5):
        world.deliver_all()
        world.later(days=1)
    kept = [one for key, one in world.store.records.items() if one.get("message") == "undelivered"]
    assert [one["outcome"] for one in kept if "outcome" in one] == ["undeliverable"]
    assert len(notes(world.store, "jining", "undelivered")) == 2


def test_a_family_that_cannot_be_reached_stands_on_the_board_without_its_number(world: World) -> None:
    world.hooks.broken["text"] = DeliveryError("http 422", permanent=True)
    number = submitted(world)
    world.deliver_all()
    (note,) = notes(world.store, "jining", "undelivered")
    assert (note["kind"], note["message"], note["case_number"]) == ("family", "receipt", number)
    assert applications.applicant()["phone"] not in repr(world.store.records)


@pytest.mark.parametrize(("asked", "waits"), [(0, 1), (1800, 30), (3600 * 5, 300), (10**9, 720)])
def test_a_channel_that_asks_for_patience_gets_it_within_bounds(world: World, asked: int, waits: int) -> None:
    notifying(world, HOOK)
    world.hooks.broken["webhook"] = DeliveryError("http 429", retry_after=asked)
    number = submitted(world)
    world.deliver_all()
    later = datetime.fromisoformat(entry(world, number)["next_try"]) - world.now
    assert timedelta(minutes=waits) - timedelta(seconds=50) < later <= timedelta(minutes=waits)


def test_what_nobody_foresaw_is_a_failure_too_and_ends_like_one(world: World) -> None:
    """Otherwise it would come back every two minutes for ever."""
    notifying(world, HOOK)
    world.hooks.broken["webhook"] = KeyError("a name that must not be kept")  # type: ignore[assignment]
    number = submitted(world)
    for _ in range(40):
        with pytest.raises(KeyError):
            world.deliver_all()
        world.later(hours=2)
        if entry(world, number)["outcome"] != "waiting":
            break
    assert entry(world, number)["outcome"] == "undeliverable"
    assert {reason for _, _, reason in tries(world, number)} == {"KeyError"}


def test_a_store_that_is_away_is_nobodys_failure(world: World) -> None:
    notifying(world, HOOK)
    world.hooks.broken["webhook"] = UnavailableError()  # type: ignore[assignment]
    number = submitted(world)
    with pytest.raises(UnavailableError):
        world.deliver_all()
    assert entry(world, number)["attempts"] == 0


def test_a_channel_that_is_no_longer_there_is_passed_over(world: World) -> None:
    notifying(world, HOOK, Way("mail"))
    world.hooks.broken["webhook"] = DeliveryError("http 410", permanent=True)
    submitted(world)
    world.deliver_all()
    notifying(world, Way("wecom", url="https://robot.example/send", secret_name="group"))
    world.deliver_all()
    assert [way.channel for way, _ in world.hooks.sent] == ["wecom"]


@pytest.mark.parametrize(
    ("known", "channels", "permanent", "expected"),
    [
        ((0, 0, []), 2, False, (0, 1, [])),
        ((0, PATIENCE - 1, []), 2, False, (1, 0, [])),
        ((1, PATIENCE - 1, []), 2, False, (0, 0, [])),
        ((1, PATIENCE - 1, [0]), 2, False, (1, PATIENCE, [0])),
        ((0, 0, []), 3, True, (1, 0, [0])),
        ((2, 0, [1]), 3, True, (0, 0, [1, 2])),
        ((1, 0, [0]), 2, True, None),
        ((0, 99, []), 1, False, (0, 100, [])),
        ((0, 0, []), 1, True, None),
        ((3, 0, [2]), 2, True, (0, 0, [1, 2])),
    ],
)
def test_which_channel_follows(
    known: tuple[int, int, list[int]], channels: int, permanent: bool, expected: tuple[int, int, list[int]] | None
) -> None:
    names = ("place", "failed", "refused")
    found = following(dict(zip(names, known, strict=True)), channels, permanent)
    assert found == (expected and dict(zip(names, expected, strict=True)))


def test_the_examples_in_its_description_hold() -> None:
    assert doctest.testmod(followings).failed == 0
