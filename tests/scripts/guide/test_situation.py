"""What answers lead to, as the page without script shows it."""

import pytest

from chalicelib.catalogue import Channel, Request, plan
from scripts.guide.situation import Group, groups, offered, unconditional
from tests.scripts.guide.places import place


def pension(slug: str) -> Group:
    return next(group for group in groups(place(slug)) if group.questions[0].slug == "pension")


def test_questions_that_one_condition_combines_stand_together() -> None:
    together = [[question.slug for question in group.questions] for group in groups(place("guyang"))]
    assert together[0] == ["pension", "receiving_pension"]
    assert all(len(slugs) == 1 for slugs in together[1:])


@pytest.mark.parametrize("slug", ["jining", "guyang"])
def test_every_combination_of_answers_has_one_row(slug: str) -> None:
    shown = [tuple(words for _, words in row.answers) for row in pension(slug).rows]
    assert len(shown) == len(set(shown)) == 6


def test_a_question_that_another_answer_makes_superfluous_is_not_shown() -> None:
    shown = [tuple(words for _, words in row.answers) for row in pension("guyang").rows]
    assert ("城乡居民养老保险",) in shown
    assert ("未参加养老保险",) in shown
    assert ("企业职工养老保险", "在职") in shown


def test_a_row_names_the_outcome_that_its_answers_lead_to() -> None:
    drawing, not_yet = pension("jining").rows[:2]
    assert drawing.found[0].outcomes == ("办理个人账户返还并发放丧葬补助金",)
    assert not_yet.found[0].outcomes == ("办理个人账户返还",)


def test_a_row_says_why_something_does_not_apply() -> None:
    rows = {tuple(words for _, words in row.answers): row for row in pension("jining").rows}
    assert rows["城乡居民养老保险", "是"].reasons[0].startswith("参加城乡居民养老保险的没有单独的遗属待遇")
    assert rows["城镇企业职工养老保险", "是"].reasons == ()


@pytest.mark.parametrize("slug", ["jining", "guyang"])
def test_the_rows_agree_with_the_planner(slug: str) -> None:
    catalogue = place(slug).catalogue
    conditions = {key: one.must_be for key, one in catalogue.conditions.items()}
    for group in groups(place(slug)):
        for row in group.rows:
            answers = {one.slug: _answer(one.labels, words) for one, words in row.answers}
            rest = {key: one.options[-1] for key, one in catalogue.questions.items() if key not in answers}
            matters = tuple(matter.slug for matter in offered(catalogue))
            request = Request(Channel.COUNTER, rest | answers, matters, eligibility=conditions)
            planned = {task.item for task in plan(catalogue, request).tasks}
            among = {item.slug for item in catalogue.items.values() if item.when.keys() & answers.keys()}
            assert {found.item.slug for found in row.found} == planned & among


def test_items_that_no_answer_decides_are_listed_by_themselves() -> None:
    assert [item.slug for item in unconditional(place("guyang").catalogue)] == ["hukou-cancellation"]
    assert "unnatural-death-certificate" not in [item.slug for item in unconditional(place("jining").catalogue)]


def _answer(labels, words):
    return next(answer for answer, label in labels.items() if label == words)
