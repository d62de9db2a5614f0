"""Units: a clerk sees her own unit's tasks first; a task belongs to all until somebody gives it to one."""

import dataclasses
from typing import Any

import pytest

from chalicelib.catalogue import Catalogue
from chalicelib.services.claims import Role
from chalicelib.services.listing import Asked
from chalicelib.services.outline import outline_task
from chalicelib.services.refused import Refused
from chalicelib.services.task_list import list_any_tasks
from chalicelib.services.units import assign
from chalicelib.services.worklist import list_tasks
from tests import applications
from tests.catalogues import catalogue
from tests.services.lead import Lead
from tests.services.world import World, task_of

UNITS = {"east": "东街派出所", "west": "西街派出所"}


@pytest.fixture
def world() -> World:
    """The police have two stations."""
    made = World()
    made.ports = dataclasses.replace(made.ports, catalogue=with_units)
    return made


def with_units(slug: str) -> Catalogue:
    known = catalogue(slug)
    police = dataclasses.replace(known.agencies["police"], units=UNITS)
    return dataclasses.replace(known, agencies={**known.agencies, "police": police})


def clerk(world: World, unit: str = "", agency: str = "police") -> Any:
    return dataclasses.replace(world.claims(agency), unit=unit)


def listed(world: World, own: str = "", /, **query: Any) -> Any:
    query = {"state": "waiting", "cursor": None, **query}
    return list_tasks(world.ports, clerk(world, own), "jining", **query)


def submitted(world: World) -> str:
    receipt = world.submit(applications.jining()).receipt
    return str(task_of(receipt, "hukou-cancellation")["task_id"])


def give(world: World, task: str, unit: Any, by: str = "") -> Any:
    return assign(world.ports, clerk(world, by), "jining", task, {"unit": unit})


def ids(answer: Any) -> list[str]:
    return [task["task_id"] for task in answer["tasks"]]


def refusal(call: Any) -> tuple[int, list[tuple[str, str]]]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.status, [(problem.field, problem.code) for problem in caught.value.problems]


def test_a_task_belongs_to_all_until_it_is_given_to_one(world: World) -> None:
    first, second = submitted(world), submitted(world)
    assert set(ids(listed(world))) == {first, second}
    assert give(world, first, "east") == {"task_id": first, "unit": "east", "unit_name": "东街派出所"}
    assert ids(listed(world, "east")) == [first]
    assert ids(listed(world)) == ids(listed(world, "east", unit="-")) == [second]
    assert ids(listed(world, "west")) == []
    assert ids(listed(world, unit="east")) == [first], "colleagues can look"


def test_a_clerk_gets_her_own_unit_first_in_one_call(world: World) -> None:
    submitted(world)
    world.store.calls.clear()
    answer = listed(world, "west")
    assert world.store.calls == {"page": 1}
    assert answer["unit"] == "west"
    assert [one["unit"] for one in answer["units"]] == ["west", "-", "east"]
    assert listed(world)["unit"] == "-"
    assert [one["unit"] for one in listed(world)["units"]] == ["-", "east", "west"]


def test_a_unit_that_the_catalogue_does_not_know_hides_nothing(world: World) -> None:
    task = submitted(world)
    assert ids(listed(world, "north")) == [task]


def test_it_can_be_given_on_and_back(world: World) -> None:
    task = submitted(world)
    give(world, task, "east")
    give(world, task, "west", by="east")
    assert ids(listed(world, "west")) == [task]
    give(world, task, "-", by="west")
    assert ids(listed(world)) == [task]


def test_it_is_recorded_once(world: World) -> None:
    task = submitted(world)
    give(world, task, "east")
    before = dict(world.store.records)
    give(world, task, "east")
    assert world.store.records == before
    actions = [one["action"] for one in world.store.read_partition(f"case#jining#{task[:12]}", "audit#")]
    assert actions == ["submitted", "assigned:east"]
    assert outline_task(world.ports, clerk(world), "jining", task)["unit"] == "east"


def test_it_keeps_its_unit_through_what_happens_to_it(world: World) -> None:
    task = submitted(world)
    give(world, task, "east")
    someone = applications.deceased()
    world.certify("health", "death-certificate", {"id_number": someone["id_number"], "name": someone["name"]})
    assert ids(listed(world, "east", state="open")) == [task]
    world.report("police", task, "accept")
    assert ids(listed(world, "east", state="accepted")) == [task]


@pytest.mark.parametrize("unit", [None, 5, "", "north", ["east"], "east#x", "x" * 5000])
def test_what_is_no_unit_of_the_agency_is_refused(world: World, unit: Any) -> None:
    task = submitted(world)
    assert refusal(lambda: give(world, task, unit)) == (422, [("unit", "choice")])
    if isinstance(unit, str) and unit:
        assert refusal(lambda: listed(world, unit=unit)) == (422, [("unit", "choice")])
    assert ids(listed(world)) == [task]


def test_every_wrong_part_of_a_query_is_told(world: World) -> None:
    assert refusal(lambda: listed(world, unit="north", state="x")) == (422, [("state", "choice"), ("unit", "choice")])


def test_only_the_agency_itself_divides_its_tasks(world: World) -> None:
    task = submitted(world)
    health = world.claims("health")
    assert refusal(lambda: assign(world.ports, health, "jining", task, {"unit": "-"})) == (404, [("", "not_found")])
    for role in (Role.COUNTER, Role.SUPERVISOR, Role.CERTIFIER):
        claims = world.claims("police", role)
        assert refusal(lambda claims=claims: assign(world.ports, claims, "jining", task, {"unit": "east"}))[0] == 403  # type: ignore[misc]


def test_what_has_ended_is_given_to_nobody(world: World) -> None:
    receipt = world.submit(applications.jining(matters=["hukou-cancellation"], payee=None)).receipt
    task = receipt["tasks"][0]["task_id"]
    world.report("police", task, "open", reason="judgment-seen")
    world.report("police", task, "decline", reason="mismatch")
    assert refusal(lambda: give(world, task, "east")) == (409, [("unit", "state_conflict")])


def test_when_another_writes_first_both_changes_stay(world: World) -> None:
    task = submitted(world)
    world.store.before_commit = lambda: world.report("police", task, "open", reason="judgment-seen")
    give(world, task, "east")
    assert ids(listed(world, "east", state="open")) == [task]


def test_the_lead_agency_sees_every_unit(world: World) -> None:
    first, second = submitted(world), submitted(world)
    give(world, first, "east")
    assert Lead(world).counts("police")["waiting"] == 2
    pages, cursor = [], ""
    while len(pages) < 5:
        page = any_tasks(world, cursor)
        pages.append([row["task_id"] for row in page.rows])
        if not page.cursor:
            break
        cursor = page.cursor
    assert pages == [[second], [first], []], "the unassigned, then station after station"
    everything = any_tasks(world, everything=True)
    assert {row["task_id"] for row in everything.rows} == {first, second}


def any_tasks(world: World, cursor: str = "", everything: bool = False) -> Any:
    asked = Asked("police", "waiting", cursor, everything)
    return list_any_tasks(world.ports, Lead(world).claims, "jining", asked)


@pytest.mark.parametrize("cursor", ["9~", "-1~", "x~", "1~x", "~", "²~", "0~0~0"])
def test_a_cursor_that_no_page_gave_out_is_refused(world: World, cursor: str) -> None:
    assert refusal(lambda: any_tasks(world, cursor)) == (422, [("cursor", "choice")])
