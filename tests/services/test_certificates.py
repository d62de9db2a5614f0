"""Shared certificates: who may put them, what they open, and that hostile or repeated ones do no harm."""

from typing import Any

import pytest

from chalicelib.cases.case import Case
from chalicelib.services.board import Sort, notes
from chalicelib.services.casefile import known_case
from chalicelib.services.claims import Claims, Role
from chalicelib.services.corrections import correct
from chalicelib.services.counter_corrections import correct_at_counter
from chalicelib.services.new_code import new_code
from chalicelib.services.refused import BusyError, Refused
from tests import applications
from tests.services.world import World, task_of


def certificate(**changes: object) -> dict[str, object]:
    someone = applications.deceased()
    return {
        "number": "D-1",
        "id_number": someone["id_number"],
        "name": someone["name"],
        "issued_on": "2026-11-03",
        "issuer": "示例医院",
        **changes,
    }


def test_a_certificate_opens_what_waits_for_it_in_every_case_of_its_person(world: World) -> None:
    receipts = [world.submit(applications.jining()).receipt for _ in range(2)]
    world.certify("health", "death-certificate", certificate())
    for receipt in receipts:
        assert world.look_up(receipt)["tasks"][3]["state"] == "open"
    licences = [task for task in world.tasks("police") if task["item"] == "licence-cancellation"]
    assert len(licences) == 1


def test_a_certificate_that_comes_first_is_found_by_the_application_that_comes_later(world: World) -> None:
    world.certify("health", "death-certificate", certificate())
    receipt = world.submit(applications.jining()).receipt
    assert receipt["done_already"] == ["death-certificate"]
    assert task_of(receipt, "hukou-cancellation")["state"] == "open"


def test_repeating_a_certificate_changes_nothing(world: World) -> None:
    world.submit(applications.jining())
    world.certify("health", "death-certificate", certificate())
    before = dict(world.store.records)
    world.certify("health", "death-certificate", certificate())
    assert world.store.records == before


def test_a_withdrawn_certificate_no_longer_holds_for_later_applications(world: World) -> None:
    world.certify("health", "death-certificate", certificate())
    world.certify("health", "death-certificate", certificate(status="withdrawn"))
    assert world.submit(applications.jining()).receipt["done_already"] == []


def test_a_corrected_id_number_moves_the_certificate(world: World) -> None:
    other = applications.deceased(serial=9)
    world.certify("health", "death-certificate", certificate(id_number=other["id_number"]))
    world.certify("health", "death-certificate", certificate())
    assert world.submit(applications.jining()).receipt["done_already"] == ["death-certificate"]
    moved = world.submit(applications.jining(deceased=other)).receipt
    assert moved["done_already"] == []


REFUSED = [
    ("civil-affairs", Role.CERTIFIER, "death-certificate", {}, 403),
    ("health", Role.AGENCY, "death-certificate", {}, 403),
    ("health", Role.CERTIFIER, "id-card-deceased", {}, 404),
    ("health", Role.CERTIFIER, "no-such", {}, 404),
    ("health", Role.CERTIFIER, "death-certificate", {"id_number": "370800194503010021"}, 422),
    ("health", Role.CERTIFIER, "death-certificate", {"name": ""}, 422),
    ("health", Role.CERTIFIER, "death-certificate", {"name": {"$ne": ""}}, 422),
    ("health", Role.CERTIFIER, "death-certificate", {"issued_on": "2027-01-01"}, 422),
    ("health", Role.CERTIFIER, "death-certificate", {"status": "maybe"}, 422),
    ("health", Role.CERTIFIER, "death-certificate", {"surprise": "x"}, 422),
    ("health", Role.CERTIFIER, "death-certificate", {"number": "x" * 5000}, 422),
]


@pytest.mark.parametrize(("agency", "role", "kind", "change", "expected"), REFUSED)
def test_who_or_what_does_not_fit_is_refused_and_nothing_is_stored(
    world: World, agency: str, role: Role, kind: str, change: dict[str, object], expected: int
) -> None:
    from chalicelib.services.certificates import put_certificate

    before = dict(world.store.records)
    with pytest.raises(Refused) as caught:
        put_certificate(world.ports, world.claims(agency, role), "jining", kind, "ref", certificate(**change))
    assert caught.value.status == expected
    assert world.store.records == before


