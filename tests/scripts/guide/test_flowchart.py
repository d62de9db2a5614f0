"""The drawing: official words to the letter, nothing overlapping, everything connected, the same in words."""

from itertools import combinations

import pytest

from scripts.guide.flowchart import Box, draw
from tests.scripts.guide.places import place

OFFICIAL = [
    "线上申报：登录济宁政务服务网、爱山东APP“公民身后一件事专区”，填写一张表单，上传逝者户口页，经办人身份证"
    "（可获取电子证照）（备注：申请将公积金拨至继承人账户的，须提供具有法律效力的公证书）",
    "线下：在各级政务服务中心“公民身后一件事”窗口提交逝者户口页、经办人身份证等材料，填写一张表单，"
    "如已有死亡证明可携带。（备注：申请将公积金拨至继承人账户的，须提供具有法律效力的公证书）",
    "卫生健康部门核验后由医疗机构、村居卫生室出具死亡证明并形成电子证照、系统共享",
    "民政部门殡葬服务管理中心（殡仪馆）进行火化后出具火化证，形成电子证照",
    "人社部门根据逝者参保类型推送办理",
    "医保部门根据共享材料办理基本医疗保险参保人员个人账户一次性支取",
    "公积金部门根据共享材料办理死亡或被宣告死亡提取公积金",
    "公安机关根据共享材料办理死亡人口户口注销、驾驶证注销",
    "办理个人账户返还并发放丧葬补助金",
    "办理企业离退休人员个人账户一次性待遇申领、遗属待遇申领",
    "办理企业在职职工个人账户一次性待遇申领、遗属待遇申领",
    "办理机关事业单位工作人员养老保险个人账户一次性待遇申领",
    "全流程办结，线下综合受理窗口反馈结果，线上济宁政务服务网、爱山东APP反馈结果",
]
SLUGS = ["jining", "guyang"]


def drawing(slug: str):
    return draw(place(slug).guide["flowchart"])


@pytest.mark.parametrize("words", OFFICIAL)
def test_the_lines_of_a_box_join_to_the_official_words(words: str) -> None:
    assert words in [box.head + box.text for box in drawing("jining").boxes]


def test_all_three_kinds_of_insurance_ask_whether_a_pension_was_drawn() -> None:
    asks = [box.text for box in drawing("jining").boxes if box.kind == "ask"]
    assert asks == ["是否领取养老保险待遇"] * 3


@pytest.mark.parametrize("slug", SLUGS)
def test_no_two_boxes_overlap(slug: str) -> None:
    for one, other in combinations(drawing(slug).boxes, 2):
        assert not _overlap(one, other), (one.id, other.id)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_arrow_runs_upwards_or_through_a_box(slug: str) -> None:
    chart = drawing(slug)
    for arrow in chart.arrows:
        assert arrow.start.bottom < arrow.end.top
        between = [box for box in chart.boxes if box not in (arrow.start, arrow.end)]
        x = arrow.end.x if not arrow.straight else float(arrow.path.split("V")[0].split()[0][1:])
        top = arrow.start.bottom if arrow.straight else arrow.end.top - 20
        assert not [box.id for box in between if _crossed(box, x, top, arrow.end.top)]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_list_in_words_says_where_every_arrow_leads(slug: str) -> None:
    chart = drawing(slug)
    said = {(way.box.id, label, chart.boxes[number - 1].id) for way in chart.ways for label, number in way.next}
    assert said == {(arrow.start.id, arrow.label, arrow.end.id) for arrow in chart.arrows}


def test_a_branch_shows_its_label_where_it_arrives() -> None:
    branches = {arrow.label for arrow in drawing("jining").arrows if arrow.start.kind == "ask"}
    assert branches == {"是", "否"}
    assert all(not arrow.straight for arrow in drawing("jining").arrows if arrow.label)


def _overlap(one: Box, other: Box) -> bool:
    apart = one.left + one.width <= other.left or other.left + other.width <= one.left
    return not (apart or one.bottom <= other.top or other.bottom <= one.top)


def _crossed(box: Box, x: float, top: float, bottom: float) -> bool:
    return box.left < x < box.left + box.width and box.top < bottom and box.bottom > top
