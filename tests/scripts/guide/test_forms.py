"""The pages on which people apply and look up, before anybody has typed."""

import doctest
import re

import pytest

from chalicelib.catalogue import load
from scripts.guide import forms, markers
from scripts.guide.form_steps import steps
from scripts.guide.inputs import Input, Relevance
from scripts.guide.place import Place
from tests.catalogues import catalogue, compiled
from tests.elements import Element, read

PLACES = ["jining", "guyang"]
DATE_PARTS = ("year", "month", "day")


def place(slug: str) -> Place:
    return Place(slug, compiled()[slug], catalogue(slug))


def form(slug: str, name: str = "form") -> Element:
    return read(markers.blank(forms.marked(place(slug), name)[1]))


def inputs(slug: str) -> dict[str, Input]:
    return {one.path: one for step in steps(place(slug)) for one in step.inputs}


def control(page: Element, path: str) -> Element:
    return next(page.every("input", id=path))


def test_the_examples_of_the_markers_hold() -> None:
    assert doctest.testmod(markers).failed == 0


@pytest.mark.parametrize("marked", [markers.each("a"), markers.end("a"), markers.each("a") + markers.end("b")])
def test_a_part_that_is_not_closed_is_an_error(marked: str) -> None:
    with pytest.raises(markers.MarkerError):
        markers.segments(marked)


@pytest.mark.parametrize("slug", PLACES)
def test_the_form_asks_for_everything_in_its_steps_and_nothing_else(slug: str) -> None:
    asked = {re.sub(r"\.(year|month|day)$", "", one["name"]) for one in form(slug).every("input")}
    paths = [path for step in catalogue(slug).steps for path in step.fields if path != "eligibility"]
    listed = {path for path in paths if path != "matters" or catalogue(slug).ticked_by == "applicant"}
    assert asked == listed


@pytest.mark.parametrize("slug", PLACES)
@pytest.mark.parametrize("name", ["form", "lookup"])
def test_every_input_has_a_label_or_a_legend_above_it_and_no_placeholder(slug: str, name: str) -> None:
    page = form(slug, name)
    labels = {label["for"] for label in page.every("label")}
    wrapped = {one["id"] for label in page.every("label") for one in label.every("input")}
    for one in page.every("input"):
        assert one["id"] in labels | wrapped, one["name"]
        assert "placeholder" not in one


@pytest.mark.parametrize("slug", PLACES)
@pytest.mark.parametrize("name", ["form", "lookup"])
def test_ids_are_unique_and_descriptions_point_at_something(slug: str, name: str) -> None:
    page = form(slug, name)
    ids = [one["id"] for one in page.every() if "id" in one]
    assert len(ids) == len(set(ids))
    described = {target for one in page.every() for target in one["aria-describedby"].split()}
    assert described <= set(ids)


@pytest.mark.parametrize("slug", PLACES)
def test_id_numbers_are_typed_on_a_full_keyboard(slug: str) -> None:
    for path in ("deceased.id_number", "applicant.id_number"):
        assert control(form(slug), path)["type"] == "text"
        assert "inputmode" not in control(form(slug), path)


@pytest.mark.parametrize("slug", PLACES)
def test_only_the_applicants_own_data_is_offered_by_the_browser(slug: str) -> None:
    page = form(slug)
    assert control(page, "applicant.name")["autocomplete"] == "name"
    assert control(page, "applicant.phone")["autocomplete"] == "tel"
    texts = [one for one in page.every("input") if one["type"] in ("text", "tel")]
    others = {one["autocomplete"] for one in texts if not one["name"].startswith("applicant.")}
    assert others == {"off"}


@pytest.mark.parametrize("slug", PLACES)
def test_a_date_is_three_inputs_with_a_numeric_pad(slug: str) -> None:
    parts = [one for one in form(slug).every("input") if one["name"].startswith("deceased.died_on")]
    assert [one["name"].rpartition(".")[2] for one in parts] == list(DATE_PARTS)
    assert {one["inputmode"] for one in parts} == {"numeric"}


@pytest.mark.parametrize("slug", PLACES)
def test_every_question_can_be_answered_with_not_knowing(slug: str) -> None:
    for path, one in inputs(slug).items():
        if path.startswith(("answers.", "eligibility.")):
            assert one.options[-1].value == "unknown", path
            assert one.options[-1].label == compiled()[slug]["wording"]["unknown"]


