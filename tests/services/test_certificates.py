"""Shared certificates: who may put them, what they open, and that hostile or repeated ones do no harm."""

import pytest

from chalicelib.services.claims import Role
from chalicelib.services.refused import Refused
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
