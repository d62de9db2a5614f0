"""The ledger of a case: every message with its channel, tries and outcome, and nothing personal."""

from typing import Any

import pytest

from chalicelib.cases.numbers import tidy
from chalicelib.services.attempts import attempt
from chalicelib.services.deliveries import key_of
from chalicelib.services.ledger import of_case
from chalicelib.services.store import Patch
from chalicelib.services.sweep import sweep
from chalicelib.services.tries import MOST_TRIES
from tests import applications
from tests.services.world import ListQueue, World, task_of

ONE = {"matters": ["death-certificate"], "payee": None}


def ledger(world: World, receipt: Any) -> list[Any]:
    return of_case(world.ports, "jining", tidy(receipt["case_number"]))


def test_before_anything_is_sent_the_ledger_says_what_is_on_its_way(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    entries = ledger(world, receipt)
    assert sorted(one["to"] for one in entries) == sorted([*(task["agency"] for task in receipt["tasks"]), "family"])
    assert {(one["outcome"], one["attempts"], one["channel"]) for one in entries} == {("waiting", 0, "")}


def test_it_is_read_in_one_call(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.store.calls.clear()
    ledger(world, receipt)
    assert dict(world.store.calls) == {"read": 1}


def test_every_recipient_has_channel_tries_and_outcome(world: World) -> None:
    world.mailer.fails = 1
    receipt = world.submit(applications.jining(**ONE)).receipt
    world.deliver_all()
    world.later(minutes=2)
    world.deliver_all()
    agency, family = sorted(ledger(world, receipt), key=lambda one: str(one["to"] == "family"))
    assert (agency["to"], agency["channel"], agency["outcome"], agency["attempts"]) == (
        "health",
        "mail",
        "delivered",
        2,
    )
    assert [(one["at"], one["outcome"], one["reason"]) for one in agency["tries"]] == [
        ("2026-11-23T10:00:00+08:00", "failed", "no answer"),
        ("2026-11-23T10:02:00+08:00", "delivered", ""),
    ]
    assert (family["to"], family["message"], family["channel"], family["outcome"]) == (
        "family",
        "receipt",
        "text",
        "delivered",
    )
    assert not family["next_try"]


def test_each_case_has_its_own(world: World) -> None:
    first = world.submit(applications.jining(**ONE)).receipt
    other = world.submit(applications.guyang(), "guyang").receipt
    world.deliver_all()
    assert {one["to"] for one in ledger(world, first)} == {"health", "family"}
    assert ledger(world, other) == []
    assert of_case(world.ports, "guyang", tidy(other["case_number"]))
    assert of_case(world.ports, "jining", "000000000000") == []


def test_it_holds_nothing_personal_and_not_what_was_said(world: World) -> None:
    body = applications.jining()
    receipt = world.submit(body).receipt
    world.report("health", task_of(receipt, "death-certificate")["task_id"], "decline", reason="姓名对不上")
    world.deliver_all()
    said = repr(ledger(world, receipt))
    for part in ("applicant", "deceased"):
        for name, value in body[part].items():
            if isinstance(value, str) and name != "sex":
                assert value not in said
    assert receipt["lookup_code"] not in said
    assert "姓名对不上" not in said
    assert "@" not in said


def test_only_the_latest_tries_are_kept_and_all_are_counted(world: World) -> None:
    world.mailer.fails = 10_000
    receipt = world.submit(applications.jining(**ONE)).receipt
    for _ in range(MOST_TRIES + 10):
        world.deliver_all()
        world.later(hours=2)
    agency = next(one for one in ledger(world, receipt) if one["to"] == "health")
    assert (len(agency["tries"]), agency["attempts"]) == (MOST_TRIES, MOST_TRIES + 10)
    assert agency["tries"][-1]["at"] > agency["tries"][0]["at"] > agency["since"]


def test_a_result_and_a_receipt_are_messages_of_their_own(world: World) -> None:
    receipt = world.submit(applications.jining(**ONE)).receipt
    world.finish("health", receipt["tasks"][0]["task_id"])
    told = [one["message"] for one in ledger(world, receipt) if one["to"] == "family"]
    assert sorted(told) == ["receipt", "task-completed"]


@pytest.mark.parametrize("other", ["failed", "delivered"])
def test_two_that_carry_out_one_delivery_lose_neither_try(world: World, other: str) -> None:
    """The lease ran out while the first was waiting for an answer."""
    receipt = world.submit(applications.jining(**ONE)).receipt
    queue = ListQueue()
    sweep(world.ports, queue, ListQueue())
    (delivery,) = [one for one in world.store.records.values() if one.get("agency") == "health" and "tries" in one]
    stale = dict(delivery)
    changes: dict[str, Any] = {"tries": [{"at": "x", "channel": "mail", "outcome": other, "reason": ""}]}
    if other == "delivered":
        changes["outcome"] = "delivered"
    gone = ("shard", "next_try") if other == "delivered" else ()
    world.store.commit([Patch(key_of(stale), set=changes, add={"attempts": 1}, remove=gone)])
    attempt(world.ports, stale, ["mail"], lambda _: None)
    agency = next(one for one in ledger(world, receipt) if one["to"] == "health")
    kept = ["delivered"] if other == "delivered" else ["failed", "delivered"]
    assert [one["outcome"] for one in agency["tries"]] == kept
    assert agency["outcome"] == "delivered"
