"""The audit chains: every kind of tampering is found, and says where."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.cases.chain import Fault, digest
from chalicelib.services.audit_verify import Finding, verify, verify_case
from chalicelib.services.checkpoints import add_checkpoints
from chalicelib.services.claims import Role
from chalicelib.services.records import (
    case_key,
    case_partition,
    checkpoint_key,
    head_key,
    refusal_key,
)
from chalicelib.services.refusals import add_refusal
from chalicelib.services.refused import BusyError, Refused
from chalicelib.services.store import Key, Patch
from chalicelib.services.trail import case_trail, refused_on, verified
from tests import applications
from tests.services.world import MemoryArchive, World, task_of

LEAD = "administrative-approval"
DAY = "2026-11-23"


@pytest.fixture
def archive() -> MemoryArchive:
    return MemoryArchive()


@pytest.fixture
def number(world: World) -> str:
    """A case with five entries, of yesterday, and a checkpoint over them."""
    receipt = world.submit(applications.jining()).receipt
    task = task_of(receipt, "death-certificate")["task_id"]
    world.open_task("health", task)
    world.finish("health", task)
    world.open_task("police", task_of(receipt, "hukou-cancellation")["task_id"])
    return str(task[:12])


@pytest.fixture
def anchored(world: World, number: str, archive: MemoryArchive) -> str:
    refuse(world)
    refuse(world)
    world.later(days=1)
    assert add_checkpoints(world.ports, archive, "jining") == [DAY]
    return number


def refuse(world: World) -> None:
    add_refusal(world.ports, world.claims("police"), "jining", "task", "123456789018-01", 404)


def entry(world: World, number: str, place: int) -> Key:
    return Key(case_partition("jining", number), f"audit#{place:06d}")


def found(world: World, archive: MemoryArchive) -> list[tuple[str, int, str]]:
    return [(one.where, one.place, one.fault.value) for one in verify(world.ports, "jining", archive)]


def test_what_nobody_touched_is_sound(world: World, anchored: str, archive: MemoryArchive) -> None:
    assert found(world, archive) == []
    world.submit(applications.jining(deceased=applications.deceased(2)))
    assert found(world, archive) == []
    world.later(days=3)
    assert add_checkpoints(world.ports, archive, "jining") == ["2026-11-24", "2026-11-25", "2026-11-26"]
    assert found(world, archive) == []


def rehash(world: World, number: str, start: int = 1) -> None:
    """A clever hand: every hash from there on is made to fit, and so is the head."""
    records = world.store.records
    before = records[entry(world, number, start - 1)]["hash"] if start > 1 else f"jining#{number}"
    place = start
    while entry(world, number, place) in records:
        record = records[entry(world, number, place)]
        record["before"] = before
        record["hash"] = digest({name: one for name, one in record.items() if name not in ("hash", "version")})
        before, place = record["hash"], place + 1
    records[case_key("jining", number)]["audit"] = [place - 1, before]


def edit(world: World, number: str) -> None:
    world.store.records[entry(world, number, 2)]["actor"] = "agency:police:nobody"


def add_to(world: World, number: str) -> None:
    world.store.records[entry(world, number, 2)]["remark"] = "x"


def edit_with_its_hash(world: World, number: str) -> None:
    record = world.store.records[entry(world, number, 2)]
    record["at"] = "2026-11-23T11:00:00+08:00"
    record["hash"] = digest({name: one for name, one in record.items() if name not in ("hash", "version")})


def edit_the_last_with_its_hash(world: World, number: str) -> None:
    record = world.store.records[entry(world, number, 5)]
    record["actor"] = "agency:police:nobody"
    record["hash"] = digest({name: one for name, one in record.items() if name not in ("hash", "version")})


def delete(world: World, number: str) -> None:
    del world.store.records[entry(world, number, 3)]


def delete_and_move_up(world: World, number: str) -> None:
    records = world.store.records
    for place in (3, 4):
        records[entry(world, number, place)] = records[entry(world, number, place + 1)]
    del records[entry(world, number, 5)]


def insert(world: World, number: str) -> None:
    records = world.store.records
    records[Key(case_partition("jining", number), "audit#0000025")] = dict(records[entry(world, number, 2)])


def append(world: World, number: str) -> None:
    records = world.store.records
    records[entry(world, number, 6)] = dict(records[entry(world, number, 5)])


def swap(world: World, number: str) -> None:
    records = world.store.records
    two, three = entry(world, number, 2), entry(world, number, 3)
    records[two], records[three] = records[three], records[two]


def cut(world: World, number: str) -> None:
    del world.store.records[entry(world, number, 5)]


def cut_with_its_head(world: World, number: str) -> None:
    cut(world, number)
    records = world.store.records
    records[case_key("jining", number)]["audit"] = [4, records[entry(world, number, 4)]["hash"]]


def rewrite_all(world: World, number: str) -> None:
    edit(world, number)
    rehash(world, number)


def delete_the_case(world: World, number: str) -> None:
    for key in [key for key in world.store.records if key.pk == case_partition("jining", number)]:
        del world.store.records[key]


def delete_the_head(world: World, number: str) -> None:
    del world.store.records[case_key("jining", number)]


def edit_the_days_head(world: World, number: str) -> None:
    world.store.records[head_key("jining", DAY, number)]["place"] = 4


def delete_the_days_head(world: World, number: str) -> None:
    del world.store.records[head_key("jining", DAY, number)]


def edit_a_refusal(world: World, number: str) -> None:
    world.store.records[refusal_key("jining", DAY, 1)]["actor"] = "agency:health:nobody"


def cut_the_refusals(world: World, number: str) -> None:
    del world.store.records[refusal_key("jining", DAY, 2)]


def rewrite_the_checkpoint(world: World, number: str) -> None:
    """With everything before it made to fit."""
    rewrite_all(world, number)
    records = world.store.records
    place, tip = records[case_key("jining", number)]["audit"]
    records[head_key("jining", DAY, number)].update({"place": place, "hash": tip})
    heads = sorted((key.sk.split("#")[1], one) for key, one in records.items() if key.pk == "heads#jining")
    leaves = [[name, one["place"], one["hash"]] for name, one in heads]
    records[checkpoint_key("jining", DAY)]["root"] = digest(["", DAY, leaves])


def delete_the_checkpoint(world: World, number: str) -> None:
    del world.store.records[checkpoint_key("jining", DAY)]


NOT = "contradicted"
TAMPERED: list[tuple[Callable[[World, str], None], list[tuple[str, int, str]]]] = [
    (edit, [("case", 2, "edited")]),
    (add_to, [("case", 2, "edited")]),
    (edit_with_its_hash, [("case", 3, "misplaced")]),
    (edit_the_last_with_its_hash, [("case", 5, NOT), ("case", 5, NOT)]),
    (delete, [("case", 3, "missing")]),
    (delete_and_move_up, [("case", 3, "misplaced"), ("case", 5, "missing"), ("case", 5, NOT)]),
    (insert, [("case", 0, "extra")]),
    (append, [("case", 6, "extra")]),
    (swap, [("case", 2, "misplaced"), ("case", 3, "misplaced"), ("case", 4, "misplaced")]),
    (cut, [("case", 5, "missing"), ("case", 5, NOT)]),
    (cut_with_its_head, [("case", 5, NOT)]),
    (rewrite_all, [("case", 5, NOT)]),
    (delete_the_case, [("case", 0, "missing"), ("case", 5, NOT)]),
    (delete_the_head, [("case", 0, "missing")]),
    (edit_the_days_head, [(DAY, 0, "edited"), ("case", 4, NOT)]),
    (delete_the_days_head, [(DAY, 0, "edited")]),
    (edit_a_refusal, [(DAY, 1, "edited")]),
    (cut_the_refusals, [(DAY, 2, "missing")]),
    (rewrite_the_checkpoint, [(DAY, 0, NOT)]),
]


@pytest.mark.parametrize(("tamper", "expected"), TAMPERED, ids=[tamper.__name__ for tamper, _ in TAMPERED])
def test_every_tampering_is_found_with_its_place(
    world: World,
    anchored: str,
    archive: MemoryArchive,
    tamper: Callable[[World, str], None],
    expected: list[tuple[str, int, str]],
) -> None:
    tamper(world, anchored)
    assert found(world, archive) == [(anchored if where == "case" else where, *rest) for where, *rest in expected]


def test_a_checkpoint_that_was_taken_away_is_found_by_the_next_one_or_in_the_archive(
    world: World, anchored: str, archive: MemoryArchive
) -> None:
    world.later(days=2)
    add_checkpoints(world.ports, archive, "jining")
    records = world.store.records
    last, middle = checkpoint_key("jining", "2026-11-25"), checkpoint_key("jining", "2026-11-24")
    kept = records.pop(last)
    assert found(world, archive) == [("2026-11-25", 0, "missing")]
    records[last] = kept
    del records[middle]
    assert found(world, archive) == [("2026-11-24", 0, "missing"), ("2026-11-25", 0, "misplaced")]


def test_another_cases_chain_does_not_fit(world: World, number: str) -> None:
    receipt = world.submit(applications.jining(deceased=applications.deceased(2))).receipt
    other = task_of(receipt, "death-certificate")["task_id"][:12]
    records = world.store.records
    records[entry(world, other, 1)] = dict(records[entry(world, number, 1)])
    records[case_key("jining", other)]["audit"] = [1, records[entry(world, other, 1)]["hash"]]
    assert list(verify_case(world.store, "jining", other)) == [Finding(other, 1, Fault.MISPLACED)]


def test_a_day_is_sealed_when_it_is_over_and_once(world: World, number: str, archive: MemoryArchive) -> None:
    assert add_checkpoints(world.ports, archive, "jining") == []
    world.now = world.now.replace(day=24, hour=0, minute=10)
    assert add_checkpoints(world.ports, archive, "jining") == [], "something of yesterday may still be on its way"
    world.later(minutes=5)
    assert add_checkpoints(world.ports, archive, "jining") == [DAY]
    assert add_checkpoints(world.ports, archive, "jining") == []
    assert json.loads(archive.objects[f"checkpoints/jining/{DAY}.json"])["heads"] == 1


def test_where_nothing_ever_happened_there_is_nothing_to_seal(world: World, archive: MemoryArchive) -> None:
    assert add_checkpoints(world.ports, archive, "guyang") == []
    assert list(verify(world.ports, "guyang", archive)) == []


def test_refusals_at_once_all_get_their_place(world: World) -> None:
    world.store.before_commit = lambda: refuse(world)
    refuse(world)
    assert [key.sk for key in world.store.records if key.pk.startswith("refusals#")] == [
        "refusal#000001",
        "refusal#000002",
    ]


def test_a_refusal_that_cannot_be_written_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def overtaken() -> None:
        world.store.before_commit = overtaken
        world.store.records.setdefault(head_key("jining", DAY, "refusals"), {"place": 0, "hash": "", "version": 0})
        world.store.records[head_key("jining", DAY, "refusals")]["version"] += 1

    world.store.before_commit = overtaken
    with pytest.raises(BusyError):
        refuse(world)


def auditor(world: World) -> Any:
    return world.claims(LEAD, Role.AUDITOR)


def test_the_auditor_reads_who_did_what_to_which_fields_and_never_a_value(world: World, number: str) -> None:
    trail = case_trail(world.ports, auditor(world), "jining", f" {number[:4]} {number[4:]}")
    assert [(one["place"], one["role"], one["agency_name"], one["action"]) for one in trail["entries"]] == [
        (1, "family", "", "submitted"),
        (2, "agency", "卫健部门", "opened-envelope"),
        (3, "agency", "卫健部门", "reported-accept"),
        (4, "agency", "卫健部门", "reported-complete"),
        (5, "agency", "公安机关", "opened-envelope"),
    ]
    assert trail["entries"][1]["subject"] == "clerk-1"
    assert "deceased.name" in trail["entries"][1]["fields"]
    assert applications.deceased()["name"] not in str(trail)
    assert trail["proof"] is None


def test_the_auditor_verifies_a_case_a_day_and_the_nights(world: World, anchored: str) -> None:
    sound = {"sound": True, "findings": []}
    assert verified(world.ports, auditor(world), "jining", anchored) == sound
    assert verified(world.ports, auditor(world), "jining", None) == sound
    day = refused_on(world.ports, auditor(world), "jining", DAY)
    assert [(one["agency"], one["verdict"]) for one in day["entries"]] == [("police", 404)] * 2
    rewrite_all(world, anchored)
    edit_a_refusal(world, anchored)
    finding = {"where": anchored, "place": 5, "fault": "contradicted"}
    assert verified(world.ports, auditor(world), "jining", anchored) == {"sound": False, "findings": [finding]}
    assert refused_on(world.ports, auditor(world), "jining", DAY)["sound"] is False


@pytest.mark.parametrize("tamper", [edit, insert, append, delete])
def test_a_trail_that_was_tampered_with_can_still_be_read(
    world: World, number: str, tamper: Callable[[World, str], None]
) -> None:
    tamper(world, number)
    world.store.commit([Patch(entry(world, number, 2), remove=("actor", "at", "action", "task", "fields"))])
    assert case_trail(world.ports, auditor(world), "jining", number)["entries"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_nobody_but_the_auditor_reads_it(world: World, number: str, role: Role) -> None:
    claims = world.claims(LEAD, role)
    calls: list[Callable[[], Any]] = [
        lambda: case_trail(world.ports, claims, "jining", number),
        lambda: verified(world.ports, claims, "jining", None),
        lambda: refused_on(world.ports, claims, "jining", DAY),
    ]
    for call in calls:
        with pytest.raises(Refused) as caught:
            call()
        assert caught.value.status == 403


@pytest.mark.parametrize("typed", ["", "1", "000000000000", "x" * 12, "9" * 500, "123456789018"])
def test_no_such_case_is_not_found(world: World, number: str, typed: str) -> None:
    with pytest.raises(Refused) as caught:
        case_trail(world.ports, auditor(world), "jining", typed)
    assert caught.value.status == 404


@pytest.mark.parametrize("day", [None, "", "yesterday", "2026-1-1", "2026-11-23#x"])
def test_a_day_is_written_as_a_day(world: World, day: str | None) -> None:
    with pytest.raises(Refused) as caught:
        refused_on(world.ports, auditor(world), "jining", day)
    assert caught.value.status == 422
