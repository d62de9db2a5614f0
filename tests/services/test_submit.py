"""Applications: what is stored, what is answered, and that nothing is taken twice."""

import threading

import pytest

from chalicelib.cases.envelope import Envelope, open_sealed
from chalicelib.catalogue import Channel
from chalicelib.services.records import case_partition, person_key
from chalicelib.services.refused import BusyError, Refused
from chalicelib.services.store import ConflictError, Key, Table
from chalicelib.services.submit import check
from tests import applications
from tests.catalogues import catalogue
from tests.services.world import World, task_of

HOSTILE_READS = 0


def refused(world: World, body: object, locality: str = "jining") -> dict[str, str]:
    with pytest.raises(Refused) as caught:
        world.submit(body, locality)
    assert caught.value.status == 422
    return {problem.field: problem.code for problem in caught.value.problems}


def test_a_submission_is_one_read_and_one_transaction(world: World) -> None:
    outcome = world.submit(applications.jining())
    assert outcome.status == 201
    assert world.store.calls == {"read": 1, "commit": 1}


def test_the_receipt_names_tasks_agencies_and_waits(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    pension = task_of(receipt, "enterprise-retiree")
    assert pension["agency"] == "social-security"
    assert pension["state"] == "waiting"
    assert pension["waits_for"] == ["death-certificate", "cremation-certificate"]
    assert pension["payees"] == ["card"]
    assert "不能选择" in pension["payee_note"]
    assert task_of(receipt, "death-certificate")["due"] == "2026-11-26"
    assert [one["material"] for one in receipt["missing"]] == ["id-card-applicant", "hukou-page-deceased"]
    assert len(receipt["case_number"].replace(" ", "")) == 12
    assert len(receipt["lookup_code"].replace(" ", "")) == 16


def test_the_same_submission_gives_the_same_receipt_whatever_happened_since(world: World) -> None:
    body = applications.jining()
    first = world.submit(body)
    world.finish("health", task_of(first.receipt, "death-certificate")["task_id"], certificate_number="D1")
    again = world.submit(body)
    assert again.status == 200
    assert again.receipt == first.receipt


def test_a_different_body_under_the_same_key_is_refused_and_changes_nothing(world: World) -> None:
    body = applications.jining()
    world.submit(body)
    before = dict(world.store.records)
    with pytest.raises(Refused) as caught:
        world.submit({**body, "applicant": applications.applicant(address="别处")})
    assert caught.value.status == 409
    assert world.store.records == before


def test_typing_differences_do_not_make_another_body(world: World) -> None:
    body = applications.jining()
    world.submit(body)
    spaced = body["deceased"] | {"id_number": " " + body["deceased"]["id_number"].lower() + " "}
    assert world.submit({**body, "deceased": spaced}).status == 200


def test_fifty_at_once_make_one_case_and_fifty_equal_receipts(world: World) -> None:
    body, receipts, lock = applications.jining(), [], threading.Lock()
    commit = world.store.commit

    def one_at_a_time(writes: object) -> None:
        with lock:
            commit(writes)  # type: ignore[arg-type]

    world.store.commit = one_at_a_time  # type: ignore[method-assign]
    threads = [threading.Thread(target=lambda: receipts.append(world.submit(body).receipt)) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 50
    assert all(receipt == receipts[0] for receipt in receipts)
    assert len([key for key in world.store.records if key.sk == "file#case"]) == 1


def test_a_certificate_that_arrives_in_between_is_not_missed(world: World) -> None:
    someone = applications.deceased()
    body = {"id_number": someone["id_number"], "name": someone["name"]}
    world.store.before_commit = lambda: world.certify("health", "death-certificate", body)
    receipt = world.submit(applications.jining()).receipt
    assert receipt["done_already"] == ["death-certificate"]
    assert task_of(receipt, "hukou-cancellation")["state"] == "open"
    assert receipt["linked"] == [{"item": "licence-cancellation", "name": "驾驶证注销"}]


def test_giving_up_after_three_conflicts_stores_nothing(world: World) -> None:
    before = dict(world.store.records)

    def always(_: object) -> None:
        raise ConflictError

    world.store.commit = always  # type: ignore[method-assign]
    with pytest.raises(BusyError):
        world.submit(applications.jining())
    assert world.store.calls["read"] == 3
    assert world.store.records == before


def test_no_envelope_holds_a_field_that_its_item_does_not_disclose(world: World) -> None:
    """For every item of the place, whoever is asked: only what the catalogue lists, sealed to that agency alone."""
    body = applications.jining(
        answers={"pension": "resident", "receiving_pension": True},
        matters=[slug for slug, matter in catalogue("jining").matters.items() if not matter.not_offered],
        payee={"pension-account": "heir", "medical-account": "card", "housing-fund": "card"},
        accounts={
            "card": {"card_number": "A12345678", "account_number": "6217000000000001"},
            "heir": {"bank": "示例银行", "holder": "王小明", "account_number": "6217000000000002"},
        },
    )
    number = world.submit(body).receipt["case_number"].replace(" ", "")
    partition = case_partition("jining", number)
    seen = set()
    for task in world.store.read_partition(partition, "file#task#"):
        fields = opened(world, partition, number, task["task_id"], task["agency"])
        item = catalogue("jining").items[task["item"]]
        allowed = {path for path in fields if any(path == one or path.startswith(f"{one}.") for one in item.discloses)}
        assert set(fields) == allowed
        seen.add(task["item"])
        if task["item"] == "resident-pension":
            assert not any(path.startswith("accounts.card") for path in fields)
    assert len(seen) == 7


def opened(world: World, partition: str, number: str, purpose: str, recipient: str) -> dict[str, object]:
    from chalicelib.cases.envelope import EnvelopeInfo

    sealed = world.store.records[Key(partition, f"envelope#{purpose}", Table.ENVELOPES)]
    wrapped = Key("keys#jining", f"private#{recipient}#{sealed['key_id']}", Table.ENVELOPES)
    private = world.store.records[wrapped]["wrapped"]
    envelope = Envelope(sealed["suite"], sealed["key_id"], sealed["ciphertext"])
    return open_sealed(private, envelope, EnvelopeInfo("jining", number, purpose, recipient))


def test_nothing_personal_is_stored_in_the_clear(world: World) -> None:
    body = applications.jining()
    world.submit(body)
    stored = repr([(key, value) for key, value in world.store.records.items()])
    for part in ("applicant", "deceased"):
        for value in body[part].values():
            if isinstance(value, str) and len(value) > 3:
                assert value not in stored
    assert body["accounts"]["card"]["account_number"] not in stored


def test_accounts_that_are_not_in_use_are_neither_asked_nor_kept(world: World) -> None:
    body = applications.jining(matters=["hukou-cancellation"], payee=None)
    body["accounts"] = {"heir": {"bank": "错", "holder": "", "account_number": "x"}}
    assert world.submit(body).status == 201


def test_two_relatives_for_one_person_are_both_taken_and_flagged_to_agencies_only(world: World) -> None:
    first = world.submit(applications.jining()).receipt
    other = applications.applicant(
        name="王小红", sex="female", id_number=applications.id_number("1972-01-02", "female")
    )
    second = world.submit(applications.jining(applicant=other)).receipt
    assert set(first) == set(second)
    assert "other_cases" not in repr(second)
    task = task_of(first, "death-certificate")["task_id"]
    assert world.open_task("health", task)["other_cases"] == [second["case_number"].replace(" ", "")]
    world.deliver_all()
    assert any(to == "administrative-approval@jining.example" for to, *_ in world.mailer.sent)


def test_a_condition_answered_unknown_turns_nobody_away_and_is_shown_to_the_lead_agency(world: World) -> None:
    body = applications.guyang()
    body["eligibility"] = body["eligibility"] | {"work_injury": "unknown"}
    assert world.submit(body, "guyang").status == 201
    world.deliver_all()
    told = [to for to, subject, *_ in world.mailer.sent if "待核实" in subject]
    assert told == ["government-service@guyang.example"]


def test_who_is_not_covered_learns_the_reason_and_nothing_else(world: World) -> None:
    body = {"eligibility": applications.guyang()["eligibility"] | {"registered_here": False}, "applicant": "x"}
    assert refused(world, body, "guyang") == {"eligibility": "not_covered"}
    assert not world.store.calls


def test_counter_only_items_are_left_to_the_counter_online_and_taken_at_the_counter(world: World) -> None:
    answers = applications.guyang()["answers"] | {"housing_fund": True}
    online = world.submit(applications.guyang(answers=answers), "guyang").receipt
    assert [one["item"] for one in online["counter_only"]] == ["housing-fund"]
    counter = world.submit(applications.guyang(answers=answers), "guyang", Channel.COUNTER).receipt
    assert task_of(counter, "housing-fund")["state"] == "waiting"


def test_a_check_says_what_would_happen_and_stores_nothing(world: World) -> None:
    before = dict(world.store.records)
    summary = check(world.ports, "jining", applications.jining(submission_key=None), Channel.ONLINE)
    assert [task["item"] for task in summary["tasks"]][:2] == ["death-certificate", "cremation-certificate"]
    assert "lookup_code" not in summary
    assert world.store.records == before
    assert not world.store.calls


def test_an_empty_body_lists_every_missing_field_in_the_order_of_the_form(world: World) -> None:
    problems = refused(world, {})
    assert problems["deceased.name"] == "required"
    assert problems["declaration.agreed"] == "not_agreed"
    assert problems["matters"] == "nothing_chosen"


WRONG = [
    ("a wrong check digit", {"deceased": {"id_number": "370800194503010021"}}, "deceased.id_number", "checksum"),
    ("an impossible birth date", {"deceased": {"id_number": "370800194502300021"}}, "deceased.id_number", "birth_date"),
    ("death before birth", {"deceased": {"died_on": "1944-01-01"}}, "deceased.died_on", "before_birth"),
    ("death in the future", {"deceased": {"died_on": "2026-11-24"}}, "deceased.died_on", "future"),
    ("an age that is off", {"deceased": {"age": 84}}, "deceased.age", "age"),
    ("a day that does not exist", {"deceased": {"died_on": "2026-02-30"}}, "deceased.died_on", "date"),
    ("an unknown field", {"deceased": {"mood": "x"}}, "deceased.mood", "unknown_field"),
    ("a number for a name", {"applicant": {"name": 5}}, "applicant.name", "wrong_type"),
    ("a list for a group", {"applicant": []}, "applicant", "wrong_type"),
    ("an unknown part", {"surprise": 1}, "surprise", "unknown_field"),
    ("an unknown matter", {"matters": ["x"]}, "matters", "unknown_matter"),
    ("a text of matters", {"matters": "pension-account"}, "matters", "wrong_type"),
    ("ten thousand matters", {"matters": ["x"] * 10_000}, "matters", "too_many"),
    ("an answer that is none", {"answers": {"pension": "yes"}}, "answers.pension", "choice"),
    ("no answer where one is asked", {"answers": {}}, "answers.pension", "choose"),
    ("an unknown payee", {"payee": "me"}, "payee", "payee_unknown"),
    ("an upload that is not there", {"uploads": [{"material": "x", "upload_id": "y"}]}, "uploads", "upload_unknown"),
    ("no agreement", {"declaration": {"agreed": False}}, "declaration.agreed", "not_agreed"),
    ("a submission key of a thousand", {"submission_key": "k" * 1000}, "submission_key", "too_long"),
    ("no submission key", {"submission_key": ""}, "submission_key", "required"),
    ("a NUL in a name", {"applicant": {"name": "王\0明"}}, "applicant.name", "characters"),
    ("a huge age", {"deceased": {"age": 10**400}}, "deceased.age", "range"),
]


@pytest.mark.parametrize(("change", "field", "code"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_wrong_is_named_on_its_field(world: World, change: dict, field: str, code: str) -> None:  # type: ignore[type-arg]
    body = applications.jining()
    for part, value in change.items():
        merge = isinstance(value, dict) and value and isinstance(body.get(part), dict)
        body[part] = {**body[part], **value} if merge else value
    assert refused(world, body)[field] == code
    assert not world.store.calls, "what cannot be taken costs no call"


TIDIED = [
    ("full-width digits", {"phone": "１３９００００００００"}),
    ("spaces", {"phone": "139 0000 0000"}),
    ("a country code", {"phone": "+86 139-0000-0000"}),
]


@pytest.mark.parametrize("change", [row[1] for row in TIDIED], ids=[row[0] for row in TIDIED])
def test_what_can_be_tidied_is_taken(world: World, change: dict) -> None:  # type: ignore[type-arg]
    assert world.submit(applications.jining(applicant=applications.applicant(**change))).status == 201


def test_sex_that_contradicts_the_number_is_only_noticed(world: World) -> None:
    receipt = world.submit(applications.jining(deceased=applications.deceased(sex="male"))).receipt
    assert len(receipt["notices"]) == 1


def test_full_years_and_one_more_are_both_an_age(world: World) -> None:
    for serial, age in enumerate((81, 82, "８１"), start=20):
        assert world.submit(applications.jining(deceased=applications.deceased(serial, age=age))).status == 201


def test_a_person_is_found_again_by_number_only_together_with_the_name(world: World) -> None:
    someone = applications.deceased()
    world.certify("health", "death-certificate", {"id_number": someone["id_number"], "name": "另一人"})
    receipt = world.submit(applications.jining()).receipt
    assert receipt["done_already"] == []
    assert any(key.pk.startswith(person_key("").pk) for key in world.store.records)
