"""The pages the API answers with: what was typed is kept, nothing typed can become anything else."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.api import pages
from chalicelib.api.pages import page as page_module
from chalicelib.api.pages.case import case
from chalicelib.catalogue import Channel
from chalicelib.services.submit import check
from scripts.guide import answers, markers
from scripts.guide.place import Place
from tests import applications
from tests.catalogues import catalogue, compiled
from tests.elements import Element, read
from tests.services.world import World

FRAME = "<html><head><title>{}</title></head><body><main>{}</main></body></html>"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "</textarea></form><form action=//x>",
    "&lt;b&gt; &amp; &#0;",
    markers.slot("submission_key"),
    markers.each("wrong") + "x" + markers.end("wrong"),
    '{"slot": "value:deceased.name"}',
    "{{ 7 * 7 }} {% raw %} ${x}",
    "长" * 100_000,
    "\u202eright to left",
    "两\r\n行",
]
UNFIT = ["a\x00b", "a\ud800b", "a\udfffb", "a\x1bb", "a\ufffeb", "a\x85b"]


@pytest.fixture(scope="module", autouse=True)
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The pages of both places, written by the generator from the shipped catalogue."""
    site, folder = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("pages")
    for slug in ("", *compiled()):
        frame = site / slug / "answers/frame/index.html"
        frame.parent.mkdir(parents=True)
        frame.write_text(FRAME.format(markers.slot("title"), markers.slot("content")), "utf-8")
    for slug in compiled():
        answers.extract(site, Place(slug, compiled()[slug], catalogue(slug)), folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_module, "PAGES", folder)
        page_module.read.cache_clear()
        yield
    page_module.read.cache_clear()


@pytest.fixture
def world() -> World:
    return World()


def fields(body: dict[str, Any], above: str = "") -> dict[str, list[str]]:
    """A JSON body as a form sends it."""
    found: dict[str, list[str]] = {}
    for name, value in body.items():
        if isinstance(value, dict):
            found |= fields(value, f"{above}{name}.")
        else:
            values = value if isinstance(value, list) else [value]
            found[above + name] = [str(one).lower() if isinstance(one, bool) else str(one) for one in values]
    return found


def sent(page: Element) -> dict[str, list[str]]:
    """What a browser would send of the page's form."""
    found: dict[str, list[str]] = {}
    for one in page.one("form").every("input"):
        if "disabled" not in one and (one["type"] not in ("radio", "checkbox") or "checked" in one):
            found.setdefault(one["name"], []).append(one["value"])
    return found


def title(page: Element) -> str:
    return page.one("title").text


# ---- Forms


def test_a_form_that_was_filled_in_comes_back_as_it_was() -> None:
    typed = fields(applications.jining())
    del typed["submission_key"], typed["deceased.died_on"]
    typed |= {f"deceased.died_on.{part}": [text] for part, text in (("year", "2026"), ("month", "13"), ("day", "2"))}
    kept = sent(read(pages.form_page("jining", typed)))
    assert {name: texts for name, texts in kept.items() if texts != [""]} == typed


def test_a_date_in_one_piece_comes_back_in_three() -> None:
    kept = sent(read(pages.form_page("jining", {"deceased.died_on": ["2026-11-02"]})))
    assert [kept[f"deceased.died_on.{part}"] for part in ("year", "month", "day")] == [["2026"], ["11"], ["02"]]


def test_a_date_that_is_none_is_kept_too() -> None:
    kept = sent(read(pages.form_page("jining", {"deceased.died_on": ["上个月"]})))
    assert kept["deceased.died_on.year"] == ["上个月"]


def test_a_form_nobody_filled_in_says_of_nothing_that_it_is_wrong() -> None:
    page = read(pages.form_page("jining", {}))
    assert "错误：" not in page.text
    assert not any("aria-invalid" in one for one in page.every())


