"""The mail of nine o'clock: exactly what is late, once a working day, and nothing personal."""

from dataclasses import replace

import pytest

from chalicelib.catalogue import Way
from chalicelib.services.digest import digest
from tests import applications
from tests.services.lead import Lead
from tests.services.world import World, task_of

LATE = "2026-11-27T09:00:00"
"""The Friday on which what was applied for on Monday is late."""


@pytest.fixture
def world() -> World:
    return World()


def at(world: World, moment: str) -> None:
    world.now = type(world.now).fromisoformat(moment).replace(tzinfo=world.now.tzinfo)


def fire(world: World, locality: str = "jining") -> bool:
    return digest(world.ports, world.catalogue(locality))


def sent(world: World) -> list[tuple[str, ...]]:
    """What the digests said; other mails are left out."""
    world.deliver_all()
    return [mail for mail in world.mailer.sent if "超期办件" in mail[1]]


def test_the_mail_lists_exactly_what_is_late(world: World) -> None:
    late = world.submit(applications.jining()).receipt
    done = world.submit(applications.jining(matters=["death-certificate"], payee=None)).receipt
    asked = world.submit(applications.jining(matters=["death-certificate"], payee=None)).receipt
    world.later(minutes=1)
    world.finish("health", task_of(done, "death-certificate")["task_id"])  # and what is silent starts
    world.report("health", task_of(asked, "death-certificate")["task_id"], "ask", reason="mismatch")
    at(world, LATE)
    assert fire(world)
    ((to, subject, text, _),) = sent(world)
    assert to == "administrative-approval@jining.example"
    assert "2 件（2026-11-27 09:00）" in subject
    lines = [line for line in text.splitlines() if line[:2] == "1." or line[:2] == "2."]
    ends = "超期 1 个工作日（2026-11-26 到期）"
    assert lines == [
        f"1. {late['case_number']}　出具死亡证明（正常死亡）　卫健部门　{ends}",
        f"2. {done['case_number']}　驾驶证注销　公安机关　{ends}",
    ]


def test_the_mail_lists_as_many_as_the_list_of_supervision_oldest_first(world: World) -> None:
    for _ in range(3):
        receipt = world.submit(applications.jining(matters=["death-certificate"], payee=None)).receipt
        if world.now.day == 23:
            world.report("health", task_of(receipt, "death-certificate")["task_id"], "accept")
        world.later(days=1)
    at(world, "2026-12-02T09:00:00")
    assert fire(world)
    ((_, _, text, _),) = sent(world)
    dues = [line.split("（")[-1][:10] for line in text.splitlines() if "个工作日" in line]
    assert dues == [row["due"] for row in Lead(world).overdue().rows] == ["2026-11-26", "2026-11-27", "2026-11-30"]


def test_the_mail_holds_nothing_personal(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    task = task_of(receipt, "death-certificate")["task_id"]
    world.report("health", task, "accept")
    world.report("health", task, "ask", reason="逝者王秀英的姓名不对")
    world.report("health", task, "open", reason="家属王小明来电")
    at(world, LATE)
    fire(world)
    ((_, subject, text, message_id),) = sent(world)
    for secret in (applications.deceased()["name"], applications.deceased()["id_number"], "王秀英", "王小明"):
        assert secret not in subject + text + message_id


def test_it_goes_out_once_a_day_however_often_the_clock_fires(world: World) -> None:
    world.submit(applications.jining())
    at(world, LATE)
    assert [fire(world) for _ in range(3)] == [True, False, False]
    world.later(hours=5)
    assert not fire(world)
    assert len(sent(world)) == 1
    world.later(days=3)
    assert fire(world)
    assert len(sent(world)) == 2


@pytest.mark.parametrize(
    ("moment", "fires"),
    [
        ("2026-11-27T08:59:59", False),
        ("2026-11-27T09:00:00", True),
        ("2026-11-27T23:00:00", True),
        ("2026-11-28T09:00:00", False),
        ("2026-12-31T09:00:00", True),
        ("2027-01-02T09:00:00", False),
    ],
    ids=[
        "too early",
        "at nine",
        "late in the day",
        "on a Saturday",
        "on a Thursday",
        "at a weekend of an unpublished year",
    ],
)
def test_it_goes_out_on_working_days_from_nine_in_beijing(world: World, moment: str, fires: bool) -> None:
    world.submit(applications.jining())
    at(world, moment)
    assert fire(world) is fires


def test_a_saturday_that_is_worked_has_its_mail() -> None:
    world = World("2026-02-02T10:00:00")
    world.submit(applications.jining(deceased=applications.deceased(died_on="2026-01-30", age=80)))
    at(world, "2026-02-14T09:00:00")
    assert fire(world)


def test_nine_in_beijing_is_one_by_the_clock_of_the_cloud(world: World) -> None:
    from datetime import UTC

    world.submit(applications.jining())
    at(world, LATE)
    world.now = world.now.astimezone(UTC)
    assert world.now.hour == 1
    assert fire(world)


def test_where_nothing_is_late_there_is_no_mail(world: World) -> None:
    world.submit(applications.jining())
    at(world, "2026-11-26T09:00:00")
    assert not fire(world)
    assert sent(world) == []


def test_what_was_done_before_the_mail_left_is_not_in_it(world: World) -> None:
    first, second = (world.submit(applications.jining()).receipt for _ in range(2))
    at(world, LATE)
    fire(world)
    world.finish("health", task_of(first, "death-certificate")["task_id"])
    ((_, _, text, _),) = sent(world)
    assert second["case_number"] in text
    assert first["case_number"] not in text


def test_each_place_has_a_mail_of_its_own(world: World) -> None:
    world.submit(applications.jining())
    at(world, LATE)
    assert not fire(world, "guyang")
    assert fire(world)
    assert len(sent(world)) == 1


def test_looking_whether_to_send_reads_no_task(world: World) -> None:
    world.submit(applications.jining())
    at(world, LATE)
    world.store.calls.clear()
    fire(world)
    assert set(world.store.calls) == {"count", "commit"}


def test_it_is_a_mail_even_where_the_agency_is_told_in_a_group(world: World) -> None:
    place = world.catalogue("jining")
    lead = replace(place.agencies[place.lead], notify=(Way("wecom", url="https://group.example/hook"),))
    told = replace(place, agencies={**place.agencies, place.lead: lead})
    world.ports = replace(world.ports, catalogue=lambda slug: told if slug == "jining" else world.catalogue(slug))
    world.submit(applications.jining())
    at(world, LATE)
    assert fire(world)
    assert [mail[0] for mail in sent(world)] == ["administrative-approval@jining.example"]
    assert not [message for _, message in world.hooks.sent if message.template == "digest"]
