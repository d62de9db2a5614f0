"""An agency's clerk in a real browser: signs in at the provider, works through tasks, and leaves nothing behind."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any

import boto3
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests import applications
from tests.browser.chromium import WIDTHS
from tests.browser.staff import identify, sign_in
from tests.stack.client import Place
from tests.stack.processes import Stack

pytestmark = [pytest.mark.stack, pytest.mark.browser]

SERIALS = iter(range(300, 429))
KEYS = itertools.count()
PAGE = "/jining/staff/agency/"
HEALTH, POLICE, PENSIONS = (f"jining-{agency}-agency" for agency in ("health", "police", "social-security"))
BYTES = 60 * 1024

Receipt = dict[str, Any]


@pytest.fixture
def jining(stack: Stack) -> Place:
    return Place(stack, "jining")


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
    """A desk's browser that may write to the clipboard; a script that fails fails the test."""
    context = chromium.new_context(viewport={"width": WIDTHS[1], "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    errors: list[str] = []
    with closing(context):
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
    assert errors == []


@pytest.fixture
def clerk(desk: Page, stack: Stack) -> Callable[[str], Page]:
    """`clerk(HEALTH)`: signed in, looking at the list."""

    def signed_in(username: str) -> Page:
        sign_in(desk, stack, username, PAGE)
        expect(desk.get_by_role("heading", name="办件")).to_be_focused()
        return desk

    return signed_in


def applied(jining: Place, **changes: Any) -> Receipt:
    body = applications.jining(
        deceased=applications.deceased(serial=next(SERIALS)), submission_key=f"staff-{next(KEYS)}", **changes
    )
    reply = jining.apply(body)
    assert reply.status_code == 201, reply.text
    receipt: Receipt = reply.json()
    return receipt


def task_id(receipt: Receipt, item: str | None) -> str:
    return next(str(task["task_id"]) for task in receipt["tasks"] if task["item"] == item)


def state(jining: Place, task: str, receipt: Receipt) -> dict[str, Any]:
    return next(one for one in jining.look_up(receipt)["tasks"] if one["task_id"] == task)


def open_task(page: Page, task: str) -> None:
    page.evaluate("hash => location.hash = hash", f"#/task/{task}")
    expect(page.get_by_role("heading", name="申请人信息")).to_be_visible()


def disclose(page: Page) -> None:
    page.get_by_role("button", name="打开申请人信息").click()
    expect_said(page, "这次打开已经记录")


def expect_said(page: Page, words: str) -> None:
    """At the top of the task."""
    expect(page.locator("main > .said")).to_contain_text(words)


def press(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("button", name=name, exact=True).click()


def kept_in_the_browser(page: Page) -> str:
    return str(
        page.evaluate("JSON.stringify({...sessionStorage}) + JSON.stringify({...localStorage}) + document.cookie")
    )


def violations(page: Page) -> list[str]:
    found = Axe().run(page)
    return [found.generate_report()] if found.violations_count else []


def sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


# ---- Signing in and out ----


def test_signing_in_leads_to_the_list_and_the_token_is_kept_nowhere(clerk: Callable[[str], Page]) -> None:
    page = clerk(HEALTH)
    expect(page.get_by_text("卫健部门")).to_be_visible()
    assert "?" not in page.url, "the code is not left in the address"
    assert kept_in_the_browser(page) == "{}{}"


def test_a_link_of_a_mail_leads_to_its_task_after_signing_in(desk: Page, stack: Stack, jining: Place) -> None:
    task = task_id(applied(jining), "death-certificate")
    sign_in(desk, stack, HEALTH, f"{PAGE}#/task/{task}")
    expect(desk.get_by_role("heading", name="出具死亡证明（正常死亡）")).to_be_visible()
    assert desk.url.endswith(f"#/task/{task}")


def test_a_reload_or_another_tab_has_to_sign_in_again(clerk: Callable[[str], Page], stack: Stack) -> None:
    page = clerk(HEALTH)
    page.reload()
    expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible()
    other = page.context.new_page()
    other.goto(stack.origin + PAGE)
    expect(other.get_by_role("button", name="登录", exact=True)).to_be_visible()


def test_signing_out_leaves_nothing_on_the_screen_and_no_way_back(
    clerk: Callable[[str], Page], stack: Stack, jining: Place
) -> None:
    page = clerk(HEALTH)
    open_task(page, task_id(applied(jining), "death-certificate"))
    disclose(page)
    press(page, "退出登录")
    expect(page.get_by_text("已经退出登录")).to_be_visible()
    assert page.url == stack.origin + PAGE
    for _ in range(2):
        assert "王秀英" not in page.content()
        assert kept_in_the_browser(page) == "{}{}"
        page.go_back()
    expect(page.locator("table.values")).to_have_count(0)


def test_fifteen_idle_minutes_end_the_session_with_a_warning_first(desk: Page, stack: Stack, jining: Place) -> None:
    task = task_id(applied(jining), "death-certificate")
    desk.clock.install()
    sign_in(desk, stack, HEALTH, f"{PAGE}#/task/{task}")
    disclose(desk)
    desk.clock.run_for(14 * 60_000 + 5_000)
    expect(desk.get_by_text("1 分钟后会自动退出")).to_be_visible()
    desk.keyboard.press("Shift")
    desk.clock.run_for(2_000)
    expect(desk.get_by_text("1 分钟后会自动退出")).to_have_count(0)
    desk.clock.run_for(15 * 60_000 + 2_000)
    expect(desk.get_by_text("已经自动退出")).to_be_visible()
    assert "王秀英" not in desk.content()
    press(desk, "登录")
    identify(desk, stack, HEALTH)
    expect(desk.get_by_role("button", name="打开申请人信息")).to_be_visible()
    assert desk.url.endswith(f"#/task/{task}"), "back where she was"


def test_a_computer_that_slept_does_not_wake_up_signed_in(desk: Page, stack: Stack) -> None:
    desk.clock.install()
    sign_in(desk, stack, HEALTH, PAGE)
    desk.clock.set_system_time(datetime.now(UTC) + timedelta(minutes=16))
    desk.keyboard.press("Shift")
    expect(desk.get_by_text("已经自动退出")).to_be_visible()


def test_eight_hours_end_the_session_however_busy_she_is(desk: Page, stack: Stack) -> None:
    desk.clock.install()
    sign_in(desk, stack, HEALTH, PAGE)
    for _ in range(34):
        desk.clock.fast_forward("14:00")
        desk.keyboard.press("Shift")
    expect(desk.get_by_text("再过 5 分钟就要到期")).to_be_visible()
    desk.clock.fast_forward("05:00")
    expect(desk.get_by_text("登录已经到期")).to_be_visible()


@pytest.mark.parametrize(
    ("username", "said"),
    [
        ("jining-administrative-approval-supervisor", "您登录的账号是别的岗位的"),
        ("guyang-police-agency", "您登录的是别处的账号"),
    ],
)
def test_another_role_or_place_is_told_so(desk: Page, stack: Stack, username: str, said: str) -> None:
    desk.goto(stack.origin + PAGE)
    press(desk, "登录")
    identify(desk, stack, username)
    expect(desk.get_by_text(said)).to_be_visible()
    expect(desk.get_by_role("button", name="退出登录")).to_be_hidden()


@pytest.mark.parametrize("query", ["?code=stolen&state=forged", "?error=access_denied&state=x"])
def test_somebody_elses_code_signs_nobody_in(desk: Page, stack: Stack, query: str) -> None:
    desk.goto(stack.origin + PAGE)
    desk.evaluate("""sessionStorage.setItem("staff-sign-in", '{"verifier": "v", "state": "mine", "route": ""}')""")
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.goto(stack.origin + PAGE + query)
    expect(desk.get_by_text("登录没有完成")).to_be_visible()
    assert desk.url == stack.origin + PAGE
    assert not any("/api/" in url for url in asked)


# ---- The list ----


def test_the_list_is_worked_with_the_keyboard(clerk: Callable[[str], Page], jining: Place) -> None:
    for _ in range(3):
        applied(jining)
    page = clerk(HEALTH)
    links = page.locator("table.work a")
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("j")
    chosen = links.nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="申请人信息")).to_be_visible()
    assert page.url.endswith(str(chosen))
    page.get_by_role("link", name="回到办件").press("Enter")
    expect(page.locator(f'[href="{chosen}"]')).to_be_focused()


def test_the_skip_link_moves_the_focus_and_keeps_the_route(clerk: Callable[[str], Page]) -> None:
    page = clerk(HEALTH)
    page.evaluate("location.hash = '#/list/completed'")
    expect(page.locator('[aria-current="page"]')).to_have_text("已办结")
    page.locator(".skip").press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    assert page.url.endswith("#/list/completed")


def test_late_and_soon_due_are_said_in_words(clerk: Callable[[str], Page], stack: Stack, jining: Place) -> None:
    today = date.fromisoformat(applied(jining)["received_at"][:10])
    expected = {-2: "已超期 2 天", 0: "今天到期", 1: "明天到期"}
    tasks = {days: task_id(applied(jining), "death-certificate") for days in expected}
    for days, task in tasks.items():
        make_due(stack, task, today + timedelta(days=days))
    page = clerk(HEALTH)
    for days, said in expected.items():
        expect(page.get_by_role("row").filter(has=page.locator(f'[data-task="{tasks[days]}"]'))).to_contain_text(said)
    assert page.locator("table.work a").first.get_attribute("data-task") == tasks[-2], "oldest due first"


def make_due(stack: Stack, task: str, day: date) -> None:
    """As if it had been opened some days earlier."""
    environment = stack.environment
    client = boto3.client("dynamodb", endpoint_url=environment["AWS_ENDPOINT_URL"], region_name="us-east-1")
    client.update_item(
        TableName=environment["CASES_TABLE"],
        Key={"pk": {"S": f"case#jining#{task[:12]}"}, "sk": {"S": f"file#task#{task}"}},
        UpdateExpression="SET due = :due, live_sort = :sort",
        ExpressionAttributeValues={":due": {"S": str(day)}, ":sort": {"S": f"{day}#{day}#{task}"}},
    )


def test_more_than_fifty_tasks_are_read_page_by_page(clerk: Callable[[str], Page], jining: Place) -> None:
    there = len(jining.tasks("civil-affairs", "waiting"))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: applied(jining), range(55 - there)))
    page = clerk("jining-civil-affairs-agency")
    page.get_by_role("link", name="等待", exact=True).click()
    rows = page.locator("table.work tbody tr")
    expect(rows).to_have_count(50)
    first = rows.first.inner_text()
    page.get_by_role("link", name="下一页").click()
    expect(page.get_by_text("第 2 页")).to_be_visible()
    assert rows.count() == len(jining.tasks("civil-affairs", "waiting")) - 50
    assert page.get_by_role("link", name="下一页").count() == 0
    page.get_by_role("link", name="上一页").click()
    expect(page.get_by_text("第 1 页")).to_be_visible()
    assert rows.first.inner_text() == first