def test_every_problem_stands_at_the_top_and_beside_its_field_in_the_same_words() -> None:
    problems = [
        ("deceased.id_number", "号码里有一位数字不对"),
        ("deceased.sex", "请选择性别"),
        ("deceased.died_on", "日期不存在"),
        ("matters", "请选择事项"),
        ("declaration.agreed", "请先同意"),
    ]
    page = read(pages.form_page("jining", {}, problems))
    summary = next(page.every(role="alert"))
    assert summary.one("h2").text == "有 5 处需要修改"
    links = [(link["href"].removeprefix("#"), link.text) for link in summary.every("a")]
    assert links == problems
    for path, message in problems:
        assert page.one("", id=f"problem-{path}").text == f"错误：{message}"
        target = page.one("input", id=path)
        assert target["name"].startswith(path)
    assert title(page).startswith("错误：")


def test_the_summary_takes_the_focus() -> None:
    summary = next(read(pages.form_page("jining", {}, [("payee", "请选择")])).every(role="alert"))
    assert "autofocus" in summary
    assert summary["tabindex"] == "-1"


def test_a_field_with_a_problem_says_so_to_screen_readers() -> None:
    page = read(pages.form_page("jining", {}, [("applicant.phone", "请填写"), ("answers.pension", "请选择")]))
    phone = page.one("input", id="applicant.phone")
    assert phone["aria-invalid"] == "true"
    assert "problem-applicant.phone" in phone["aria-describedby"].split()
    assert [one["aria-describedby"] for one in page.every(role="radiogroup") if "aria-invalid" in one] == [
        "hint-answers.pension problem-answers.pension"
    ]


@pytest.mark.parametrize(
    ("field", "anchor"),
    [
        ("deceased.died_on.month", "deceased.died_on"),
        ("accounts.heir", "accounts.heir.bank"),
        ("payee.housing-fund", "payee"),
        ("answers", "answers.pension"),
    ],
)
def test_a_problem_of_a_part_or_of_a_whole_finds_its_place(field: str, anchor: str) -> None:
    page = read(pages.form_page("jining", {}, [(field, "请核对")]))
    assert next(page.every(role="alert")).one("a")["href"] == f"#{anchor}"
    assert page.one("", id=f"problem-{anchor}").text == "错误：请核对"


def test_a_problem_of_no_field_stands_in_the_summary_without_a_link() -> None:
    summary = next(
        read(pages.form_page("jining", {}, [("", "没有收完整"), ("surprise", "多了一项")])).every(role="alert")
    )
    assert [one.text for one in summary.every("li")] == ["没有收完整", "多了一项"]
    assert list(summary.every("a")) == []


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_was_typed_comes_back_as_text(text: str) -> None:
    typed = {name: [text] for name in ("deceased.name", "applicant.address", "deceased.died_on.year", "eligibility.x")}
    for html in (
        pages.form_page("guyang", typed, [("deceased.name", text)]),
        pages.check_page("guyang", typed, summary("k")),
        pages.lookup_page("guyang", {"case_number": [text]}, [("case_number", text)]),
    ):
        assert [one.tag for one in read(html).every()].count("script") == 0
        assert {one["name"] for one in read(html).every("form")} == {""}
    page = read(pages.form_page("guyang", typed))
    assert page.one("input", id="deceased.name")["value"] == text
    assert page.one("input", name="eligibility.x")["value"] == text
    assert [one.tag for one in page.every()] == [one.tag for one in read(pages.form_page("guyang", ORDINARY)).every()]


ORDINARY = {name: ["x"] for name in ("deceased.name", "applicant.address", "deceased.died_on.year", "eligibility.x")}


@pytest.mark.parametrize("text", UNFIT, ids=range(len(UNFIT)))
def test_what_no_page_can_carry_is_shown_as_a_replacement(text: str) -> None:
    html = pages.form_page("jining", {"deceased.name": [text]}, [("deceased.name", text)])
    assert read(html.encode().decode()).one("input", id="deceased.name")["value"] == "a\ufffdb"


def test_names_that_were_made_up_are_escaped_where_they_are_carried() -> None:
    html = pages.form_page("guyang", {'eligibility."><script>': ["1"], "evil": ["2"]})
    page = read(html)
    assert list(page.every("script")) == []
    assert "evil" not in sent(page)


