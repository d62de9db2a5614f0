"""A counter clerk in a real browser: types a paper form, hands out papers, answers a caller, and starts clean again."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from chalicelib.cases.form_code import encode
from chalicelib.catalogue import for_locality
from tests import applications
from tests.browser.chromium import WIDTHS
from tests.browser.staff import identify, sign_in
from tests.browser.views import look, weight
from tests.people import id_number
from tests.stack.client import Place
from tests.stack.processes import Stack

pytestmark = [pytest.mark.stack, pytest.mark.browser]

SERIALS = iter(range(230, 299))
KEYS = itertools.count()
COUNTERS = {"jining": "jining-administrative-approval-counter", "guyang": "guyang-government-service-counter"}
BYTES = 60 * 1024
PRIVATE = ("王小明", "王秀英", "张帮忙", "13900000001")

Answer = dict[str, Any]


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
    """A counter's browser; a script that fails fails the test."""
    context = chromium.new_context(viewport={"width": WIDTHS[1], "height": 900})
    errors: list[str] = []
    with closing(context):
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.add_init_script("window.print = () => (window.printed = document.body.dataset.sheet)")
        yield page
    assert errors == []


@pytest.fixture
def clerk(desk: Page, stack: Stack) -> Callable[[str], Page]:
    """`clerk("jining")`: signed in, where a family begins."""

    def signed_in(slug: str) -> Page:
        sign_in(desk, stack, COUNTERS[slug], f"/{slug}/staff/counter/")
        return desk

    return signed_in


@pytest.fixture
def jining(stack: Stack) -> Place:
    return Place(stack, "jining")


def body_of(slug: str, **changes: Any) -> Answer:
    make = {"jining": applications.jining, "guyang": applications.guyang}[slug]
    return make(deceased=applications.deceased(serial=next(SERIALS)), **changes)


def press(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("button", name=name, exact=True).first.click()


def open_form(page: Page) -> None:
    press(page, "没有编码，直接录入")
    expect(page.get_by_role("heading", name="录入申请表")).to_be_focused()


def type_in(page: Page, body: Answer) -> None:
    """A body as it stands on paper."""
    for group in ("applicant", "deceased"):
        for name, value in body[group].items():
            if name == "sex":
                choose(page, f"{group}.sex", value)
            else:
                page.locator(f'[name="{group}.{name}"]').fill(str(value))
    for part in ("answers", "eligibility"):
        for name, value in body.get(part, {}).items():
            choose(page, f"{part}.{name}", value if isinstance(value, str) else str(value).lower())
    for matter in body.get("matters", []):
        choose(page, "matters", matter)
    if "payee" in body:
        choose(page, "payee", body["payee"])
    for account, numbers in body["accounts"].items():
        for name, value in numbers.items():
            page.locator(f'[name="accounts.{account}.{name}"]').fill(value)
    choose(page, "declaration.agreed", "true")
    page.locator('[name="declaration.signed_name"]').fill(body["declaration"]["signed_name"])
    page.get_by_label("窗口名称").fill("3 号窗口")


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f'[name="{name}"][value="{value}"]').check()


def seen(page: Page, *names: str) -> None:
    for name in names:
        page.locator("[data-seen]").get_by_label(name).check()


def numbers(page: Page) -> Answer:
    """What the receipt shows large."""
    number, code = page.locator(".numbers dd").all_inner_texts()
    return {"case_number": number, "lookup_code": code}


def submitted(page: Page, body: Answer) -> Answer:
    open_form(page)
    type_in(page, body)
    press(page, "提交申请")
    expect(page.get_by_role("heading", name="已经收到申请")).to_be_focused()
    return numbers(page)


def find(page: Page, receipt: Answer) -> None:
    page.evaluate("location.hash = '#/home'")
    page.get_by_label("受理编号").fill(receipt["case_number"])
    press(page, "查询")
    expect(page.get_by_role("heading", level=1, name=receipt["case_number"])).to_be_focused()


def expect_said(page: Page, words: str) -> None:
    expect(page.locator("main > .said")).to_contain_text(words)


def applied(jining: Place, **changes: Any) -> Answer:
    reply = jining.apply(body_of("jining", submission_key=f"counter-{next(KEYS)}", **changes))
    assert reply.status_code == 201, reply.text
    return dict(reply.json())