def test_a_page_can_be_narrowed_to_one_item(clerk: Callable[[str], Page], jining: Place) -> None:
    receipt = applied(jining)
    jining.finish("health", task_id(receipt, "death-certificate"), certificate_number="D")
    page = clerk(POLICE)
    page.get_by_label("只看").select_option("驾驶证注销")
    shown = page.locator("table.work tbody tr:visible a")
    assert set(shown.all_inner_texts()) == {"驾驶证注销"}
    expect(page.get_by_text("只看其中")).to_be_visible()


# ---- One task ----


def test_nothing_personal_is_shown_or_recorded_before_it_is_opened(clerk: Callable[[str], Page], jining: Place) -> None:
    receipt = applied(jining)
    page = clerk(HEALTH)
    open_task(page, task_id(receipt, "death-certificate"))
    expect(page.get_by_text("打开会被记录")).to_be_visible()
    assert "王秀英" not in page.content()
    assert jining.look_up(receipt)["openings"] == []
    disclose(page)
    expect(page.get_by_role("cell", name="王秀英", exact=True)).to_be_visible()
    assert [one["agency_name"] for one in jining.look_up(receipt)["openings"]] == ["卫健部门"]


def test_a_field_is_copied_with_one_click_and_said(clerk: Callable[[str], Page], jining: Place) -> None:
    receipt = applied(jining)
    page = clerk(HEALTH)
    open_task(page, task_id(receipt, "death-certificate"))
    disclose(page)
    page.get_by_role("button", name=re.compile("^复制.*逝者姓名$")).click()
    expect(page.get_by_role("status")).to_have_text("已复制：逝者 逝者姓名")
    assert page.evaluate("navigator.clipboard.readText()") == "王秀英"
    assert len(jining.look_up(receipt)["openings"]) == 1