def test_answers_to_the_conditions_are_carried_hidden() -> None:
    page = read(
        pages.form_page("guyang", {"eligibility.registered_here": ["true"], "eligibility.work_injury": ["unknown"]})
    )
    hidden = {one["name"]: one["value"] for one in page.every("input", type="hidden")}
    assert hidden == {"eligibility.registered_here": "true", "eligibility.work_injury": "unknown"}


def test_the_conditions_are_asked_again_with_what_was_answered() -> None:
    typed = {"stage": ["conditions"], "eligibility.registered_here": ["unknown"]}
    page = read(pages.conditions_page("guyang", typed, [("eligibility.police_case", "请选择")]))
    assert sent(page) == typed
    assert page.one("", id="problem-eligibility.police_case").text == "错误：请选择"


def test_a_wrong_number_is_kept_in_the_look_up_form() -> None:
    page = read(pages.lookup_page("jining", {"case_number": ["12"]}, [("", "没有查到")]))
    assert sent(page) == {"case_number": ["12"], "lookup_code": [""]}
    assert "没有查到" in page.text


def test_who_is_turned_away_learns_why_and_where_to_go_without_an_invented_address() -> None:
    page = read(pages.turned_away_page("guyang", ["工伤死亡暂时不在范围内"]))
    assert "工伤死亡暂时不在范围内" in page.text
    assert [one.text for one in page.one("tbody").every("th")][:2] == ["公安局", "人社局"]
    assert "困难残疾人员生活补贴和重度残疾人员护理补贴终止" in page.text
    assert compiled()["guyang"]["not_covered_help"] in page.text


# ---- Check page


def summary(key: str = "key-1", **changes: Any) -> dict[str, Any]:
    world = World()
    body = applications.jining()
    return {**check(world.ports, "jining", body, Channel.ONLINE), "submission_key": key, **changes}


def test_the_check_page_sends_everything_again_with_its_key() -> None:
    typed = fields(applications.jining(submission_key=None))
    page = read(pages.check_page("jining", typed, summary("key-7")))
    assert sent(page) == {**typed, "submission_key": ["key-7"]}
    buttons = [(one["name"], one["value"], one.text) for one in page.every("button")]
    assert buttons == [("", "", "提交申请"), ("stage", "edit", "返回修改")]


def test_the_check_page_shows_what_was_typed_for_reading() -> None:
    typed = fields(applications.jining())
    shown = {one.one("dt").text: one.one("dd").text for one in rows(read(pages.check_page("jining", typed, summary())))}
    assert shown["去世日期"] == "2026年11月2日"
    assert shown["您的性别"] == "男"
    assert shown["您的电话"] == "139 0000 0001"
    assert shown["钱打到哪个账户？"] == "逝者社保卡"
    assert shown["逝者参加的是哪一种养老保险？"] == "城镇企业职工养老保险"
    assert "继承人的开户银行" not in shown


def rows(page: Element) -> Iterator[Element]:
    return (one for answers in page.every("dl") for one in answers.every("div"))


def test_the_check_page_shows_what_will_be_handled_by_whom() -> None:
    text = read(pages.check_page("jining", fields(applications.jining()), summary())).text
    assert "企业离退休人员遗属待遇及个人账户余额申领" in text
    assert "人社部门" in text
    assert "死亡证明 或者 火化证明" in text
    assert "户口簿上逝者那一页" in text


def listed() -> list[dict[str, Any]]:
    return [
        {"matter": "hukou-cancellation", "name": "死亡人员户口注销", "required": True},
        {"matter": "medical-account", "name": "城镇职工医疗保险个人账户余额提现", "required": False},
        {"matter": "veteran-benefit", "name": "优待对象待遇终止", "required": False},
    ]


def test_matters_that_answers_tick_can_be_unticked_except_required_ones() -> None:
    page = read(pages.check_page("guyang", {}, summary(matters=listed())))
    boxes = {one["value"]: one for one in page.every("input", type="checkbox")}
    assert all("checked" in box for box in boxes.values())
    assert [slug for slug, box in boxes.items() if "disabled" in box] == ["hukou-cancellation"]
    assert sorted(sent(page)["matters"]) == sorted(one["matter"] for one in listed())
    assert sent(page)["matters_listed"] == [one["matter"] for one in listed()]


