"""Which keys exist where, what they hold, and which must be there."""

import pytest

from chalicelib.cases.states import CaseState, TaskState
from chalicelib.catalogue.model import Bring
from scripts.matters import shape
from tests.scripts.matters.small import TEXT, changed, only, place_of, said


def test_the_small_catalogue_is_valid() -> None:
    assert said(TEXT) == []


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "        summary: 火化后开。\n",
            "        summery: 火化后开。\n        summary: 火化后开。\n",
            "summery",
            "localities.linshi.matters.cremation.summery: 这里没有叫“summery”的内容; "
            "可以写：name、form_label、row、summary、aliases、items、group、required、both、left_out、not_offered; "
            "是不是想写 summary",
        ),
        (
            "text: 填一次}",
            "text: 填一次, 不多填}",
            "不多填",
            "localities.linshi.guide.happens[1].不多填: "
            "这里多出“不多填”：花括号里的文字如果有英文逗号或冒号，会被拆开; 把整句加上引号；可以写：title、text",
        ),
        (
            "silent: true",
            "silent: 是",
            "是\n        discloses",
            "localities.linshi.items.licence.silent: 这里是判断，写的是“是”; 可以写：true、false; 是不是想写 true",
        ),
        (
            "kind: id-number",
            "kind: idnumber",
            "idnumber",
            "shared.fields.deceased.id_number.kind: 这里不能写“idnumber”; "
            "可以写：id-number、name、sex、age、date、phone、bank-account、"
            "social-security-card、text、yes-no、agreement; "
            "是不是想写 id-number",
        ),
        (
            "ticked_by: applicant",
            "ticked_by: 由回答决定",
            "由回答决定",
            "localities.linshi.ticked_by: 这里不能写“由回答决定”; 可以写：applicant、answers; 是不是想写 answers",
        ),
        (
            "channels: [counter]",
            "channels: [window]",
            "window",
            "localities.linshi.items.cremation.channels[1]: 这里不能写“window”; 可以写：online、counter",
        ),
        (
            "time_limit: {working_days: 5,",
            'time_limit: {working_days: "5",',
            '"5", text',
            "localities.linshi.time_limit.working_days: 这里要写整数，写的是“5”; 可以写：1 到 250 的整数，不加引号",
        ),
        (
            "checked_on: 2026-11-21",
            "checked_on: 去年",
            "去年",
            "localities.linshi.checked_on: 这里要写日期，写的是“去年”; 写成 2026-11-21 这样，不加引号",
        ),
        (
            "theme: 一件事\n",
            "theme: 110\n",
            "110",
            'localities.linshi.theme: 这里要写文字，写的是数字 110; 要的是文字就加引号："110"',
        ),
        (
            "served: [家属]",
            "served: 家属",
            "家属",
            "localities.linshi.served: 这里要写一列，写的是“家属”; 写成 [甲, 乙]，或者每行一个、用“- ”开头",
        ),
        (
            "served: [家属]",
            "served: []",
            "[]\n    served_source",
            "localities.linshi.served: 这里写了 0 个; 至少要有 1 个",
        ),
        (
            "payees: [card]",
            "payees: [card, card]",
            "card]\n        discloses: [deceased.name, accounts.card]",
            "localities.linshi.items.town-working.payees[2]: “card”写了两次; 请留一个",
        ),
        (
            "      licence:\n        name: 驾",
            "      Licence:\n        name: 驾",
            "Licence",
            "localities.linshi.matters.Licence: 编号“Licence”的写法不对; "
            "编号只用小写英文字母、数字和 -，例如 death-certificate",
        ),
        (
            "choices: {town: 城镇,",
            "choices: {unknown: 不知道, town: 城镇,",
            "unknown: 不知道",
            "localities.linshi.questions.insurance.choices.unknown: “unknown”另有用处，不能当编号; 请换一个编号",
        ),
        (
            "source: {title: 方案, number",
            "source: {title: , number",
            ", number",
            "localities.linshi.source.title: 这里没有填写; 要写一段文字",
        ),
        (
            "hours: {text: 工作日, source: 三}",
            "hours: text：工作日",
            "text：工作日",
            "localities.linshi.hours: “text：工作日”里的冒号是中文的“：”; 请改成英文冒号，后面空一格",
        ),
    ],
)
def test_what_does_not_fit_is_said_with_what_is_allowed(old: str, new: str, part: str, problem: str) -> None:
    found = said(changed(old, new))
    assert f"{place_of(changed(old, new), part)}: {problem}" in found


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "      office: {name: 政务局, ",
            "      office: {",
            "office: {",
            "localities.linshi.agencies.office: 缺少 name; 要写：正式名称，照文件抄",
        ),
        (
            "      id-card:\n        name: 身份证\n",
            "      id-card:\n",
            "id-card:\n",
            "localities.linshi.materials.id-card: 缺少 name; 要写：正式名称，照文件抄",
        ),
        (
            "        name: 驾驶证\n",
            "",
            "licence:\n        form_label",
            "localities.linshi.matters.licence: 缺少 name; 要写：正式名称，照文件抄",
        ),
        (
            "        name: 注销驾驶证\n",
            "",
            "licence:\n        agency",
            "localities.linshi.items.licence: 缺少 name; 要写：正式名称，照文件抄",
        ),
        (
            "    name: 临时市\n",
            "",
            "linshi:",
            "localities.linshi: 缺少 name; 要写：正式名称，照文件抄",
        ),
        (
            "      title: 申请表\n",
            "",
            "form:\n",
            "localities.linshi.form: 缺少 title; 要写：正式名称，照文件抄",
        ),
        (
            "        discloses: [deceased.name, deceased.id_number]\n        source: 六\n",
            "        discloses: [deceased.name, deceased.id_number]\n",
            "licence:\n        agency",
            "localities.linshi.items.licence: 缺少 source; 要写：出处，写文件的章节，例如 附件1 表2 第4行",
        ),
        (
            ", reason: 只办住在这里的, source: 四}",
            ", reason: 只办住在这里的}",
            "lived_here",
            "localities.linshi.conditions.lived_here: 缺少 source; 要写：出处，写文件的章节，例如 附件1 表2 第4行",
        ),
        (
            "      declaration: [属实]\n",
            "",
            "form:\n",
            "localities.linshi.form: 缺少 declaration; 要写：个人承诺",
        ),
        (
            "      happens: [",
            "      hapens: [",
            "guide:\n",
            "localities.linshi.guide: 缺少 happens（写成了 hapens）; 要写：会发生什么",
        ),
    ],
)
def test_what_is_missing_is_said_at_the_thing_it_belongs_to(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


def test_a_fault_in_what_all_share_is_told_once() -> None:
    text = changed("kind: phone", "kind: fone")
    second = text[text.index("  linshi:") :].replace("  linshi:", "  linshi-xian:", 1)
    assert len(said(text + second)) == 1


def test_what_all_share_is_checked_where_every_locality_words_it_anew() -> None:
    text = changed("    theme: 一件事\n", "    theme: 一件事\n    reasons: {other: 其他}\n")
    text = text.replace("  reasons: {other: 其他}", "  reasons: {other: 110}", 1)
    only(text, "110", 'shared.reasons.other: 这里要写文字，写的是数字 110; 要的是文字就加引号："110"')


def test_a_value_said_to_be_a_trap_is_not_complained_about_twice() -> None:
    only(
        changed('number: ""', "number: 0537"),
        "0537",
        'localities.linshi.source.number: 以 0 开头的数字“0537”会被当成八进制或者丢掉 0; 请加上引号，例如 "0537"',
    )


def test_the_words_of_the_shape_are_those_of_the_program() -> None:
    assert set(shape.STATES) == set(TaskState)
    assert set(shape.CASE_STATES) == set(CaseState)
    assert set(shape.BRING_WORDS) == set(Bring)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("silent: true", "silent: yes"),
        ("working_days: 5,", "working_days: 05,"),
        ("checked_on: 2026-11-21", "checked_on: 2026-11-31"),
        ("served: [家属]", "served: no"),
        ("served: [家属]", "served: [no]"),
        ("hours: {text: 工作日, source: 三}", "hours: off"),
        ("reasons: {other: 其他}", "reasons: off"),
        ("reasons: {other: 其他}", "reasons: {other: 其他, no: 没有}"),
        ("fee: {text: 不收费, source: 三}", "fee: {text: 不收费, source: 三, no: 没有}"),
        ("kind: phone", "kind: on"),
        ("reasons: {other: 其他}", "reasons: {1: 其他}"),
        ("text: 见公布,", "text: 见公布, dial: 0x1F,"),
    ],
)
def test_a_trap_is_one_problem_wherever_it_lies(old: str, new: str) -> None:
    assert len(said(changed(old, new))) == 1


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("text: 见公布,", 'text: 见公布, dial: "12a",', "telephones[1].dial: “12a”的写法不对; 只写数字和开头的 +"),
        ("hours: {text: 工作日, source: 三}", "hours: 5", "hours: 这里要写几项“名: 值”，写的是数字 5"),
        ("theme: 一件事\n", "theme: [一件事]\n", "theme: 这里要写文字，写的是一列内容; 要写一段文字"),
        ("theme: 一件事\n", "theme: {a: 一件事}\n", "theme: 这里要写文字，写的是几项“名: 值”; 要写一段文字"),
        ("checked_on: 2026-11-21", "checked_on: 2026", "checked_on: 这里要写日期，写的是数字 2026; "),
        ("issued_on: 2024", "issued_on: true", "source.issued_on: 这里要写日期，写的是判断 true; "),
        ("issued_on: 2024", "issued_on: 20240101", "source.issued_on: 这里要写日期，写的是数字 20240101; "),
        ("working_days: 3}", "working_days: 0}", "time_limit.working_days: 这里要写整数，写的是数字 0; "),
        ("working_days: 3}", "working_days: 2.5}", "time_limit.working_days: 这里要写整数，写的是数字 2.5; "),
        ("working_days: 3}", "working_days: true}", "time_limit.working_days: 这里要写整数，写的是判断 true; "),
        ("[start, end, 办]", "[start]", "edges[1]: 这里写了 1 个; 要有 2 到 3 个"),
        ("case_materials: [id-card]", "case_materials: [id-card, id-card]", "materials[2]: “id-card”写了两次"),
    ],
)  # fmt: skip
def test_other_things_that_do_not_fit_are_said_once(old: str, new: str, problem: str) -> None:
    (found,) = said(changed(old, new))
    assert problem in found


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "    conditions:\n",
            "    conditions: 没有\n    x:\n",
            "conditions: 这里要写几项“名: 值”，写的是“没有”; 没有就写 {}",
        ),
        ("    agencies:\n", "    agencies: {}\n    x:\n", "agencies: 这里是空的; 至少要有 1 个"),
    ],
)
def test_a_group_that_is_no_group_or_empty_is_refused(old: str, new: str, problem: str) -> None:
    assert any(problem in one for one in said(changed(old, new)))


def test_an_arrow_may_be_labelled_like_its_end() -> None:
    assert said(changed("[start, end, 办]", "[start, end, end]")) == []