def test_a_task_from_acceptance_to_its_certificate(clerk: Callable[[str], Page], jining: Place) -> None:
    receipt = applied(jining)
    task = task_id(receipt, "death-certificate")
    page = clerk(HEALTH)
    open_task(page, task)
    press(page, "受理")
    expect(page.get_by_role("heading", name="受理这一件")).to_be_focused()
    press(page, "确认受理")
    expect_said(page, "已受理")
    press(page, "办结", "确认办结")
    expect(page.get_by_role("alert").filter(has_text="没有提交")).to_contain_text("请填写证照编号")
    page.get_by_role("link", name="请填写证照编号").click()
    expect(page.get_by_label("死亡证明的编号")).to_be_focused()
    page.keyboard.type("SD-2026-001")
    page.get_by_label("结果（选填，家属能看到）").fill("已出具电子证照")
    press(page, "确认办结")
    expect(page.get_by_text("SD-2026-001")).to_be_visible()
    expect(page.get_by_role("heading", name="办理", exact=True)).to_have_count(0)
    told = state(jining, task, receipt)
    assert (told["state"], told["result"], told["certificate_number"]) == ("completed", "已出具电子证照", "SD-2026-001")
    assert jining.states(receipt)["hukou-cancellation"] == "open"


def test_everything_missing_is_asked_for_at_once(clerk: Callable[[str], Page], jining: Place) -> None:
    receipt = applied(jining)
    jining.finish("health", task_id(receipt, "death-certificate"), certificate_number="D")
    task = task_id(receipt, "hukou-cancellation")
    page = clerk(POLICE)
    open_task(page, task)
    press(page, "要求补正")
    form = page.locator("#form-ask")
    expect(form.get_by_label("户口本逝者户口页")).to_be_checked()
    form.get_by_label("中华人民共和国居民身份证（经办人）").check()
    form.get_by_label("缺少办理所需的材料").check()
    form.get_by_label("补充说明").fill("请拍清楚")
    press(page, "确认，请家属补正")
    expect_said(page, "已要求补正")
    told = state(jining, task, receipt)
    assert told["state"] == "correcting"
    assert told["reason"] == "缺少办理所需的材料；请拍清楚：您的身份证、户口簿上逝者那一页"
    expect(page.get_by_text("补正期间不计时")).to_be_visible()