def test_the_answer_tells_nothing_about_cases(world: World) -> None:
    alone = world.certify("health", "death-certificate", certificate())
    world.submit(applications.jining(deceased=applications.deceased(serial=7)))
    other = applications.deceased(serial=7)
    matched = world.certify("health", "death-certificate", certificate(id_number=other["id_number"]), reference="ref-1")
    assert alone == matched


# ---- Hostile senders


def put(world: World, reference: str, body: object) -> dict[str, object]:
    from chalicelib.services.certificates import put_certificate

    answer: dict[str, object] = put_certificate(
        world.ports,
        world.claims("health", Role.CERTIFIER),
        "jining",
        "death-certificate",
        reference,
        body,  # type: ignore[arg-type]
    )
    return answer


@pytest.mark.parametrize("reference", ["", "x" * 201, "a\nb", "a\x00", "\u202e", "\ud800", "a\u200bb"])
def test_a_reference_that_cannot_be_one_is_refused(world: World, reference: str) -> None:
    before = dict(world.store.records)
    with pytest.raises(Refused) as caught:
        put(world, reference, certificate())
    assert (caught.value.status, caught.value.problems[0].field) == (422, "reference")
    assert world.store.records == before


@pytest.mark.parametrize("reference", ["编号 1 号", "a#z", "../../x", "370800194503010020", "x" * 200, "${x}"])
def test_any_other_reference_is_only_kept_as_a_keyed_hash(world: World, reference: str) -> None:
    assert put(world, reference, certificate())["reference"] == reference
    assert reference not in repr(world.store.records)
    assert world.submit(applications.jining()).receipt["done_already"] == ["death-certificate"]


def test_the_order_of_the_keys_does_not_matter(world: World) -> None:
    put(world, "r", certificate())
    before = dict(world.store.records)
    put(world, "r", dict(reversed(certificate().items())))
    assert world.store.records == before


def test_two_agencies_may_use_the_same_reference(world: World) -> None:
    world.certify("health", "death-certificate", certificate(), reference="1")
    world.certify("police", "death-certificate", certificate(), reference="1")
    world.certify("police", "death-certificate", certificate(status="withdrawn"), reference="1")
    assert world.submit(applications.jining()).receipt["done_already"] == ["death-certificate"]


def test_the_same_content_may_be_two_certificates(world: World) -> None:
    world.submit(applications.jining())
    world.certify("health", "death-certificate", certificate())
    world.certify("civil-affairs", "cremation-certificate", certificate())
    assert world.submit(applications.jining()).receipt["done_already"] == ["death-certificate", "cremation-certificate"]


def test_a_person_has_only_so_many_certificates(world: World) -> None:
    for place in range(50):
        put(world, f"r{place}", certificate())
    with pytest.raises(Refused) as caught:
        put(world, "one more", certificate())
    assert caught.value.status == 409
    put(world, "r7", certificate(number="D-2"))
    put(world, "r7", certificate(status="withdrawn"))
    put(world, "one more", certificate())


# ---- Silent items without a case


def licences(world: World, state: str = "open") -> list[dict[str, object]]:
    return [task for task in world.tasks("police", state) if task["item"] == "licence-cancellation"]


def test_a_silent_item_starts_without_a_case(world: World) -> None:
    someone = applications.deceased()
    world.certify("health", "death-certificate", certificate())
    (licence,) = licences(world)
    assert licence["due"] == "2026-11-26"
    opened = world.open_task("police", str(licence["task_id"]))
    assert opened["fields"] == {"deceased.name": someone["name"], "deceased.id_number": someone["id_number"]}
    assert opened["labels"].keys() == opened["fields"].keys()
    world.deliver_all()
    assert [to for to, *_ in world.mailer.sent] == ["police@jining.example"]
    assert str(someone["name"]) not in repr(world.store.records)
    assert str(someone["id_number"]) not in repr(world.store.records)


def test_its_result_closes_it_and_no_family_is_told(world: World) -> None:
    world.certify("health", "death-certificate", certificate())
    task = str(licences(world)[0]["task_id"])
    world.finish("police", task, result="名下无驾驶证")
    world.deliver_all()
    assert world.texter.sent == []
    assert stored_case(world, task).state == "closed"


def stored_case(world: World, task_id: str) -> Case:
    return known_case(world.store, "jining", task_id[:12]).case