def task_id(receipt: Answer, item: str) -> str:
    return next(str(task["task_id"]) for task in receipt["tasks"] if task["item"] == item)


def left_behind(page: Page) -> str:
    """Everything a next visitor of this tab could come by."""
    kept = page.evaluate("JSON.stringify({...sessionStorage}) + JSON.stringify({...localStorage}) + document.cookie")
    return str(page.content()) + str(kept) + page.url


# ---- The paper form ----


@pytest.mark.parametrize("slug", COUNTERS)
def test_a_paper_form_becomes_a_case_with_receipt_and_notice(
    clerk: Callable[[str], Page], stack: Stack, slug: str
) -> None:
    page, body = clerk(slug), body_of(slug)
    open_form(page)
    type_in(page, body)
    page.get_by_label("代办人姓名").fill("张帮忙")
    page.get_by_label("代办人电话").fill("13900001111")
    sent: list[Answer] = []
    page.on("request", lambda one: sent.append(one.post_data_json) if one.url.endswith("/applications") else None)
    press(page, "提交申请")
    expect(page.get_by_role("heading", name="已经收到申请")).to_be_focused()
    assert sent[0]["helper"] == {"name": "张帮忙", "phone": "13900001111"}
    assert sent[0]["applicant"]["name"] == "王小明"
    told = Place(stack, slug).look_up(numbers(page))
    shown = page.locator(".sheet--receipt tbody th > span").all_inner_texts()
    assert shown == [task["name"] for task in told["tasks"]]
    notice = page.locator(".sheet--notice")
    expect(notice.locator("tbody tr")).to_have_count(len(told["missing"]))
    expect(notice).to_contain_text("3 号窗口")
    expect(notice).to_contain_text(numbers(page)["case_number"])


def test_the_form_has_the_order_and_the_words_of_the_paper(clerk: Callable[[str], Page]) -> None:
    page = clerk("jining")
    open_form(page)
    names = page.evaluate("[...new Set([...document.querySelectorAll('form [name]')].map(one => one.name))]")
    assert names[:4] == ["applicant.name", "applicant.sex", "applicant.phone", "applicant.relationship"]
    order = ["deceased.police_station", "answers.pension", "matters", "payee", "declaration.agreed", "helper.name"]
    assert [name for name in names if name in order] == order
    assert page.get_by_role("group", name="逝者", exact=True).get_by_label("身份证号").count() == 1


def test_where_conditions_decide_they_come_first_and_turn_away_with_their_reason(
    clerk: Callable[[str], Page],
) -> None:
    page = clerk("guyang")
    open_form(page)
    assert str(page.locator("form [name]").first.get_attribute("name")).startswith("eligibility.")
    body = body_of("guyang")
    type_in(page, {**body, "eligibility": {**body["eligibility"], "work_injury": True}})
    press(page, "提交申请")
    expect(page.locator(".summary")).to_be_focused()
    expect(page.locator(".summary")).to_contain_text("工伤死亡暂时不在")
    expect(page.locator('[name="applicant.name"]')).to_have_value("王小明")


def test_what_can_only_be_done_at_a_counter_is_done_there(clerk: Callable[[str], Page], stack: Stack) -> None:
    body = body_of("guyang")
    receipt = submitted(clerk("guyang"), {**body, "answers": {**body["answers"], "social_assistance": True}})
    told = Place(stack, "guyang").look_up(receipt)
    assert "social-assistance" in {task["item"] for task in told["tasks"]}
    assert told["counter_only"] == []


def test_problems_stand_at_the_top_and_beside_the_fields_in_the_order_of_the_paper(
    clerk: Callable[[str], Page],
) -> None:
    page = clerk("jining")
    open_form(page)
    page.get_by_label("联系地址").fill("示例市示例区一号")
    press(page, "提交申请")
    summary = page.locator(".summary")
    expect(summary).to_be_focused()
    assert page.title().startswith("错误：")
    said = summary.locator("li").all_inner_texts()
    assert said[0] == "请填写家属/亲属姓名"
    assert said.index("请填写申请人身份证号") < said.index("请填写逝者身份证号")
    assert said[-1] == "请填写窗口"
    assert summary.locator("li > span").count() == 0, "each leads to its field"
    summary.get_by_role("link", name="请填写逝者身份证号").click()
    field = page.locator('[name="deceased.id_number"]')
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("请填写逝者身份证号")
    expect(page.get_by_label("联系地址")).to_have_value("示例市示例区一号")