def test_what_was_unticked_stays_so_after_going_back_to_the_form() -> None:
    unticked = {
        "matters": ["hukou-cancellation", "medical-account"],
        "matters_listed": [one["matter"] for one in listed()],
    }
    kept = sent(read(pages.form_page("guyang", unticked)))
    assert {name: kept[name] for name in unticked} == unticked
    again = sent(read(pages.check_page("guyang", kept, summary(matters=listed()))))
    assert sorted(again["matters"]) == ["hukou-cancellation", "medical-account"]


# ---- Receipt and state of a case


def test_the_receipt_shows_its_numbers_and_every_task(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    page = read(pages.receipt_page("jining", receipt))
    assert receipt["case_number"] in page.text
    assert receipt["lookup_code"] in page.text
    cards = [one for one in page.every("li") if one["class"] == "task"]
    assert [card.one("h3").text for card in cards] == [task["name"] for task in receipt["tasks"]]
    first, pension = cards[0].text, next(card.text for card in cards if "企业离退休人员" in card.text)
    assert "卫健部门" in first
    assert "2026年11月26日" in first
    assert "等什么" not in first
    assert "死亡证明 或者 火化证明" in pension
    assert "这一项按规定打到逝者社保卡，不能选择。" in pension
    assert "您现在不用做什么。" in pension


def test_numbers_without_spaces_are_grouped(world: World) -> None:
    receipt = copy.deepcopy(world.submit(applications.jining()).receipt)
    grouped = receipt["lookup_code"]
    receipt["lookup_code"] = grouped.replace(" ", "")
    assert grouped in read(pages.receipt_page("jining", receipt)).text


def test_the_receipt_says_what_an_agency_has_still_to_determine(world: World) -> None:
    receipt = world.submit(
        applications.jining(answers={"pension": "enterprise", "receiving_pension": "unknown"})
    ).receipt
    assert "由人社部门核定办理哪一项。" in read(pages.receipt_page("jining", receipt)).text


def test_the_receipt_explains_what_was_left_out_and_what_is_missing(world: World) -> None:
    body = applications.jining(
        answers={"pension": "resident", "receiving_pension": True},
        matters=["pension-account", "survivor-benefit", "hukou-cancellation"],
    )
    text = read(pages.receipt_page("jining", world.submit(body).receipt)).text
    assert "这次没有办的 遗属待遇申领 参加城乡居民养老保险的没有单独的遗属待遇" in text
    assert "还缺的材料" in text
    assert "户口簿上逝者那一页 用于：户口注销" in text
    assert text.count("还缺的材料") == 1


def test_the_receipt_sends_what_only_a_counter_handles_to_the_counter(world: World) -> None:
    answers_given = {**applications.guyang()["answers"], "housing_fund": True}
    receipt = world.submit(applications.guyang(answers=answers_given), "guyang").receipt
    text = read(pages.receipt_page("guyang", receipt)).text
    assert "要到窗口办的 县政务大厅“一件事一次办”窗口 职工死亡或宣告死亡提取" in text
    assert "按人社局承诺的时限办理" in text


def test_headings_of_what_is_not_there_are_not_there_either(world: World) -> None:
    receipt = {
        **world.submit(applications.jining()).receipt,
        "left_out": [],
        "missing": [],
        "counter_only": [],
        "linked": [],
    }
    text = read(pages.receipt_page("jining", receipt)).text
    for heading in ("这次没有办的", "还缺的材料", "要到窗口办的", "已经办好", "已经在办的"):
        assert heading not in text


def test_the_state_of_a_case_shows_results_reasons_and_who_looked(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    task = world.tasks("health")[0]["task_id"]
    world.open_task("health", task)
    world.report("health", task, "decline", reason="<申请信息>与登记信息不一致")
    page = read(pages.case_page("jining", world.look_up(receipt)))
    assert receipt["case_number"] in page.text
    assert receipt["lookup_code"] not in page.text
    declined = next(one.text for one in page.every("li") if one["class"] == "task")
    assert "不予受理" in declined
    assert "原因 <申请信息>与登记信息不一致" in declined
    assert "什么时候办好" not in declined
    assert "谁打开过您的资料 卫健部门 2026年11月23日 10:00" in page.text


def test_a_case_nobody_opened_says_so(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    assert "还没有部门打开过。" in read(pages.case_page("jining", world.look_up(receipt))).text


def changeable(world: World, receipt: Any, **more: list[str]) -> tuple[Any, dict[str, list[str]]]:
    """The state of a case as its family sees it, and the numbers it typed."""
    return world.look_up(receipt), {name: [receipt[name]] for name in ("case_number", "lookup_code")} | more


def test_what_an_agency_asks_for_stands_beside_a_form_that_answers_it(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    task = world.tasks("health")[0]["task_id"]
    world.report("health", task, "ask", reason="请补充<照片>", materials=["id-card-applicant"])
    page = read(pages.case_page("jining", *changeable(world, receipt)))
    form = next(one for one in page.every("form") if one["action"] == "/api/jining/corrections")
    assert "请补充<照片>：您的身份证" in form.text
    assert form.one("input", name="tasks")["value"] == task
    assert "checked" in form.one("input", name="tasks")
    hidden = {one["name"]: one["value"] for one in form.every("input", type="hidden")}
    assert hidden == {
        "case_number": receipt["case_number"],
        "lookup_code": receipt["lookup_code"],
        "tasks_listed": "1",
    }
    assert {"applicant.phone", "applicant.address"} <= {one["name"] for one in form.every("input", type="")} | {
        one["name"] for one in form.every("input")
    }
    assert any(link["href"] == "#correct" for link in page.every("a"))


def test_nothing_is_asked_where_nobody_asks(world: World) -> None:
    page = read(pages.case_page("jining", *changeable(world, world.submit(applications.jining()).receipt)))
    assert not list(page.every("input", name="tasks"))
    assert "有部门在等您补充" not in page.text
    assert list(page.every("input", name="applicant.phone")), "a telephone number may change any day"


def test_only_what_no_agency_has_accepted_can_be_withdrawn(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.report("health", world.tasks("health")[0]["task_id"], "accept")
    page = read(pages.case_page("jining", *changeable(world, receipt)))
    offered = {one["value"] for one in page.every("button", name="tasks")}
    assert offered == {task["task_id"] for task in receipt["tasks"] if task["item"] != "death-certificate"}
    assert {one["form"] for one in page.every("button", name="tasks")} == {"withdraw"}
    form = page.one("form", id="withdraw")
    assert form.one("input", name="stage")["value"] == "confirm"
    assert form.one("input", name="lookup_code")["value"] == receipt["lookup_code"]


def test_without_its_code_a_case_is_only_shown(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    page = read(pages.case_page("jining", world.look_up(receipt)))
    assert not list(page.every("form"))
    assert not list(page.every("button", name="tasks"))


def test_a_case_that_has_ended_offers_nothing_to_change(world: World) -> None:
    receipt = world.submit(applications.jining(matters=["death-certificate"], payee=None)).receipt
    world.report("health", world.tasks("health")[0]["task_id"], "decline", reason="x")
    page = read(pages.case_page("jining", *changeable(world, receipt)))
    assert not [one for one in page.every("form") if one["action"] in CHANGES]


CHANGES = ("/api/jining/corrections", "/api/jining/withdrawals")


def test_what_was_wrong_with_a_correction_stands_beside_its_field_and_everything_typed_is_kept(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.report("health", world.tasks("health")[0]["task_id"], "ask", reason="x")
    typed = {"applicant.phone": ["12 <b>"], "tasks_listed": ["1"]}
    problem = [("applicant.phone", "您的电话的位数不对")]
    page = read(pages.case_page("jining", *changeable(world, receipt, **typed), problem))
    assert page.one("input", id="applicant.phone")["value"] == "12 <b>"
    assert page.one("", id="problem-applicant.phone").text == "错误：您的电话的位数不对"
    assert "checked" not in page.one("input", name="tasks"), "it was unticked"
    assert "open" in page.one("details")
    assert title(page).startswith("错误：")


def test_no_two_elements_of_a_case_share_an_id(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.certify("health", "death-certificate", applications_person())
    for agency in ("civil-affairs", "social-security"):
        world.report(agency, world.tasks(agency)[0]["task_id"], "ask", reason="x")
    page = read(pages.case_page("jining", *changeable(world, receipt)))
    ids = [one["id"] for one in page.every() if "id" in one]
    assert len(ids) == len(set(ids))
    assert len(list(page.every("input", name="tasks"))) == 2


def applications_person() -> dict[str, Any]:
    someone = applications.deceased()
    return {"id_number": someone["id_number"], "name": someone["name"]}


def test_withdrawing_is_asked_once_more(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    answer, numbers = changeable(world, receipt)
    task = answer["tasks"][1]
    page = read(pages.withdraw_page("jining", answer, numbers, [task["task_id"]]))
    assert [one.text for one in page.one("main").every("li")] == [f"{task['name']}（{task['agency_name']}）"]
    assert sent(page) == {**numbers, "tasks": [task["task_id"]]}
    assert [one["formaction"] for one in page.every("button")] == ["", "/api/jining/lookup"]


@pytest.mark.parametrize("done", ["corrections", "withdrawals"])
def test_what_was_just_done_is_said(world: World, done: str) -> None:
    given = changeable(world, world.submit(applications.jining()).receipt)
    assert len(list(read(pages.case_page("jining", *given, done=done)).every(role="status"))) == 1
    assert not list(read(pages.case_page("jining", *given)).every(role="status"))


def test_a_task_never_borrows_what_the_case_has_under_the_same_name(world: World) -> None:
    answer = copy.deepcopy(world.look_up(world.submit(applications.jining()).receipt))
    answer |= {"reason": "不是这一项的", "result": "不是这一项的"}
    for task in answer["tasks"]:
        del task["reason"], task["result"]
    assert "不是这一项的" not in read(pages.case_page("jining", answer)).text


def test_every_name_on_the_pages_of_a_case_is_one_that_answers_have(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    known = set(case(receipt)) | {
        "first",
        "more",
        "one",
        "name",
        "reason",
        "for_names",
        "at",
        "task",
        "openings",
    }
    known |= {name for task in case(receipt)["tasks"] for name in task}
    known |= {f"state:{state}" for state in compiled()["jining"]["wording"]["states"]} | {"state_name", "agency_name"}
    known |= {"asked", "asking", "ticked", "may_correct", "may_withdraw", "offer_withdrawal", "chosen"}
    known |= {"rateable", "stuckable", "may_say_stuck", "stuck_open", "stuck_comment", "call_backs", "text"}
    known |= {"code", "score_name", "open", "comment", "done:ratings", *(f"chosen:{score}" for score in range(1, 6))}
    known |= {"done:corrections", "done:withdrawals", "anchor", "message", "wrong", "count", "problems"}
    typed = ("value:", "is:", "wrong:", "problems:")
    for page in ("receipt", "case", "withdraw"):
        names = set(page_module.names(page_module.read("jining", page)))
        assert {name for name in names if not name.startswith(typed)} <= known


# ---- Everything else


@pytest.mark.parametrize(("status", "heading"), [(404, "没有找到"), (503, "这一步没有完成"), (415, "这一步没有完成")])
def test_a_problem_page_says_what_happened_and_leads_on(status: int, heading: str) -> None:
    page = read(pages.problem_page("jining", status, [("", "请过一会儿再提交")]))
    assert page.one("h1").text == heading
    assert "请过一会儿再提交" in page.text
    assert "/jining/apply/" in [link["href"] for link in page.every("a")]
    assert ("返回" in page.text) == (status == 503)


def test_outside_any_place_there_is_a_page_too() -> None:
    page = read(pages.problem_page(None, 404, [("", "没有这个地区")]))
    assert "没有这个地区" in page.text
    assert [link["href"] for link in page.every("a")] == ["/"]