def test_nobody_is_asked_where_nobody_applied(world: World) -> None:
    world.certify("health", "death-certificate", certificate())
    task = str(licences(world)[0]["task_id"])
    with pytest.raises(Refused) as caught:
        world.report("police", task, "ask", reason="x")
    assert (caught.value.status, caught.value.problems[0].code) == (409, "nobody_to_ask")
    with pytest.raises(Refused) as caught:
        new_code(world.ports, clerk(world), "jining", task[:12], {"reason": "x"})
    assert caught.value.status == 404


def clerk(world: World) -> Claims:
    return world.claims("administrative-approval", Role.COUNTER)


def test_a_silent_item_starts_once_for_a_person_however_many_certificates_come(world: World) -> None:
    for place in range(3):
        world.certify("health", "death-certificate", certificate(number=f"D-{place}"), reference=f"r{place}")
    world.certify("police", "death-certificate", certificate())
    world.certify("health", "death-certificate", certificate(number="D-9"), reference="r1")
    world.deliver_all()
    assert len(licences(world)) == 1


def test_the_family_that_applies_later_finds_it_under_way(world: World) -> None:
    world.certify("health", "death-certificate", certificate())
    receipt = world.submit(
        applications.jining(matters=["licence-cancellation", "hukou-cancellation"], payee=None)
    ).receipt
    assert receipt["linked"] == [{"item": "licence-cancellation", "name": "驾驶证注销"}]
    assert [(task["item"], task.get("linked", False)) for task in receipt["tasks"]] == [
        ("hukou-cancellation", False),
        ("licence-cancellation", True),
    ]
    assert len(licences(world)) == 1
    task = str(licences(world)[0]["task_id"])
    world.finish("police", task, result="名下无驾驶证")
    assert task_of(world.look_up(receipt), "licence-cancellation")["result"] == "名下无驾驶证", "and how it ends"
    world.deliver_all()
    assert not [sent for sent in world.mailer.sent if "两份申请" in repr(sent)], "it is no other family's"