def test_the_materials_to_look_at_follow_what_is_ticked_and_a_seen_one_is_not_missing(
    clerk: Callable[[str], Page],
) -> None:
    page, body = clerk("jining"), body_of("jining")
    open_form(page)
    listed = page.locator("[data-seen] > .choice > span > span")
    expect(listed).to_have_count(0)
    type_in(page, body)
    assert "户口本逝者户口页" in listed.all_inner_texts()
    seen(page, "户口本逝者户口页")
    choose(page, "matters", "housing-fund")
    expect(page.locator("[data-seen]").get_by_label("户口本逝者户口页")).to_be_checked()
    page.locator('[name=matters][value="housing-fund"]').uncheck()
    press(page, "提交申请")
    expect(page.locator(".sheet--notice")).not_to_contain_text("户口本逝者户口页")
    expect(page.locator(".sheet--notice")).to_contain_text("中华人民共和国居民身份证（经办人）")


def test_a_lost_answer_and_a_second_click_make_one_case(clerk: Callable[[str], Page], stack: Stack) -> None:
    page, body = clerk("jining"), body_of("jining")
    keys: list[str] = []
    answers: list[Answer] = []

    def lose_the_answer(route: Route) -> None:
        keys.append(route.request.post_data_json["submission_key"])
        answers.append(route.fetch().json())
        route.abort()

    page.route("**/counter/applications", lose_the_answer, times=1)
    open_form(page)
    type_in(page, body)
    press(page, "提交申请")
    expect(page.locator(".summary")).to_contain_text("没有连上")
    expect(page.locator('[name="deceased.name"]')).to_have_value("王秀英")
    page.on("request", lambda one: keys.append(one.post_data_json["submission_key"]) if one.post_data else None)
    page.get_by_role("button", name="提交申请").dblclick()
    expect(page.get_by_role("heading", name="已经收到申请")).to_be_visible()
    assert numbers(page) == {name: answers[0][name] for name in ("case_number", "lookup_code")}
    assert len(keys) == 2
    assert len(set(keys)) == 1


# ---- The printed form's code ----


def test_scanning_a_printed_code_opens_the_form_as_it_was_ticked(clerk: Callable[[str], Page]) -> None:
    """A scanner is a keyboard: it types wherever the focus is, and ends with Enter."""
    page = clerk("jining")
    chosen = ["hukou-cancellation", "licence-cancellation"]
    page.keyboard.type(encode(for_locality("jining"), chosen).replace(" ", "").lower())
    page.keyboard.press("Enter")
    expect_said(page, "按编码勾好了 2 个事项")
    ticked = page.locator("[name=matters]:checked").evaluate_all("boxes => boxes.map(box => box.value)")
    assert ticked == chosen
    expect(page.get_by_text("这张表是以前印的")).to_have_count(0)


def test_a_wrong_character_in_a_code_is_told_beside_it(clerk: Callable[[str], Page]) -> None:
    page = clerk("jining")
    page.get_by_label("申请表上的编码").fill("1000 0000")
    press(page, "按编码打开")
    expect(page.locator(".summary")).to_contain_text("表上的编码有一位不对")
    expect(page.get_by_label("申请表上的编码")).to_have_accessible_description(re.compile("有一位不对"))


# ---- What is handed out ----


def test_receipt_and_notice_are_printed_together_or_one_by_one(clerk: Callable[[str], Page]) -> None:
    page = clerk("jining")
    submitted(page, body_of("jining"))
    for button, sheet in (("打印回执和告知书", "all"), ("打印回执", "receipt"), ("打印告知书", "notice")):
        press(page, button)
        assert page.evaluate("window.printed") == sheet
    page.emulate_media(media="print")
    for sheet in ("receipt", "notice"):
        page.evaluate("sheet => document.body.dataset.sheet = sheet", sheet)
        for name in ("receipt", "notice"):
            expect(page.locator(f".sheet--{name}")).to_be_visible(visible=name == sheet)
        expect(page.get_by_role("button").filter(visible=True)).to_have_count(0)


