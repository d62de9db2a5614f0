"""A supervisor in a real browser: how agencies stand, what is late or stuck, a chase, and files for a spreadsheet."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import boto3
import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests import applications
from tests.browser.chromium import WIDTHS
from tests.browser.staff import sign_in
from tests.browser.test_staff_agency import make_due
from tests.browser.views import look, weight
from tests.stack.client import Place
from tests.stack.processes import Stack

pytestmark = [pytest.mark.stack, pytest.mark.browser]

SERIALS = iter(range(170, 229))
KEYS = itertools.count()
PAGE = "/jining/staff/supervisor/"
SUPERVISOR = "jining-administrative-approval-supervisor"
BYTES = 60 * 1024
LISTS = {
    "overdue": "超期办件",
    "soon": "即将到期办件",
    "blocked": "受阻办件",
    "undelivered": "未送达消息",
    "dormant": "长期没有进展的申请",
    "unsure": "待核实的条件",
    "certificates": "有变动的证照",
    "tasks/health/open": "办件（待受理）",
}
PRIVATE = ("王小明", "王秀英", "13900000001", "示例市示例区一号")

Answer = dict[str, Any]


@pytest.fixture
def jining(stack: Stack) -> Place:
    return Place(stack, "jining")


@pytest.fixture
def supervisor(chromium: Browser, stack: Stack) -> Iterator[Page]:
    """Signed in, looking at the summary; a script that fails fails the test, and so does anything personal."""
    context = chromium.new_context(viewport={"width": WIDTHS[1], "height": 900})
    errors: list[str] = []
    with closing(context):
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        sign_in(page, stack, SUPERVISOR, PAGE)
        yield page
        assert not [one for one in PRIVATE if one in page.content()]
    assert errors == []


def applied(jining: Place) -> Answer:
    body = applications.jining(
        deceased=applications.deceased(serial=next(SERIALS)), submission_key=f"supervised-{next(KEYS)}"
    )
    reply = jining.apply(body)
    assert reply.status_code == 201, reply.text
    return dict(reply.json())


def task_id(receipt: Answer, item: str) -> str:
    return next(str(task["task_id"]) for task in receipt["tasks"] if task["item"] == item)


def late(stack: Stack, jining: Place, days: int = 10) -> str:
    """The id of a task that is so many days late."""
    receipt = applied(jining)
    task = task_id(receipt, "death-certificate")
    make_due(stack, task, date.fromisoformat(receipt["received_at"][:10]) - timedelta(days=days))
    return task


def records(stack: Stack) -> Any:
    environment = stack.environment
    resource = boto3.resource("dynamodb", endpoint_url=environment["AWS_ENDPOINT_URL"], region_name="us-east-1")
    return resource.Table(environment["CASES_TABLE"])


def go(page: Page, route: str, heading: str | re.Pattern[str]) -> None:
    page.evaluate("route => location.hash = route", route)
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_focused()


def press(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("button", name=name, exact=True).first.click()


def expect_said(page: Page, words: str) -> None:
    expect(page.locator("main > .said")).to_contain_text(words)


def figures(page: Page, agency: str) -> dict[str, int]:
    """A row of the summary."""
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=agency, exact=True))
    expect(row).to_be_visible()
    names = page.locator("thead th").all_inner_texts()[1:]
    return dict(zip(names, map(int, row.locator("td").all_inner_texts()), strict=True))


# ---- How agencies stand ----


def test_the_summary_counts_what_there_is_and_draws_the_same(supervisor: Page, stack: Stack, jining: Place) -> None:
    before = figures(supervisor, "卫健部门")
    late(stack, jining)
    applied(jining)
    go(supervisor, "#/trend", "每日情况")
    go(supervisor, "#/summary", "督办汇总")
    after = figures(supervisor, "卫健部门")
    assert after["待受理"] == before["待受理"] + 2
    assert after["已超期"] == before["已超期"] + 1
    chart = supervisor.get_by_role("img")
    expect(chart).to_have_accessible_name(re.compile(f"已超期 {supervisor.locator('tfoot .late').inner_text()} 件"))
    drawn = chart.locator("text").all_text_contents()
    total = sum(after[name] for name in ("等待", "待受理", "办理中", "待补正"))
    assert drawn[drawn.index("卫健部门") + 1] == str(total)


def test_a_number_leads_to_what_it_counts(supervisor: Page, stack: Stack, jining: Place) -> None:
    task = late(stack, jining)
    go(supervisor, "#/trend", "每日情况")
    go(supervisor, "#/summary", "督办汇总")
    count = figures(supervisor, "卫健部门")["已超期"]
    supervisor.get_by_role("link", name=f"卫健部门，已超期，{count} 件").click()
    expect(supervisor.get_by_role("heading", name="超期办件")).to_be_focused()
    expect(supervisor.locator("table.work tbody tr")).to_have_count(count)
    expect(supervisor.locator(f'a[href$="{task}"]')).to_be_visible()
    expect(supervisor.get_by_label("只看")).to_have_value("health")


# ---- What needs somebody ----


def test_a_late_task_is_chased_with_a_note_that_its_agency_sees(supervisor: Page, stack: Stack, jining: Place) -> None:
    task = late(stack, jining)
    go(supervisor, "#/list/overdue", "超期办件")
    row = supervisor.get_by_role("row").filter(has=supervisor.locator(f'a[href$="{task}"]'))
    expect(row).to_contain_text("个工作日")
    row.get_by_role("link").press("Enter")
    expect(supervisor.get_by_label("出具死亡证明（正常死亡）（卫健部门）")).to_be_checked()
    press(supervisor, "发出督办")
    expect(supervisor.locator(".summary")).to_contain_text("请写督办意见")
    supervisor.get_by_label("督办意见").fill("请在今天办结")
    press(supervisor, "发出督办")
    expect_said(supervisor, "已发出督办")
    expect(supervisor.get_by_role("row").filter(has_text="卫健部门")).to_contain_text("请在今天办结")
    outline = f"{jining.api}/tasks/{task}/outline"
    seen = requests.get(outline, headers=jining.staff("health"), timeout=15).json()
    assert [one["note"] for one in seen["chases"]] == ["请在今天办结"]
    supervisor.get_by_role("link", name="回到列表").click()
    expect(row).to_contain_text("1 次")


def test_a_blocked_task_says_why_and_who_holds_it_up(supervisor: Page, jining: Place) -> None:
    receipt = applied(jining)
    jining.report("health", task_id(receipt, "death-certificate"), "decline", reason="mismatch")
    go(supervisor, "#/list/blocked/civil-affairs", "受阻办件")
    row = supervisor.get_by_role("row").filter(
        has=supervisor.locator(f'a[href*="{task_id(receipt, "cremation-certificate")}"]')
    )
    for words in ("死亡证明", "卫健部门", "出具死亡证明（正常死亡）", "申请信息与登记信息不一致"):
        expect(row).to_contain_text(words)


def test_what_waits_for_its_family_is_listed_as_paused(supervisor: Page, jining: Place) -> None:
    receipt = applied(jining)
    task = task_id(receipt, "death-certificate")
    assert jining.report("health", task, "ask", reason="missing-material", materials=["id-card-applicant"]).ok
    go(supervisor, "#/list/tasks/health/correcting", "办件（待补正）")
    expect(supervisor.locator(f'a[href$="{task}"]')).to_be_visible()


def test_an_undelivered_message_is_settled_with_a_note(supervisor: Page, stack: Stack, jining: Place) -> None:
    number = applied(jining)["case_number"].replace(" ", "")
    note = {"id": f"m{number}", "at": "2026-11-20T00:30:00+08:00", "since": "2026-11-19T10:00:00+08:00", "version": 1}
    about = {"case_number": number, "task_id": "", "kind": "family", "message": "receipt", "agency": ""}
    key = {"pk": "board#jining", "sk": f"undelivered#m{number}"}
    records(stack).put_item(Item={**key, **note, **about, "channel": "text", "why": "号码是空号"})
    go(supervisor, "#/list/undelivered", "未送达消息")
    row = supervisor.get_by_role("row").filter(has=supervisor.locator(f'a[href$="{number}"]'))
    for words in ("申请回执", "家属", "短信", "号码是空号"):
        expect(row).to_contain_text(words)
    row.get_by_role("button", name="处理：申请回执").click()
    expect(supervisor.get_by_role("heading", name="处理：申请回执")).to_be_focused()
    press(supervisor, "确认已处理")
    expect(supervisor.locator(".summary")).to_contain_text("请写明怎么处理的")
    supervisor.get_by_label("处理说明").fill("已请窗口转告")
    press(supervisor, "确认已处理")
    expect_said(supervisor, "已登记处理")
    expect(row).to_have_count(0)


def test_a_changed_certificate_and_an_unsure_condition_say_what_to_check(
    supervisor: Page, stack: Stack, jining: Place
) -> None:
    number = applied(jining)["case_number"].replace(" ", "")
    note = {"pk": "board#jining", "at": "2026-11-20T00:30:00+08:00", "case_number": number, "version": 1}
    task = {
        "task_id": f"{number}-01",
        "name": "户口注销",
        "agency": "police",
        "agency_name": "公安机关",
        "state": "accepted",
    }
    changed = {
        "certificate": "death-certificate",
        "certificate_name": "死亡证明",
        "change": "withdrawn",
        "tasks": [task],
    }
    records(stack).put_item(Item={**note, **changed, "sk": f"certificate#c{number}", "id": f"c{number}"})
    records(stack).put_item(Item={**note, "conditions": ["x"], "sk": f"unsure#{number}", "id": number})
    row = supervisor.get_by_role("row").filter(has=supervisor.locator(f'a[href$="{number}"]'))
    go(supervisor, "#/list/certificates", LISTS["certificates"])
    for words in ("死亡证明", "已撤销", "户口注销（公安机关，办理中）"):
        expect(row).to_contain_text(words)
    go(supervisor, "#/list/unsure", LISTS["unsure"])
    expect(row).to_contain_text("x")


def test_a_dormant_case_is_closed_with_a_reason(supervisor: Page, stack: Stack, jining: Place) -> None:
    receipt = applied(jining)
    number = receipt["case_number"].replace(" ", "")
    lie_still(stack, number, "2025-01-01T10:00:00+08:00")
    go(supervisor, "#/list/dormant", "长期没有进展的申请")
    supervisor.locator(f'a[href$="{number}"]').click()
    press(supervisor, "结束这件申请", "确认结束")
    expect(supervisor.locator(".summary")).to_contain_text("请选择原因")
    form = supervisor.locator("#panel-close")
    form.get_by_role("radio", name="其他原因").check()
    press(supervisor, "确认结束")
    expect(form.locator(".summary")).to_contain_text("请写明原因")
    form.get_by_label("补充说明").fill("多次联系不上家属")
    press(supervisor, "确认结束")
    expect_said(supervisor, "已结束")
    told = jining.look_up(receipt)
    assert {task["state"] for task in told["tasks"]} == {"withdrawn"}
    assert {task["reason"] for task in told["tasks"]} == {"多次联系不上家属"}


def lie_still(stack: Stack, number: str, since: str) -> None:
    """As if nothing had happened to it since then, and the night had found that."""
    table = records(stack)
    table.update_item(
        Key={"pk": f"case#jining#{number}", "sk": "file#case"},
        UpdateExpression="SET received_at = :since, moved_at = :since, dormant_since = :day",
        ExpressionAttributeValues={":since": since, ":day": "2026-11-20"},
    )
    note = {"id": number, "at": "2026-11-20T00:30:00+08:00", "case_number": number, "since": since, "version": 1}
    key = {"pk": "board#jining", "sk": f"dormant#{number}"}
    left = {
        "task_id": f"{number}-01",
        "name": "出具死亡证明",
        "agency": "health",
        "agency_name": "卫健部门",
        "state": "open",
    }
    table.put_item(Item={**key, **note, "tasks": [left], "agencies": ["health"]})


# ---- The days before, and files ----


def test_the_trend_is_drawn_and_told_from_the_same_numbers(supervisor: Page, stack: Stack) -> None:
    yesterday = date.fromisoformat(str(supervisor.evaluate("new Date(Date.now() + 288e5).toISOString().slice(0, 10)")))
    for back, figures_ in ((1, (4, 2, 1)), (2, (3, 5, 0))):
        day = str(yesterday - timedelta(days=back))
        agencies = {"health": dict(zip(("opened", "closed", "late"), figures_, strict=True))}
        records(stack).put_item(
            Item={"pk": "trend#jining", "sk": f"day#{day}", "day": day, "agencies": agencies, "version": 1}
        )
    go(supervisor, "#/trend/90", "每日情况")
    expect(supervisor.get_by_role("img")).to_have_accessible_name(re.compile("新开始 7 件，办结 7 件.*超期 1 件"))
    expect(supervisor.locator("svg polyline")).to_have_count(3)
    assert [row.split("\t")[1:] for row in supervisor.locator("tbody tr").all_inner_texts()] == [
        ["4", "2", "1"],
        ["3", "5", "0"],
    ]


def test_a_list_is_downloaded_for_a_spreadsheet(supervisor: Page, stack: Stack, jining: Place) -> None:
    task = late(stack, jining)
    go(supervisor, "#/list/overdue/health", "超期办件")
    with supervisor.expect_download() as download:
        press(supervisor, "下载表格（CSV）")
    assert re.fullmatch(r"济宁市超期办件\d{4}-\d\d-\d\d\.csv", download.value.suggested_filename)
    content = download.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "by which spreadsheets know it is UTF-8"
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert {row["办理部门"] for row in rows} == {"卫健部门"}
    assert task in {row["办件编号"] for row in rows}


# ---- What holds for all of it ----


def test_every_view_is_accessible_fits_and_asks_nobody_else(supervisor: Page, stack: Stack, jining: Place) -> None:
    complaints: list[str] = []
    supervisor.on("console", lambda one: complaints.append(one.text))
    supervisor.on("request", lambda one: one.url.startswith((stack.origin, "blob:")) or complaints.append(one.url))
    task = late(stack, jining)
    receipt = applied(jining)
    jining.report("health", task_id(receipt, "death-certificate"), "decline", reason="mismatch")
    lie_still(stack, task[:12], "2025-01-01T10:00:00+08:00")
    go(supervisor, "#/trend", "每日情况")
    look(supervisor, "trend")
    go(supervisor, "#/summary", "督办汇总")
    look(supervisor, "summary")
    for name, title in LISTS.items():
        go(supervisor, f"#/list/{name}", title)
        look(supervisor, name)
    go(supervisor, f"#/case/{task[:12]}/{task}", re.compile("受理编号"))
    press(supervisor, "发出督办")
    look(supervisor, "chase")
    press(supervisor, "结束这件申请", "确认结束")
    look(supervisor, "close")
    supervisor.emulate_media(forced_colors="active")
    look(supervisor, "forced colours")
    assert complaints == []


def test_the_whole_page_stays_within_its_weight(chromium: Browser, stack: Stack) -> None:
    with closing(chromium.new_context()) as context:
        assert 0 < weight(context.new_page(), stack.origin + PAGE) <= BYTES