def test_a_question_says_for_which_matters_it_is_asked() -> None:
    assert "勾选了“个人账户一次性待遇申领（养老保险）”、“遗属待遇申领”才需要回答。" in form("jining").text
    pension = inputs("jining")["answers.pension"]
    assert pension.relevance == Relevance(matters=("pension-account", "survivor-benefit"))


def test_a_question_says_after_which_answers_it_is_asked() -> None:
    assert "上一题选了“企业职工养老保险”、“机关事业养老保险”、“不清楚”的才需要回答。" in form("guyang").text
    retired = inputs("guyang")["answers.receiving_pension"]
    assert retired.relevance == Relevance(question="answers.pension", answers=("enterprise", "public", "unknown"))


def test_what_only_a_counter_handles_is_said_beside_its_question() -> None:
    assert "只在县政务大厅“一件事一次办”窗口办理。" in " ".join(inputs("guyang")["answers.housing_fund"].hints)


def test_matters_stand_with_the_words_of_the_official_form_and_their_summaries() -> None:
    offered = inputs("jining")["matters"].options
    assert [one.label for one in offered][:2] == ["出具死亡证明（正常死亡）", "出具火化证明"]
    assert len(offered) == 8
    assert all(one.summary for one in offered)


def test_the_payee_is_asked_with_its_rules_only_where_there_is_a_choice() -> None:
    assert compiled()["jining"]["form"]["note"] in inputs("jining")["payee"].hints
    assert "payee" not in inputs("guyang")


def test_where_answers_tick_the_matters_the_form_lists_none() -> None:
    assert "matters" not in inputs("guyang")
    assert compiled()["guyang"]["wording"]["form"]["matters_later"] in form("guyang").text


def test_nothing_is_chosen_beforehand() -> None:
    for slug in PLACES:
        assert [one["name"] for one in form(slug).every("input") if "checked" in one] == []


def test_only_what_is_optional_is_marked() -> None:
    word = compiled()["jining"]["wording"]["optional"]
    labels = [one.text for one in form("jining").every("label") if "for" in one]
    assert not any(word in label for label in labels)
    shy = {**compiled()["jining"], "fields": {**compiled()["jining"]["fields"]}}
    shy["fields"]["applicant.address"] = {**shy["fields"]["applicant.address"], "required": False}
    page = read(markers.blank(forms.marked(Place("jining", shy, load(shy)), "form")[1]))
    assert [one.text for one in page.every("label") if word in one.text] == [f"您的联系地址{word}"]


def test_the_applicant_signs_below_the_declaration() -> None:
    page = form("jining").one("fieldset", id="part-declaration")
    assert [one.text for one in page.one("ol").every("li")] == compiled()["jining"]["form"]["declaration"]
    assert control(page, "declaration.agreed")["value"] == "true"
    assert control(page, "declaration.signed_name")["type"] == "text"


@pytest.mark.parametrize(("slug", "first"), [("jining", "deceased.name"), ("guyang", "eligibility.registered_here")])
def test_conditions_come_before_any_personal_data(slug: str, first: str) -> None:
    bodies = {page.path: page.body for page in forms.pages(place(slug))}
    names = [one["name"] for one in read(bodies[f"{slug}/apply.md"]).every("input")]
    assert next(name for name in names if name != "stage") == first
    if first.startswith("eligibility"):
        assert all(name == "stage" or name.startswith("eligibility.") for name in names)


@pytest.mark.parametrize("slug", PLACES)
def test_forms_are_posted_and_numbers_never_stand_in_an_address(slug: str) -> None:
    for name, address in [("form", f"/api/{slug}/applications"), ("lookup", f"/api/{slug}/lookup")]:
        posted = form(slug, name).one("form")
        assert (posted["method"], posted["action"]) == ("post", address)


@pytest.mark.parametrize("slug", PLACES)
def test_no_page_carries_a_marker_a_script_or_a_style_of_its_own(slug: str) -> None:
    for page in forms.pages(place(slug)):
        if not page.path.endswith("frame.md"):
            assert markers.OPEN not in page.body
            assert not re.search(r"<(script|style)|\sstyle=|\son\w+=", page.body), page.path
            read(page.body)


def test_the_page_about_the_paper_form_offers_the_pdf_and_the_page_for_printing() -> None:
    body = next(page.body for page in forms.pages(place("jining")) if page.path == "jining/form.md")
    links = [one["href"] for one in read(body).every("a")]
    assert links[:2] == ["/jining/form/application-form.pdf", "/jining/form/print/"]
