"""Deliveries: found by the sweep, leased, carried out once, tried again, and free of personal data."""

import pytest

from chalicelib.services.deliver import BadMessageError, deliver
from chalicelib.services.sweep import sweep
from tests import applications
from tests.services.world import ListQueue, World, task_of


def test_every_new_task_is_mailed_to_its_agency_and_the_receipt_goes_to_the_family(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.deliver_all()
    assert sorted(to.split("@")[0] for to, *_ in world.mailer.sent) == sorted(t["agency"] for t in receipt["tasks"])
    assert [(to, template) for to, template, *_ in world.texter.sent] == [("13900000001", "receipt")]


def test_no_mail_or_message_carries_personal_data(world: World) -> None:
    body = applications.jining()
    receipt = world.submit(body).receipt
    world.finish("health", task_of(receipt, "death-certificate")["task_id"])
    world.deliver_all()
    told = repr(world.mailer.sent) + repr([rest for _, *rest in world.texter.sent])
    for part in ("applicant", "deceased"):
        for name, value in body[part].items():
            if isinstance(value, str) and name != "sex":
                assert value not in told
    assert receipt["lookup_code"] not in told


def test_what_was_delivered_is_not_delivered_again(world: World) -> None:
    world.submit(applications.jining())
    world.deliver_all()
    count = len(world.mailer.sent)
    world.later(minutes=10)
    world.deliver_all()
    assert len(world.mailer.sent) == count


def test_a_lease_keeps_a_second_sweep_away_until_it_is_over(world: World) -> None:
    world.submit(applications.jining())
    first, second, third = ListQueue(), ListQueue(), ListQueue()
    sweep(world.ports, first, ListQueue())
    sweep(world.ports, second, ListQueue())
    world.later(minutes=3)
    sweep(world.ports, third, ListQueue())
    assert (len(first.bodies), second.bodies, len(third.bodies)) == (4, [], 4)


def test_a_message_that_comes_twice_is_carried_out_once(world: World) -> None:
    world.submit(applications.jining())
    queue = ListQueue()
    sweep(world.ports, queue, ListQueue())
    for body in queue.bodies * 2:
        deliver(world.ports, world.channels, body, lambda _, agency: agency)
    assert len(world.mailer.sent) == 4


def test_a_mail_server_that_does_not_answer_is_tried_again_later(world: World) -> None:
    world.submit(applications.jining(matters=["death-certificate"], payee=None))
    world.mailer.fails = 2
    for _ in range(3):
        world.deliver_all()
        world.later(minutes=10)
    assert len(world.mailer.sent) == 1


def test_after_three_days_a_delivery_is_given_up(world: World) -> None:
    world.submit(applications.jining(matters=["death-certificate"], payee=None))
    world.mailer.fails = 10_000
    for _ in range(40):
        world.deliver_all()
        world.later(hours=2)
    outcomes = [record.get("outcome") for key, record in world.store.records.items() if "attempts" in record]
    assert sorted(filter(None, outcomes)) == ["delivered", "undeliverable"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"pk": 5, "sk": "delivery#"},
        {"pk": "x", "sk": 5},
        {"pk": "", "sk": "delivery#"},
        {"pk": "x", "sk": "delivery#x"},
        {"pk": "x" * 1000, "sk": "delivery#x"},
        {"pk": "keys#jining", "sk": "directory"},
    ],
)
def test_a_message_that_names_no_delivery_is_refused(world: World, body: dict[str, object]) -> None:
    with pytest.raises(BadMessageError):
        deliver(world.ports, world.channels, body, lambda _, agency: agency)


def test_a_result_reaches_the_family_with_its_name_and_place_to_look(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    task = task_of(receipt, "death-certificate")["task_id"]
    world.report("health", task, "decline", reason="mismatch")
    world.deliver_all()
    text = next(text for _, template, _, text, _ in world.texter.sent if template == "task-declined")
    assert "出具死亡证明（正常死亡）" in text
    assert "0537—12345" in text
    assert "申请信息" not in text, "reasons may be personal; they stand behind the code"