def test_a_reason_of_ones_own_has_to_be_written(clerk: Callable[[str], Page], jining: Place) -> None:
    receipt = applied(jining)
    task = task_id(receipt, "death-certificate")
    page = clerk(HEALTH)
    open_task(page, task)
    press(page, "不予受理", "确认不予受理")
    expect(page.locator("#form-decline .summary")).to_be_focused()
    assert page.title().startswith("错误：")
    page.locator("#form-decline").get_by_role("radio", name="其他原因").check()
    press(page, "确认不予受理")
    expect(page.locator("#form-decline .summary")).to_contain_text("请写明原因")
    page.locator("#form-decline").get_by_label("补充说明").fill("不是本市居民")
    press(page, "确认不予受理")
    expect_said(page, "已登记为不予受理")
    assert state(jining, task, receipt)["reason"] == "不是本市居民"
    assert not page.title().startswith("错误：")


def test_accepting_an_undetermined_task_names_the_item(clerk: Callable[[str], Page], jining: Place) -> None:
    receipt = applied(jining, answers={"pension": "enterprise", "receiving_pension": "unknown"})
    jining.finish("health", task_id(receipt, "death-certificate"), certificate_number="D")
    task = task_id(receipt, None)
    page = clerk(PENSIONS)
    expect(page.get_by_text("待核定").first).to_be_visible()
    open_task(page, task)
    press(page, "受理", "确认受理")
    expect(page.get_by_role("link", name="请选择办理的是哪一项")).to_be_visible()
    page.get_by_label("企业离退休人员遗属待遇及个人账户余额申领").check()
    press(page, "确认受理")
    expect(page.get_by_role("heading", level=1)).to_have_text("企业离退休人员遗属待遇及个人账户余额申领")
    assert state(jining, task, receipt)["item"] == "enterprise-retiree"