def test_what_was_looked_at_in_full_leaves_nothing_to_notify(clerk: Callable[[str], Page]) -> None:
    page, body = clerk("jining"), body_of("jining", matters=["death-certificate"])
    submitted(page, {name: value for name, value in body.items() if name not in ("payee", "answers")})
    expect(page.get_by_text("没有要补的")).to_be_visible()
    expect(page.locator(".sheet--notice")).to_have_count(0)


# ---- A case by its number ----


def test_a_caller_is_told_states_and_nothing_else(clerk: Callable[[str], Page], jining: Place) -> None:
    receipt = applied(jining)
    jining.report("health", task_id(receipt, "death-certificate"), "decline", reason="此处不该让打电话的人知道")
    page = clerk("jining")
    find(page, receipt)
    expect(page.get_by_role("row").filter(has_text="出具死亡证明")).to_contain_text("不予受理")
    assert "此处不该让打电话的人知道" not in page.content()
    assert not [one for one in PRIVATE if one in page.content()]
    assert receipt["case_number"].replace(" ", "") not in page.url, "an address outlives the family"


def test_an_unknown_number_is_told_and_stays_to_be_mended(clerk: Callable[[str], Page]) -> None:
    page = clerk("jining")
    page.get_by_label("受理编号").fill("1234 5678 9012")
    press(page, "查询")
    expect(page.locator(".summary")).to_contain_text("没有查到")
    expect(page.get_by_label("受理编号")).to_have_value("1234 5678 9012")


def test_a_lost_look_up_code_is_issued_again_with_a_reason(clerk: Callable[[str], Page], jining: Place) -> None:
    receipt = applied(jining)
    page = clerk("jining")
    find(page, receipt)
    press(page, "补发查询码", "确认补发")
    expect(page.locator(".summary")).to_contain_text("请写明为什么补发")
    page.get_by_label("为什么补发").fill("回执丢了")
    press(page, "确认补发")
    expect(page.get_by_role("heading", name="新的查询码")).to_be_focused()
    new = numbers(page)
    assert new["lookup_code"] != receipt["lookup_code"]
    assert jining.look_up(new)["case_number"] == receipt["case_number"]


def test_papers_and_corrections_are_taken_in(clerk: Callable[[str], Page], jining: Place) -> None:
    receipt = applied(jining)
    jining.finish("health", task_id(receipt, "death-certificate"), certificate_number="D")
    hukou = task_id(receipt, "hukou-cancellation")
    assert jining.report("police", hukou, "ask", reason="missing-material", materials=["id-card-applicant"]).ok
    page = clerk("jining")
    find(page, receipt)
    press(page, "收补充材料，改填错的信息")
    form = page.locator("#panel-corrections")
    expect(form.get_by_role("heading").first).to_be_focused()
    expect(form.get_by_label("户口注销（公安机关）")).to_be_checked()
    form.get_by_label("中华人民共和国居民身份证（经办人）").check()
    form.get_by_text("改填错的信息（").click()
    form.get_by_label("身份证号").first.fill("37")
    press(page, "确认登记")
    expect(form.locator(".summary")).to_contain_text("位数不对")
    form.get_by_label("身份证号").first.fill(id_number("1971-05-06", "male"))
    press(page, "确认登记")
    expect_said(page, "已登记")
    told = jining.look_up(receipt)
    assert next(task["state"] for task in told["tasks"] if task["task_id"] == hukou) == "open"
    assert "id-card-applicant" not in {one["material"] for one in told["missing"]}


def test_a_result_is_handed_over_once_and_read_out(clerk: Callable[[str], Page], jining: Place) -> None:
    receipt = applied(jining)
    jining.finish("health", task_id(receipt, "death-certificate"), certificate_number="SD-77", result="已出具")
    page = clerk("jining")
    find(page, receipt)
    press(page, "交付结果", "确认交付")
    expect(page.locator("#panel-handover .summary")).to_contain_text("请选择交付哪一项的结果")
    page.get_by_label("出具死亡证明（正常死亡）（已办结）").check()
    press(page, "确认交付")
    expect_said(page, "已登记交付")
    expect(page.get_by_text("证照编号 SD-77")).to_be_visible()
    expect(page.get_by_role("button", name="交付结果")).to_have_count(0)


