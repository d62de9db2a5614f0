"""The family's own pages: a mark for what has a result, "办不成事" for anything, and what became of it."""

from typing import Any

import pytest

from chalicelib.api import pages
from chalicelib.services.ratings import rate
from tests import applications
from tests.api.test_pages import built, changeable, world  # noqa: F401 - fixtures
from tests.elements import Element, read
from tests.services.world import World, task_of

LEAD = "administrative-approval"
RATINGS = "/api/jining/ratings"


@pytest.fixture
def receipt(world: World) -> Any:  # noqa: F811 - a fixture
    receipt = world.submit(applications.jining()).receipt
    world.finish("health", task_of(receipt, "death-certificate")["task_id"])
    return receipt


def forms(page: Element) -> list[Element]:
    return [one for one in page.every("form") if one["action"] == RATINGS]


def hidden(form: Element) -> dict[str, str]:
    return {one["name"]: one["value"] for one in form.every("input", type="hidden")}


def test_what_has_a_result_can_be_rated_and_anything_can_be_stuck(world: World, receipt: Any) -> None:  # noqa: F811
    mark, stuck = forms(read(pages.case_page("jining", *changeable(world, receipt))))
    death = task_of(receipt, "death-certificate")["task_id"]
    numbers = {name: receipt[name] for name in ("case_number", "lookup_code")}
    assert hidden(mark) == {**numbers, "task_id": death}
    assert [one["value"] for one in mark.every("input", name="score")] == ["5", "4", "3", "2", "1"]
    assert "非常满意" in mark.text
    assert "checked" not in mark.one("input", name="score"), "nobody answers for the family"
    assert hidden(stuck) == {**numbers, "stuck": "true"}
    tasks = world.look_up(receipt)["tasks"]
    assert [one["value"] for one in stuck.every("input", name="task_id")] == [task["task_id"] for task in tasks]


def test_what_was_said_is_shown_and_can_still_be_changed(world: World, receipt: Any) -> None:  # noqa: F811
    answer, numbers = changeable(world, receipt)
    death = task_of(receipt, "death-certificate")["task_id"]
    body = {name: one for name, (one,) in numbers.items()}
    answer = rate(world.ports, "jining", {**body, "task_id": death, "score": 1, "comment": "慢"})
    page = read(pages.case_page("jining", answer, numbers, done="ratings"))
    assert "已经收到，谢谢您告诉我们。" in page.text
    assert "会有人在2026年11月30日前给您回电" in page.text
    assert "您评价为“非常不满意”" in page.text
    assert len(forms(page)) == 2
    (call,) = world.tasks(LEAD)
    world.report(LEAD, call["task_id"], "complete", result="家属已谅解")
    page = read(pages.case_page("jining", *changeable(world, receipt)))
    assert "已经给您回过电" in page.text
    assert "谅解" not in page.text
    assert "回访" not in "".join(one.text for one in page.every("li") if one["class"] == "task")


def test_a_mark_that_was_refused_keeps_what_was_typed(world: World, receipt: Any) -> None:  # noqa: F811
    death = task_of(receipt, "death-certificate")["task_id"]
    typed = {"task_id": [death], "comment": ["</textarea><b>慢"], "score": ["3"]}
    answer, fields = changeable(world, receipt, **typed)
    page = read(pages.case_page("jining", answer, fields, [("score", "这一项已经评价过，现在不能再改")]))
    mark, stuck = forms(page)
    assert "这一项已经评价过" in page.one("div", **{"class": "summary"}).text
    assert mark.one("textarea").text == "</textarea><b>慢"
    assert [one["value"] for one in mark.every("input", name="score") if "checked" in one] == ["3"]
    assert stuck.one("textarea").text == ""
    details = [one for one in page.every("details") if forms(one)]
    assert ["open" in one for one in details] == [True, False]


def test_a_complaint_that_was_refused_keeps_what_was_typed(world: World, receipt: Any) -> None:  # noqa: F811
    answer, fields = changeable(world, receipt, stuck=["true"], comment=["没人接"], task_id=["x"])
    page = read(pages.case_page("jining", answer, fields, [("task_id", "办理项请从列出的选项里选择")]))
    mark, stuck = forms(page)
    assert (mark.one("textarea").text, stuck.one("textarea").text) == ("", "没人接")
    assert "open" in page.one("details", id="stuck")


def test_from_the_receipt_on_something_can_be_stuck(world: World) -> None:  # noqa: F811
    receipt = world.submit(applications.jining()).receipt
    (stuck,) = forms(read(pages.receipt_page("jining", receipt)))
    assert hidden(stuck) == {
        "case_number": receipt["case_number"],
        "lookup_code": receipt["lookup_code"],
        "stuck": "true",
    }
    assert len(list(stuck.every("input", name="task_id"))) == len(receipt["tasks"])


def test_without_its_code_or_after_it_was_shredded_a_case_asks_for_nothing(world: World, receipt: Any) -> None:  # noqa: F811
    assert forms(read(pages.case_page("jining", world.look_up(receipt)))) == []
    answer, numbers = changeable(world, receipt)
    notices = ["这件申请已经办完，里面的个人信息已于2027年5月22日按规定删除"]
    gone = {**answer, "shredded_at": "2027-05-22T01:00:00+08:00", "notices": notices}
    page = read(pages.case_page("jining", gone, numbers))
    assert forms(page) == []
    assert notices[0] in page.text
