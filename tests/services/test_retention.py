"""Time travel: what is personal goes when its time is over, archived first and proven afterwards."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.services.archiving import read_archived
from chalicelib.services.audit_verify import verify
from chalicelib.services.claims import Role
from chalicelib.services.corrections import correct
from chalicelib.services.new_code import new_code
from chalicelib.services.ratings import rate
from chalicelib.services.records import case_partition, person_key, proof_key
from chalicelib.services.refused import Refused
from chalicelib.services.retention import AT_ONCE, shred_due
from chalicelib.services.store import Key, Table, UnavailableError
from chalicelib.services.trail import case_trail
from tests import applications
from tests.services.world import MemoryArchive, World, task_of

LEAD = "administrative-approval"
REASON, RESULT, COMMENT = "与王秀英的登记不一致", "已与家属王小明核实", "请打给王小明"
PERSONAL = ("王秀英", "王小明", "核实", REASON, RESULT, COMMENT)


def numbers(receipt: Any) -> dict[str, Any]:
    return {name: receipt[name] for name in ("case_number", "lookup_code")}


def number_of(receipt: Any) -> str:
    return str(receipt["case_number"].replace(" ", ""))


def case(world: World) -> Any:
    """One item completed, one declined: closed on the first day."""
    body = applications.jining(matters=["death-certificate", "hukou-cancellation"], payee=None, accounts=None)
    receipt = world.submit(body).receipt
    death, hukou = (task_of(receipt, item)["task_id"] for item in ("death-certificate", "hukou-cancellation"))
    world.open_task("health", death)
    world.finish("health", death, result=RESULT, certificate_number="D-7")
    world.report("police", hukou, "decline", reason=REASON)
    for licence in world.tasks("police"):
        world.finish("police", licence["task_id"])
    assert world.look_up(receipt)["state"] == "closed"
    return receipt


@pytest.fixture
def receipt(world: World) -> Any:
    return case(world)


@pytest.fixture
def archive() -> MemoryArchive:
    return MemoryArchive()


def shred(world: World, archive: MemoryArchive, most: int = 200) -> dict[str, int]:
    return shred_due(world.ports, archive, "jining", most)


def envelopes(world: World, receipt: Any) -> list[str]:
    pk = case_partition("jining", number_of(receipt))
    return [key.sk for key in world.store.records if key.pk == pk and key.table is Table.ENVELOPES]


def in_the_clear(world: World) -> str:
    return str({key: value for key, value in world.store.records.items() if key.table is Table.CASES})


def test_a_day_too_early_nothing_goes(world: World, receipt: Any, archive: MemoryArchive) -> None:
    world.later(days=179)
    assert shred(world, archive) == {"shredded": 0, "left": 0}
    assert envelopes(world, receipt)
    assert archive.objects == {}


def test_on_the_day_all_that_is_personal_goes_and_statistics_stay(
    world: World, receipt: Any, archive: MemoryArchive
) -> None:
    assert "核实" in in_the_clear(world)
    states = {task["item"]: (task["state"], task["agency"]) for task in world.look_up(receipt)["tasks"]}
    world.later(days=180)
    assert shred(world, archive) == {"shredded": 1, "left": 0}
    assert envelopes(world, receipt) == []
    assert not [word for word in PERSONAL if word in in_the_clear(world)]
    assert "D-7" not in str(world.store.read_partition(case_partition("jining", number_of(receipt)), "file#"))
    answer = world.look_up(receipt)
    assert {task["item"]: (task["state"], task["agency"]) for task in answer["tasks"]} == states
    assert {task["result"] + task["reason"] + task["certificate_number"] for task in answer["tasks"]} == {""}


def test_what_a_clerk_wrote_about_a_lost_code_goes_too(world: World, receipt: Any, archive: MemoryArchive) -> None:
    counter = world.claims("administrative-approval", Role.COUNTER)
    new_code(world.ports, counter, "jining", number_of(receipt), {"reason": "王小明的回执丢了"})
    assert "王小明" in in_the_clear(world)
    world.later(days=180)
    shred(world, archive)
    assert "王小明" not in in_the_clear(world)


def test_nothing_of_the_record_itself_tells_of_the_family(world: World, receipt: Any, archive: MemoryArchive) -> None:
    records, pk = world.store.records, case_partition("jining", number_of(receipt))
    record = records[Key(pk, "file#case")]
    record["notices"], record["closed_reason"] = ["王秀英应为 81 岁"], "王小明来电"
    world.later(days=180)
    shred(world, archive)
    record = records[Key(pk, "file#case")]
    assert (record["notices"], record["closed_reason"], record["standby"]) == ([], "", [])
    tasks = [one for key, one in records.items() if key.pk == pk and key.sk.startswith("file#task#")]
    assert [task["reports"] for task in tasks] == [{}] * len(tasks)


def test_a_list_that_lags_behind_shreds_nothing_twice(world: World, receipt: Any, archive: MemoryArchive) -> None:
    world.later(days=180)
    shred(world, archive)
    record = world.store.records[Key(case_partition("jining", number_of(receipt)), "file#case")]
    record["live"], record["live_sort"] = "closed#jining", record["closed_at"]
    kept = dict(archive.objects)
    assert shred(world, archive)["shredded"] == 0
    assert archive.objects == kept


def test_the_family_still_learns_that_it_was_done_and_is_gone(
    world: World, receipt: Any, archive: MemoryArchive
) -> None:
    world.later(days=180)
    shred(world, archive)
    answer = world.look_up(receipt)
    assert (answer["state"], answer["shredded_at"][:10]) == ("closed", "2027-05-22")
    assert "已于2027年5月22日按规定删除" in answer["notices"][-1]
    assert [one["agency"] for one in answer["openings"]] == ["health"]


def test_nobody_can_read_or_add_anything_any_more(world: World, receipt: Any, archive: MemoryArchive) -> None:
    world.later(days=180)
    shred(world, archive)
    task = task_of(receipt, "death-certificate")["task_id"]
    calls: list[Callable[[], Any]] = [
        lambda: world.open_task("health", task),
        lambda: rate(world.ports, "jining", {**numbers(receipt), "task_id": task, "score": 1, "comment": COMMENT}),
        lambda: correct(world.ports, "jining", {**numbers(receipt), "applicant": {"phone": "13900009999"}}),
    ]
    for call in calls:
        with pytest.raises(Refused) as caught:
            call()
        assert (caught.value.status, caught.value.problems[0].code) == (409, "shredded")
    assert envelopes(world, receipt) == []


def test_the_person_no_longer_leads_to_the_case(world: World, receipt: Any, archive: MemoryArchive) -> None:
    later = world.submit(applications.jining(matters=["cremation-certificate"], payee=None, accounts=None)).receipt
    world.later(days=180)
    shred(world, archive)
    (person,) = (value for key, value in world.store.records.items() if key.pk.startswith("person#"))
    assert person["cases"] == [number_of(later)]
    assert number_of(receipt) not in str(person)
    assert person["silent:licence-cancellation"] == "", "it is not started a second time"
    assert person["certificate:death-certificate"], "a certificate on file is no part of a case"
    (record,) = (
        value
        for key, value in world.store.records.items()
        if key == Key(case_partition("jining", number_of(receipt)), "file#case")
    )
    assert (record["person"], record["name_hash"], record["fingerprint"], record["others"]) == ("", "", "", [])


def test_the_archive_has_everything_and_opens_to_the_lead_agency_alone(
    world: World, receipt: Any, archive: MemoryArchive
) -> None:
    rate(world.ports, "jining", _mark(receipt, comment=COMMENT))
    world.later(days=180)
    shred(world, archive)
    (content,) = archive.objects.values()
    assert not [word for word in PERSONAL if word in content.decode()]
    kept = read_archived(world.ports, world, archive, "jining", number_of(receipt))
    assert kept["sealed"]["whole"]["deceased.name"] == applications.deceased()["name"]
    assert COMMENT in str(kept["sealed"])
    assert {RESULT, REASON} < {text for task in kept["tasks"] for text in (task["result"], task["reason"])}
    assert next(one["action"] for one in kept["audit"]) == "submitted"
    with pytest.raises(Refused):
        read_archived(world.ports, world, archive, "jining", "123456789018")


def _mark(receipt: Any, **what: Any) -> dict[str, Any]:
    return {**numbers(receipt), "task_id": task_of(receipt, "death-certificate")["task_id"], "score": 5, **what}


def test_the_proof_says_what_went_when_and_from_when_nothing_brings_it_back(
    world: World, receipt: Any, archive: MemoryArchive
) -> None:
    world.later(days=180)
    before = set(envelopes(world, receipt))
    shred(world, archive)
    trail = case_trail(world.ports, world.claims(LEAD, Role.AUDITOR), "jining", number_of(receipt))
    proof = trail["proof"]
    assert {f"envelope#{one}" for one in proof["envelopes"]} == before
    assert (proof["shredded_at"][:10], proof["deleted_at"][:10], proof["days"]) == ("2027-05-22", "2027-05-22", 180)
    assert (proof["sealed_gone_on"], proof["texts_gone_on"]) == ("2027-05-29", "2027-06-26")
    assert proof["archive"]["name"] in archive.objects
    assert trail["entries"][-1]["action"] == "shredded"
    assert list(verify(world.ports, "jining", None)) == [], "the chain is whole, and longer by one"


def test_repeating_it_changes_nothing(world: World, receipt: Any, archive: MemoryArchive) -> None:
    world.later(days=180)
    shred(world, archive)
    before, kept = dict(world.store.records), dict(archive.objects)
    world.later(days=1)
    assert shred(world, archive) == {"shredded": 0, "left": 0}
    assert (world.store.records, archive.objects) == (before, kept)


@pytest.mark.parametrize("commit", [1, 2, 3])
def test_whatever_cuts_it_off_the_next_run_ends_it(
    world: World, receipt: Any, archive: MemoryArchive, commit: int
) -> None:
    """Before the mark, before the envelopes go, before the proof is finished."""
    world.later(days=180)
    kept = _cut_off(world, archive, commit)
    assert (proof_key("jining", number_of(receipt)) in world.store.records) is (commit > 1)
    assert bool(envelopes(world, receipt)) is (commit < 3)
    world.later(days=1)
    assert shred(world, archive) == {"shredded": 1, "left": 0}
    proof = world.store.records[proof_key("jining", number_of(receipt))]
    assert proof["deleted_at"][:10] == "2027-05-23"
    assert envelopes(world, receipt) == []
    assert commit == 1 or archive.objects == kept, "what is gone is not archived a second time, emptied"
    assert read_archived(world.ports, world, archive, "jining", number_of(receipt))["sealed"]["whole"]


def _cut_off(world: World, archive: MemoryArchive, commit: int) -> dict[str, bytes]:
    """The run ends before the commit of that place."""
    left = commit

    def count() -> None:
        nonlocal left
        left -= 1
        if not left:
            raise UnavailableError
        world.store.before_commit = count

    world.store.before_commit = count
    with pytest.raises(UnavailableError):
        shred(world, archive)
    world.store.before_commit = None
    return dict(archive.objects)


def test_more_envelopes_than_fit_one_transaction_all_go(world: World, receipt: Any, archive: MemoryArchive) -> None:
    pk = case_partition("jining", number_of(receipt))
    sample = next(dict(one) for key, one in world.store.records.items() if key.sk == "envelope#whole")
    for count in range(2 * AT_ONCE):
        world.store.records[Key(pk, f"envelope#whole.r{count + 1}", Table.ENVELOPES)] = dict(sample)
    world.later(days=180)
    shred(world, archive)
    assert envelopes(world, receipt) == []


def test_a_run_does_so_many_and_says_what_is_left(world: World, archive: MemoryArchive) -> None:
    receipts = []
    for serial in range(1, 4):
        body = applications.jining(deceased=applications.deceased(serial), matters=["cremation-certificate"])
        receipt = world.submit({**body, "payee": None, "accounts": None}).receipt
        receipts.append(receipt)
        rate_free = task_of(receipt, "cremation-certificate")["task_id"]
        world.report("civil-affairs", rate_free, "open", reason="x")
        world.finish("civil-affairs", rate_free)
    world.later(days=180)
    assert shred(world, archive, most=2) == {"shredded": 2, "left": 1}
    assert shred(world, archive, most=2) == {"shredded": 1, "left": 0}
    assert len(archive.objects) == 3


def test_a_case_that_is_open_is_never_touched(world: World, archive: MemoryArchive) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.later(days=4000)
    assert shred(world, archive) == {"shredded": 0, "left": 0}
    assert envelopes(world, receipt)


def test_the_days_count_from_when_it_closed_for_the_last_time(world: World, archive: MemoryArchive) -> None:
    """A silent item that a late certificate starts opens the case again."""
    body = applications.jining(matters=["cremation-certificate"], payee=None, accounts=None)
    receipt = world.submit(body).receipt
    task = task_of(receipt, "cremation-certificate")["task_id"]
    world.report("civil-affairs", task, "open", reason="x")
    world.finish("civil-affairs", task)
    world.later(days=100)
    someone = applications.deceased()
    world.certify("health", "death-certificate", {"id_number": someone["id_number"], "name": someone["name"]})
    assert world.look_up(receipt)["state"] == "in_progress"
    world.later(days=100)
    assert shred(world, archive)["shredded"] == 0
    (licence,) = world.tasks("police")
    world.finish("police", licence["task_id"])
    world.later(days=179)
    assert shred(world, archive)["shredded"] == 0
    world.later(days=1)
    assert shred(world, archive)["shredded"] == 1


def test_nothing_starts_again_for_a_case_that_is_gone(world: World, archive: MemoryArchive) -> None:
    body = applications.jining(matters=["cremation-certificate"], payee=None, accounts=None)
    receipt = world.submit(body).receipt
    task = task_of(receipt, "cremation-certificate")["task_id"]
    world.report("civil-affairs", task, "open", reason="x")
    world.finish("civil-affairs", task)
    world.later(days=180)
    key = Key(case_partition("jining", number_of(receipt)), "file#case")
    assert world.store.records[key]["standby"]
    shred(world, archive)
    assert world.store.records[key]["standby"] == []
    someone = applications.deceased()
    world.certify("health", "death-certificate", {"id_number": someone["id_number"], "name": someone["name"]})
    assert world.look_up(receipt)["state"] == "closed"


def test_while_somebody_is_owed_a_call_nothing_goes(world: World, receipt: Any, archive: MemoryArchive) -> None:
    rate(world.ports, "jining", _mark(receipt, score=1))
    world.later(days=180)
    assert shred(world, archive) == {"shredded": 0, "left": 1}
    (call,) = world.tasks(LEAD)
    world.report(LEAD, call["task_id"], "complete", result=RESULT)
    assert shred(world, archive) == {"shredded": 1, "left": 0}
    assert not [word for word in PERSONAL if word in in_the_clear(world)]
    assert world.look_up(receipt)["tasks"][0]["score"] == 1


def test_somebody_who_writes_meanwhile_goes_first(world: World, receipt: Any, archive: MemoryArchive) -> None:
    world.later(days=180)
    world.store.before_commit = lambda: rate(world.ports, "jining", _mark(receipt, score=1))
    assert shred(world, archive) == {"shredded": 0, "left": 1}
    assert envelopes(world, receipt)


def test_an_archive_that_is_away_loses_nothing(world: World, receipt: Any) -> None:
    class Away(MemoryArchive):
        def put(self, name: str, content: bytes) -> None:
            raise UnavailableError

    world.later(days=180)
    with pytest.raises(UnavailableError):
        shred(world, Away())
    assert envelopes(world, receipt)
    assert world.look_up(receipt)["shredded_at"] is None


def test_closing_and_person_keys_are_what_the_tests_think(world: World, receipt: Any) -> None:
    """Guards the tests above: a renamed prefix must not make them pass for nothing."""
    assert any(key.pk.startswith("person#") for key in world.store.records)
    assert person_key("x").pk == "person#x"
