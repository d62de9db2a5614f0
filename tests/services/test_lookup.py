"""Looking a case up: cheap, slowed when guessed at, and silent about what does not open."""

import pytest

from chalicelib.services.lookup import look_up
from chalicelib.services.refused import Refused
from tests import applications
from tests.services.world import World


def refusal(world: World, number: object, code: object) -> Refused:
    with pytest.raises(Refused) as caught:
        look_up(world.ports, "jining", number, code)
    return caught.value


def test_a_look_up_is_one_call_and_tells_no_personal_data(world: World) -> None:
    body = applications.jining()
    receipt = world.submit(body).receipt
    world.store.calls.clear()
    answer = world.look_up(receipt)
    assert world.store.calls == {"read": 1}
    for part in ("applicant", "deceased"):
        for value in body[part].values():
            if isinstance(value, str) and len(value) > 3:
                assert value not in repr(answer)
    assert "lookup_code" not in answer


def test_spaces_and_full_width_digits_do_not_matter(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    wide = "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else char for char in receipt["lookup_code"])
    assert look_up(world.ports, "jining", receipt["case_number"].replace(" ", "-"), wide)["state"] == "received"


def test_a_wrong_code_and_a_wrong_number_are_answered_alike_with_the_same_calls(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    answers = []
    for number in (receipt["case_number"], "1000 0000 0000"):
        world.store.calls.clear()
        caught = refusal(world, number, "0000 0000 0000 0000")
        answers.append((caught.status, [problem.code for problem in caught.problems], dict(world.store.calls)))
    assert answers[0] == answers[1] == (404, ["not_found"], {"read": 1, "commit": 1})


def test_after_five_wrong_tries_even_the_right_code_has_to_wait(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    for number in (receipt["case_number"], "1000 0000 0000"):
        for _ in range(5):
            assert refusal(world, number, "0" * 16).status == 404
        assert refusal(world, number, receipt["lookup_code"]).status == 429
    caught = refusal(world, receipt["case_number"], receipt["lookup_code"])
    assert caught.retry_after == 31
    world.later(seconds=31)
    assert world.look_up(receipt)["state"] == "received"
    assert world.look_up(receipt)["state"] == "received", "and the tries are forgotten"


def test_each_further_wrong_try_waits_longer(world: World) -> None:
    for _ in range(5):
        refusal(world, "1000 0000 0000", "0" * 16)
    waits = []
    for _ in range(8):
        wait = refusal(world, "1000 0000 0000", "0" * 16).retry_after
        assert wait is not None
        waits.append(wait)
        world.later(seconds=wait)
        refusal(world, "1000 0000 0000", "0" * 16)
    assert waits == sorted(waits)
    assert waits[-1] == 901


@pytest.mark.parametrize("number", [None, 5, [], "", "12", "x" * 10_000, "一二三", "\0" * 12, {"$gt": ""}])
def test_anything_that_is_no_number_is_simply_not_found(world: World, number: object) -> None:
    assert refusal(world, number, number).status == 404


def test_a_case_of_another_place_is_not_found(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    with pytest.raises(Refused) as caught:
        world.look_up(receipt, "guyang")
    assert caught.value.status == 404


def test_yesterdays_wrong_tries_are_forgotten(world: World) -> None:
    for _ in range(6):
        with pytest.raises(Refused):
            look_up(world.ports, "jining", "1000 0000 0000", "0" * 16)
    world.later(days=2)
    for _ in range(5):
        assert refusal(world, "1000 0000 0000", "0" * 16).status == 404
