"""The official tables, held against the printed document cell by cell."""

from scripts.guide.tables import once, table_of_items, table_of_materials
from tests.scripts.guide.places import place

FORM = "“公民身后一件事”一张表单"
ID_DECEASED = "中华人民共和国居民身份证（逝者）"
ID_APPLICANT = "中华人民共和国居民身份证（经办人）"
NOTARISED = "（申请将公积金拨至继承人银行卡的，还须提供具有法律效力的公证书）"

PRINTED_1 = [
    (1, ID_DECEASED, "原件", "纸质/电子", "申请人自备/数据共享"),
    (2, ID_APPLICANT, "原件/复印件", "纸质/电子", "申请人自备/数据共享"),
    (3, "户口簿", "原件/复印件", "纸质", "申请人自备/数据共享"),
    (4, "死亡证明", "原件", "纸质/电子", "申请人自备/数据共享"),
    (5, "火化证明", "原件", "纸质/电子", "申请人自备/数据共享"),
    (6, "社保卡（逝者）", "原件", "卡号", "申请人自备"),
    (7, "银行卡号（指定受益人或法定继承人）", "原件", "卡号", "申请人自备"),
]
PRINTED_2 = [
    (1, "卫健部门", 1, "出具死亡证明（正常死亡）", ()),
    (2, "公安机关", 1, "出具死亡证明（非正常死亡）", ()),
    (3, "民政部门", 1, "开具火化证明", ("死亡证明", ID_DECEASED, ID_APPLICANT)),
    (4, "人社部门", 5, "居民养老保险一次性待遇核定支付", (FORM,)),
    (5, "人社部门", 0, "企业离退休人员遗属待遇及个人账户余额申领", (FORM,)),
    (6, "人社部门", 0, "企业在职职工遗属待遇及基本养老保险个人账户一次性申领", (FORM,)),
    (7, "人社部门", 0, "机关事业单位退休人员养老保险个人账户一次性待遇申领", (FORM,)),
    (8, "人社部门", 0, "机关事业单位在职人员养老保险个人账户一次性待遇申领", (FORM,)),
    (9, "医保部门", 1, "参保人员个人账户一次性支取（基本医疗保险）", ("死亡证明或火化证明", FORM)),
    (
        10,
        "住房公积金部门",
        1,
        "提取公积金（死亡）",
        ("火化证明或死亡证明", ID_APPLICANT, FORM, "逝者社保卡或者继承人银行卡" + NOTARISED),
    ),
    (11, "公安机关", 2, "户口注销", ("火化证明或死亡证明", "户口本逝者户口页", ID_DECEASED, ID_APPLICANT)),
    (12, "公安机关", 0, "驾驶证注销", ("死亡证明（静默办理）",)),
]


def test_table_1_is_as_printed() -> None:
    rows = table_of_materials(place("jining"))
    assert [(row["row"], row["name"], row["type"], row["medium"], row["from"]) for row in rows] == PRINTED_1


def test_table_2_is_as_printed_with_its_merged_cells() -> None:
    rows = table_of_items(place("jining"))
    assert [(row.number, row.unit, row.span, row.name, row.materials) for row in rows] == PRINTED_2


def test_the_list_without_repeats_names_each_material_once_with_all_its_matters() -> None:
    views = once(place("jining"))
    names = [view.materials[0].slug for view in views]
    assert len(names) == len(set(names))
    applicant = next(view for view in views if view.materials[0].slug == "id-card-applicant")
    wanting = {matter.slug for matter in applicant.matters}
    assert wanting == {"cremation-certificate", "housing-fund", "hukou-cancellation"}


def test_papers_handed_in_once_for_all_belong_to_every_matter() -> None:
    views = once(place("guyang"))
    assert [len(view.matters) for view in views] == [12] * 6


def test_an_item_that_starts_by_itself_asks_the_family_for_nothing() -> None:
    wanting = {matter.slug for view in once(place("jining")) for matter in view.matters}
    assert "licence-cancellation" not in wanting