def test_a_waiting_task_is_begun_by_hand_with_a_reason(clerk: Callable[[str], Page], jining: Place) -> None:
    receipt = applied(jining)
    task = task_id(receipt, "hukou-cancellation")
    page = clerk(POLICE)
    open_task(page, task)
    expect(page.get_by_text("等火化证明或者死亡证明")).to_be_visible()
    press(page, "人工开始办理")
    page.locator("#form-open").get_by_label("已核对人民法院宣告死亡的判决").check()
    press(page, "确认开始办理")
    expect_said(page, "已开始办理")
    assert state(jining, task, receipt)["state"] == "open"


def test_the_second_of_two_people_on_one_task_sees_that_somebody_was_first(
    clerk: Callable[[str], Page], jining: Place
) -> None:
    receipt = applied(jining)
    task = task_id(receipt, "death-certificate")
    page = clerk(HEALTH)
    open_task(page, task)
    press(page, "不予受理")
    page.locator("#form-decline").get_by_label("此前已经办理").check()
    assert jining.report("health", task, "accept").status_code == 200
    press(page, "确认不予受理")
    expect(page.get_by_role("alert").filter(has_text="同事")).to_contain_text("这一项现在是“办理中”")
    expect(page.get_by_role("button", name="办结", exact=True)).to_be_visible()
    assert state(jining, task, receipt)["state"] == "accepted"


# ---- When something goes wrong ----


def test_a_lost_answer_and_a_second_click_have_no_second_effect(clerk: Callable[[str], Page], jining: Place) -> None:
    receipt = applied(jining)
    task = task_id(receipt, "death-certificate")
    page = clerk(HEALTH)
    open_task(page, task)
    sent: list[Any] = []

    def lose_the_answer(route: Route) -> None:
        sent.append(route.request.post_data_json)
        route.fetch()
        route.abort()

    page.route("**/report", lose_the_answer, times=1)
    press(page, "要求补正")
    form = page.locator("#form-ask")
    form.get_by_label("申请信息与登记信息不一致").check()
    form.get_by_label("补充说明").fill("姓名有误")
    press(page, "确认，请家属补正")
    expect(form.get_by_role("alert")).to_contain_text("没有连上")
    expect(form.get_by_label("补充说明")).to_have_value("姓名有误")
    page.on("request", lambda request: sent.append(request.post_data_json) if "/report" in request.url else None)
    form.get_by_role("button", name="确认，请家属补正").dblclick()
    expect_said(page, "已要求补正")
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert state(jining, task, receipt)["state"] == "correcting"


def test_a_session_lost_while_typing_keeps_the_words_and_hides_what_is_personal(
    clerk: Callable[[str], Page], stack: Stack, jining: Place
) -> None:
    task = task_id(applied(jining), "death-certificate")
    page = clerk(HEALTH)
    open_task(page, task)
    disclose(page)

    def forget_who_it_is(route: Route) -> None:
        route.continue_(headers={**route.request.headers, "authorization": "Bearer gone"})

    page.route("**/report", forget_who_it_is)
    press(page, "不予受理")
    form = page.locator("#form-decline")
    form.get_by_role("radio", name="其他原因").check()
    form.get_by_label("补充说明").fill("写了很久的话")
    press(page, "确认不予受理")
    expect(form.get_by_role("alert")).to_contain_text("登录已经失效")
    expect(form.get_by_label("补充说明")).to_have_value("写了很久的话")
    assert "王秀英" not in page.content()
    press(page, "重新登录")
    identify(page, stack, HEALTH)
    expect(page.get_by_role("button", name="打开申请人信息")).to_be_visible()
    assert page.url.endswith(task)