# ---- Between two families ----


def test_clearing_leaves_nothing_of_a_family_on_the_screen_or_in_memory(
    clerk: Callable[[str], Page], jining: Place
) -> None:
    page = clerk("jining")
    receipt = submitted(page, body_of("jining"))
    press(page, "清空，接待下一家")
    expect_said(page, "已经清空")
    expect(page.get_by_role("heading", name="接待窗口")).to_be_focused()
    for _ in range(3):
        assert not [one for one in (*PRIVATE, *receipt.values()) if one in left_behind(page)]
        page.evaluate("location.hash = location.hash === '#/form' ? '#/case' : '#/form'")
        expect(page.locator("main[aria-busy]")).to_have_count(0)
    page.evaluate("location.hash = '#/form'")
    expect(page.get_by_label("家属/亲属姓名")).to_have_value("")
    expect(page.get_by_label("窗口名称")).to_have_value("3 号窗口")


def test_a_case_that_was_looked_up_cannot_be_gone_back_to(clerk: Callable[[str], Page], jining: Place) -> None:
    page, receipt = clerk("jining"), applied(jining)
    find(page, receipt)
    press(page, "清空，接待下一家")
    expect_said(page, "已经清空")
    page.go_back()
    expect(page).to_have_url(re.compile("#/home$"))
    expect(page.get_by_role("heading", name="接待窗口")).to_be_focused()
    assert receipt["case_number"] not in left_behind(page)


def test_leaving_a_form_asks_nothing_and_keeps_nothing(clerk: Callable[[str], Page]) -> None:
    page = clerk("jining")
    open_form(page)
    page.get_by_label("家属/亲属姓名").fill("王小明")
    page.go_back()
    expect(page.get_by_role("heading", name="接待窗口")).to_be_visible()
    page.go_forward()
    expect(page.get_by_label("家属/亲属姓名")).to_have_value("")


def test_signing_out_forgets_the_counter_too(clerk: Callable[[str], Page], stack: Stack) -> None:
    page = clerk("jining")
    submitted(page, body_of("jining"))
    press(page, "退出登录")
    expect(page.get_by_text("已经退出登录")).to_be_visible()
    press(page, "登录")
    identify(page, stack, COUNTERS["jining"])
    open_form(page)
    expect(page.get_by_label("窗口名称")).to_have_value("")


# ---- What holds for all of it ----


@pytest.mark.parametrize("slug", COUNTERS)
def test_every_view_is_accessible_fits_and_asks_nobody_else(
    clerk: Callable[[str], Page], stack: Stack, slug: str
) -> None:
    page, complaints = clerk(slug), []
    page.on("console", lambda one: complaints.append(one.text) if "422" not in one.text else None)
    page.on("request", lambda one: one.url.startswith(stack.origin) or complaints.append(one.url))
    look(page, "home")
    open_form(page)
    look(page, "form")
    press(page, "提交申请")
    expect(page.locator(".summary")).to_be_visible()
    look(page, "problems")
    type_in(page, body_of(slug))
    press(page, "提交申请")
    expect(page.locator(".numbers")).to_be_visible()
    look(page, "receipt")
    find(page, numbers(page))
    look(page, "case")
    press(page, "收补充材料，改填错的信息")
    page.locator("#panel-corrections details").evaluate_all("all => all.forEach(one => one.open = true)")
    look(page, "corrections")
    press(page, "补发查询码")
    page.get_by_label("为什么补发").fill("回执丢了")
    press(page, "确认补发")
    expect(page.get_by_role("heading", name="新的查询码")).to_be_visible()
    look(page, "code")
    page.emulate_media(forced_colors="active")
    look(page, "forced colours")
    assert complaints == []


@pytest.mark.parametrize("slug", COUNTERS)
def test_the_whole_page_stays_within_its_weight(desk: Page, stack: Stack, slug: str) -> None:
    assert 0 < weight(desk, f"{stack.origin}/{slug}/staff/counter/") <= BYTES


def test_the_page_knows_nothing_of_anybody(desk: Page, stack: Stack) -> None:
    desk.goto(f"{stack.origin}/jining/staff/counter/")
    known = json.loads(str(desk.locator("#data").text_content()))
    assert set(known["materials"]) == set(for_locality("jining").materials)
