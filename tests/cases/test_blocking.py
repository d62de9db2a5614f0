"""Who waits in vain, told from a case's tasks alone: a letter, its state, what it waits for, what it issues."""

from typing import Any

import pytest

from chalicelib.cases.blocking import with_blocks
from chalicelib.cases.case import Task
from chalicelib.cases.states import TaskState


def task(name: str, state: str, opens_on: str = "", issues: str | None = None, blocked_by: str = "") -> Task:
    return Task(
        task_id=name,
        case_number="1",
        locality="x",
        item=name,
        candidates=(),
        matter=name,
        name=name,
        agency=f"agency-{name}",
        agency_name=name,
        state=TaskState(state),
        opens_on=tuple(opens_on.split()),
        issues=issues,
        payees=(),
        payee=None,
        accounts=(),
        discloses=(),
        working_days=3,
        silent=False,
        blocked_by=blocked_by,
    )


DEATH = ("d", "declined", "", "death")
CREMATION = ("c", "waiting", "death", "ash")
TABLE: dict[str, tuple[list[Any], dict[str, str]]] = {
    "nothing was refused": ([("d", "open", "", "death"), CREMATION], {}),
    "what it waits for was declined": ([DEATH, CREMATION], {"c": "d"}),
    "what it waits for failed": ([("d", "failed", "", "death"), CREMATION], {"c": "d"}),
    "the family took it back: it may bring its own": ([("d", "withdrawn", "", "death"), CREMATION], {}),
    "what is blocked issues nothing, and the first to refuse is named": (
        [DEATH, CREMATION, ("p", "waiting", "ash")],
        {"c": "d", "p": "d"},
    ),
    "either would do and one of them was refused": ([DEATH, ("p", "waiting", "death ash")], {"p": "d"}),
    "either would do and somebody works on the other": (
        [DEATH, ("c", "accepted", "", "ash"), ("p", "waiting", "death ash")],
        {},
    ),
    "either would do and the other is blocked too": (
        [DEATH, CREMATION, ("p", "waiting", "death ash")],
        {"c": "d", "p": "d"},
    ),
    "somebody else issues the same": ([DEATH, ("e", "open", "", "death"), CREMATION], {}),
    "nobody in the case was to issue it": ([("p", "waiting", "elsewhere")], {}),
    "it runs already": ([DEATH, ("c", "open", "death", "ash")], {}),
    "it ended": ([DEATH, ("c", "withdrawn", "death", "ash")], {}),
    "refusing what issues nothing blocks nobody": ([("d", "declined"), CREMATION], {}),
}


@pytest.mark.parametrize(("given", "blocked"), TABLE.values(), ids=TABLE)
def test_who_is_blocked_and_by_whom(given: list[Any], blocked: dict[str, str]) -> None:
    tasks = with_blocks(task(*one) for one in given)
    assert {one.task_id: one.blocked_by for one in tasks if one.blocked_by} == {
        waiting: f"agency-{refusing}" for waiting, refusing in blocked.items()
    }


@pytest.mark.parametrize("state", ["open", "withdrawn"])
def test_what_is_not_blocked_any_more_loses_its_mark(state: str) -> None:
    (_, after) = with_blocks([task(*DEATH), task("c", state, "death", "ash", "agency-d")])
    assert after.blocked_by == ""


def test_a_task_in_which_nothing_changed_is_the_same_value() -> None:
    given = [task(*DEATH), task("c", "waiting", "death", "ash", "agency-d")]
    assert all(one is other for one, other in zip(with_blocks(given), given, strict=True))