def test_a_list_that_does_not_come_can_be_asked_for_again(clerk: Callable[[str], Page]) -> None:
    page = clerk(HEALTH)
    page.context.set_offline(True)
    page.get_by_role("link", name="办理中").click()
    expect(page.get_by_role("heading", name="没有显示出来")).to_be_focused()
    page.context.set_offline(False)
    press(page, "再试一次")
    expect(page.locator('[aria-current="page"]')).to_have_text("办理中")


def test_an_unknown_or_foreign_task_is_told_kindly(clerk: Callable[[str], Page], jining: Place) -> None:
    foreign = task_id(applied(jining), "death-certificate")
    page = clerk(POLICE)
    for task in (foreign, "1", "%E4%BD%A0"):
        page.evaluate("hash => location.hash = hash", f"#/task/{task}")
        expect(page.get_by_role("heading", name="没有显示出来")).to_be_visible()


# ---- What holds for all of it ----


def test_every_view_is_accessible_fits_and_asks_nobody_else(
    clerk: Callable[[str], Page], stack: Stack, jining: Place
) -> None:
    """With dense lists, open forms and told problems, on a desk and a phone, and in forced colours."""
    receipt = applied(jining, answers={"pension": "enterprise", "receiving_pension": "unknown"})
    jining.finish("health", task_id(receipt, "death-certificate"), certificate_number="D")
    complaints: list[str] = []
    page = clerk(PENSIONS)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: request.url.startswith(stack.origin) or complaints.append(request.url))

    def look(what: str) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = violations(page)
            assert found == [], (what, width, found)
            assert not sideways(page), (what, width)
            assert page.evaluate(SMALL_TARGETS) == [], (what, width)

    look("list")
    open_task(page, task_id(receipt, None))
    look("task")
    disclose(page)
    look("disclosed")
    for name, send in (("受理", "确认受理"), ("要求补正", "确认，请家属补正"), ("不予受理", "确认不予受理")):
        press(page, name, send)
        look(name)
    page.emulate_media(forced_colors="active")
    look("forced colours")
    assert complaints == []


SMALL_TARGETS = """
[...document.querySelectorAll('a, button, summary, input, select, textarea')]
  .map(element => [element, (element.closest('label, tr') || element).getBoundingClientRect()])
  .filter(([element, box]) => box.width && box.height < 43.5 && getComputedStyle(element).display !== 'inline'
    && getComputedStyle(element).position !== 'absolute')
  .map(([element, box]) => element.textContent.trim().slice(0, 12) + ' ' + Math.round(box.height))
"""


def test_the_whole_page_stays_within_its_weight(desk: Page, stack: Stack) -> None:
    measuring = desk.context.new_cdp_session(desk)
    measuring.send("Network.enable")
    measuring.send("Network.setCacheDisabled", {"cacheDisabled": True})
    transferred: list[float] = []
    measuring.on("Network.loadingFinished", lambda event: transferred.append(event["encodedDataLength"]))
    desk.goto(stack.origin + PAGE, wait_until="networkidle")
    assert 0 < sum(transferred) <= BYTES


def test_the_page_is_for_staff_and_found_by_nobody_else(desk: Page, stack: Stack) -> None:
    for path in ("/", "/jining/", "/jining/apply/"):
        desk.goto(stack.origin + path)
        assert desk.locator('a[href*="staff"]').count() == 0
    desk.goto(f"{stack.origin}/jining/staff/")
    assert "noindex" in str(desk.locator('meta[name="robots"]').get_attribute("content"))
    desk.get_by_role("link", name="部门办理").click()
    expect(desk.get_by_role("button", name="登录", exact=True)).to_be_visible()