def test_a_case_that_stands_ready_for_it_is_used(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.certify("health", "death-certificate", certificate())
    assert len(licences(world)) == 1
    assert task_of(world.look_up(receipt), "licence-cancellation")["state"] == "open"


def test_a_case_under_another_name_is_no_match_and_the_item_starts_alone(world: World) -> None:
    receipt = world.submit(applications.jining(deceased=applications.deceased(name="王秀莹"))).receipt
    world.certify("health", "death-certificate", certificate())
    (licence,) = licences(world)
    assert str(licence["case_number"]) != receipt["case_number"].replace(" ", "")
    assert task_of(world.look_up(receipt), "hukou-cancellation")["state"] == "waiting"


def test_only_its_own_certificate_starts_it(world: World) -> None:
    world.certify("civil-affairs", "cremation-certificate", certificate())
    assert licences(world) == []


def test_where_nothing_is_silent_no_case_is_made(world: World) -> None:
    world.certify("health", "death-certificate", certificate(), locality="guyang")
    assert not [key for key in world.store.records if key.pk.startswith("case#")]


def test_two_certificates_at_once_start_it_once(world: World) -> None:
    second = certificate(number="D-2")
    world.store.before_commit = lambda: world.certify("police", "death-certificate", second)
    world.certify("health", "death-certificate", certificate())
    assert len(licences(world)) == 1


def test_an_application_in_between_is_not_missed(world: World) -> None:
    receipts = []
    world.store.before_commit = lambda: receipts.append(world.submit(applications.jining()).receipt)
    world.certify("health", "death-certificate", certificate())
    assert len(licences(world)) == 1
    assert task_of(world.look_up(receipts[0]), "licence-cancellation")["state"] == "open"


# ---- Corrected and withdrawn


def states(world: World, receipt: object) -> dict[str, str]:
    return {task["item"]: task["state"] for task in world.look_up(receipt)["tasks"]}


def board(world: World) -> list[dict[str, Any]]:
    return [dict(note) for note in notes(world.store, "jining", Sort.CERTIFICATE)]


def withdraw_(world: World, kind: str = "death-certificate", agency: str = "health", **change: object) -> None:
    world.certify(agency, kind, certificate(status="withdrawn", **change))


def test_what_a_withdrawn_certificate_had_opened_waits_again_and_the_lead_agency_is_told(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.certify("health", "death-certificate", certificate())
    world.deliver_all()
    world.mailer.sent.clear()
    withdraw_(world)
    assert set(states(world, receipt).values()) == {"open", "waiting"}
    assert states(world, receipt)["death-certificate"] == "open", "what waits for nothing goes on"
    assert task_of(world.look_up(receipt), "hukou-cancellation")["due"] is None
    (note,) = board(world)
    assert note["change"] == "withdrawn"
    assert note["certificate_name"] == "死亡证明"
    assert {task["name"] for task in note["tasks"]} >= {"户口注销", "驾驶证注销"}
    assert all(task["waits_again"] for task in note["tasks"])
    world.deliver_all()
    assert [to for to, *_ in world.mailer.sent] == ["administrative-approval@jining.example"]
    for value in (applications.deceased()["name"], applications.deceased()["id_number"]):
        assert str(value) not in repr(note) + repr(world.mailer.sent)


def test_what_an_agency_has_accepted_goes_on_and_the_lead_agency_decides(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.certify("health", "death-certificate", certificate())
    world.report("police", task_of(receipt, "hukou-cancellation")["task_id"], "accept")
    world.finish("civil-affairs", task_of(receipt, "cremation-certificate")["task_id"])
    withdraw_(world)
    assert states(world, receipt)["hukou-cancellation"] == "accepted"
    assert states(world, receipt)["enterprise-retiree"] == "open", "the cremation certificate opens it too"
    assert states(world, receipt)["licence-cancellation"] == "waiting"
    again = {task["name"]: task["waits_again"] for task in board(world)[0]["tasks"]}
    assert (again["户口注销"], again["开具火化证明"], again["驾驶证注销"]) == (False, False, True)


def test_a_certificate_that_another_one_backs_takes_nothing_away(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.certify("health", "death-certificate", certificate())
    world.certify("police", "death-certificate", certificate(number="P-1"))
    withdraw_(world)
    assert "waiting" not in states(world, receipt).values()
    withdraw_(world, agency="police")
    assert states(world, receipt)["hukou-cancellation"] == "waiting"


def test_one_seen_at_the_counter_or_issued_by_the_case_itself_backs_it_too(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.certify("health", "death-certificate", certificate())
    correct_at_counter(world.ports, clerk(world), "jining", receipt["case_number"], {"seen": ["death-certificate"]})
    withdraw_(world)
    assert states(world, receipt)["hukou-cancellation"] == "open"
    other = world.submit(applications.jining(deceased=applications.deceased(serial=5))).receipt
    world.finish("health", task_of(other, "death-certificate")["task_id"])
    fifth = applications.deceased(serial=5)
    world.certify("health", "death-certificate", certificate(id_number=fifth["id_number"]), reference="r5")
    world.certify(
        "health", "death-certificate", certificate(id_number=fifth["id_number"], status="withdrawn"), reference="r5"
    )
    assert states(world, other)["hukou-cancellation"] == "open"


def test_one_that_the_case_issued_before_its_id_number_was_corrected_backs_it_still(world: World) -> None:
    wrong, right = applications.deceased(serial=3), applications.deceased(serial=4)
    receipt = world.submit(applications.jining(deceased=wrong)).receipt
    world.finish("health", task_of(receipt, "death-certificate")["task_id"])
    numbers = {name: receipt[name] for name in ("case_number", "lookup_code")}
    correct(world.ports, "jining", {**numbers, "deceased": {"id_number": right["id_number"], "name": right["name"]}})
    world.certify("health", "death-certificate", certificate(id_number=right["id_number"]))
    withdraw_(world, id_number=right["id_number"])
    assert states(world, receipt)["hukou-cancellation"] == "open"


def test_what_was_opened_by_hand_stays_open(world: World) -> None:
    receipt = world.submit(applications.jining(matters=["hukou-cancellation"], payee=None)).receipt
    world.report("police", task_of(receipt, "hukou-cancellation")["task_id"], "open", reason="judgment-seen")
    world.certify("health", "death-certificate", certificate())
    withdraw_(world)
    assert states(world, receipt)["hukou-cancellation"] == "open"
    assert [task["name"] for task in board(world)[0]["tasks"]] == ["驾驶证注销"]


def test_what_waits_again_opens_again(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.certify("health", "death-certificate", certificate())
    withdraw_(world)
    world.later(days=2)
    world.certify("health", "death-certificate", certificate(number="D-2"))
    assert set(states(world, receipt).values()) == {"open"}
    assert task_of(world.look_up(receipt), "hukou-cancellation")["due"] == "2026-11-30", "counted anew"
    assert len(licences(world)) == 1
    world.deliver_all()
    told = [subject for to, subject, *_ in world.mailer.sent if to.startswith("civil") and "可以受理" in subject]
    assert len(told) == 2


def test_a_silent_item_without_a_case_waits_again_too(world: World) -> None:
    world.certify("health", "death-certificate", certificate())
    withdraw_(world)
    assert (licences(world), len(licences(world, "waiting"))) == ([], 1)
    assert len(board(world)) == 1
    world.certify("health", "death-certificate", certificate())
    assert (len(licences(world)), licences(world, "waiting")) == (1, [])


def test_a_certificate_of_the_wrong_person_lets_that_persons_tasks_wait_again(world: World) -> None:
    other = applications.deceased(serial=9)
    receipt = world.submit(applications.jining(deceased=other)).receipt
    world.certify("health", "death-certificate", certificate(id_number=other["id_number"]))
    world.certify("health", "death-certificate", certificate())
    assert states(world, receipt)["hukou-cancellation"] == "waiting"
    assert [note["change"] for note in board(world)] == ["corrected"]
    assert len(licences(world)) == 1, "the right person's"


def test_a_corrected_name_is_no_match_any_more(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.certify("health", "death-certificate", certificate())
    world.certify("health", "death-certificate", certificate(name="王秀莹"))
    assert states(world, receipt)["hukou-cancellation"] == "waiting"


def test_a_corrected_certificate_is_told_though_everything_goes_on(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.certify("health", "death-certificate", certificate())
    before = states(world, receipt)
    world.certify("health", "death-certificate", certificate(issued_on="2026-11-05"))
    assert states(world, receipt) == before
    (note,) = board(world)
    assert (note["change"], note["case_number"]) == ("corrected", receipt["case_number"].replace(" ", ""))


def test_what_was_done_already_because_of_it_is_told_too(world: World) -> None:
    world.certify("health", "death-certificate", certificate())
    world.finish("police", str(licences(world)[0]["task_id"]))
    receipt = world.submit(applications.jining(matters=["death-certificate"], payee=None)).receipt
    assert [task["item"] for task in receipt["tasks"]] == ["licence-cancellation"]
    withdraw_(world)
    note = next(one for one in board(world) if one["case_number"] == receipt["case_number"].replace(" ", ""))
    assert note["done_already"] == ["出具死亡证明（正常死亡）"]


def test_each_change_is_told_once_however_often_it_is_carried_out(world: World) -> None:
    world.submit(applications.jining())
    world.certify("health", "death-certificate", certificate())
    for number in ("D-2", "D-1", "D-2"):
        world.certify("health", "death-certificate", certificate(number=number))
        world.deliver_all()
        world.deliver_all()
    assert len(board(world)) == 3
    assert not [one for one in world.store.records.values() if one.get("shard")], "nothing has to be tried again"
    mails = [to for to, *_ in world.mailer.sent if to.startswith("administrative")]
    assert len(mails) == 3


def test_a_new_certificate_tells_nobody_of_a_change(world: World) -> None:
    world.submit(applications.jining())
    world.certify("health", "death-certificate", certificate())
    world.deliver_all()
    assert board(world) == []


def test_what_was_never_on_file_can_be_withdrawn_without_effect(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    withdraw_(world)
    withdraw_(world)
    assert board(world) == []
    assert states(world, receipt)["hukou-cancellation"] == "waiting"


def test_what_could_not_be_done_at_once_is_done_by_its_delivery(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.certify("health", "death-certificate", certificate())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chalicelib.services.certificates.spread", busy)
        withdraw_(world)
    assert states(world, receipt)["hukou-cancellation"] == "open"
    world.deliver_all()
    assert states(world, receipt)["hukou-cancellation"] == "waiting"
    assert len(board(world)) == 1


def busy(*_: object, **__: object) -> int:
    raise BusyError


def test_a_corrected_id_number_starts_what_is_silent_once(world: World) -> None:
    wrong, right = applications.deceased(serial=3), applications.deceased(serial=4)
    receipt = world.submit(applications.jining(deceased=wrong)).receipt
    world.certify("civil-affairs", "cremation-certificate", certificate(id_number=right["id_number"]))
    numbers = {name: receipt[name] for name in ("case_number", "lookup_code")}
    world.mailer.sent.clear()
    correct(world.ports, "jining", {**numbers, "deceased": {"id_number": right["id_number"], "name": right["name"]}})
    world.certify("health", "death-certificate", certificate(id_number=right["id_number"]))
    world.deliver_all()
    assert len(licences(world)) == 1
    assert "police@jining.example" in {to for to, subject, *_ in world.mailer.sent if "可以受理" in subject}
