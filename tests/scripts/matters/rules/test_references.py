"""Whatever names another thing names one that exists."""

import pytest

from tests.scripts.matters.small import changed, only


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "agency: social\n        name: 领取中",
            "agency: socail\n        name: 领取中",
            "socail",
            (
                "localities.linshi.items.town-drawing.agency: 没有叫“socail”的部门; 可以写：office、"
                "health、social、police; 是不是想写 social"
            ),
        ),
        (
            "agency: police",
            "agency: 公安局",
            "公安局\n        name",
            (
                "localities.linshi.items.licence.agency: 没有叫“公安局”的部门; 可以写：office、health、"
                "social、police; 是不是想写 police"
            ),
        ),
        (
            "lead: office",
            "lead: nobody",
            "nobody",
            "localities.linshi.lead: 没有叫“nobody”的部门; 可以写：office、health、social、police",
        ),
        (
            "certifies: [death-certificate]",
            "certifies: [death-certificate, id-card]",
            "id-card], source",
            (
                "localities.linshi.agencies.health.certifies[2]: "
                "没有叫“id-card”的电子证照（写了 certificate: true 的材料）; "
                "可以写：death-certificate、cremation-certificate"
            ),
        ),
        (
            "asked_for: [pension]\n        source",
            "asked_for: [pensions]\n        source",
            "pensions",
            (
                "localities.linshi.questions.insurance.asked_for[1]: 没有叫“pensions”的事项; 可以写："
                "cremation、pension、licence; 是不是想写 pension"
            ),
        ),
        (
            "        certificate: true\n      cremation",
            "        certificate: true\n        part_of: idcard\n      cremation",
            "idcard",
            (
                "localities.linshi.materials.death-certificate.part_of: 没有叫“idcard”的材料; 可以写："
                "id-card、death-certificate、cremation-certificate; 是不是想写 id-card"
            ),
        ),
        (
            "case_materials: [id-card]",
            "case_materials: [id-cards]",
            "id-cards",
            (
                "localities.linshi.case_materials[1]: 没有叫“id-cards”的材料; 可以写：id-card、"
                "death-certificate、cremation-certificate; 是不是想写 id-card"
            ),
        ),
        (
            "items: [town-drawing, town-working]",
            "items: [town-drawing, town-workin]",
            "town-workin]",
            (
                "localities.linshi.matters.pension.items[2]: 没有叫“town-workin”的业务办理项; 可以写："
                "cremation、town-drawing、town-working、licence; 是不是想写 town-working"
            ),
        ),
        (
            "opens_on: [death-certificate]\n        issues",
            "opens_on: [id-card]\n        issues",
            "id-card]\n        issues",
            (
                "localities.linshi.items.cremation.opens_on[1]: "
                "没有叫“id-card”的电子证照（写了 certificate: true 的材料）; "
                "可以写：death-certificate、cremation-certificate"
            ),
        ),
        (
            "issues: cremation-certificate",
            "issues: cremation",
            "cremation\n        materials",
            (
                "localities.linshi.items.cremation.issues: "
                "没有叫“cremation”的电子证照（写了 certificate: true 的材料）; "
                "可以写：death-certificate、cremation-certificate; 是不是想写 cremation-certificate"
            ),
        ),
        (
            "materials: [id-card]\n        ch",
            "materials: [idcard]\n        ch",
            "idcard",
            (
                "localities.linshi.items.cremation.materials[1]: 没有叫“idcard”的材料; 可以写：id-card、"
                "death-certificate、cremation-certificate; 是不是想写 id-card"
            ),
        ),
        (
            "any_of: [id-card]",
            "any_of: [id-crd]",
            "id-crd",
            (
                "localities.linshi.items.town-drawing.materials[1].any_of[1]: 没有叫“id-crd”的材料; "
                "可以写：id-card、death-certificate、cremation-certificate; 是不是想写 id-card"
            ),
        ),
        (
            "payee: heir}",
            "payee: hier}",
            "hier}",
            (
                "localities.linshi.items.town-drawing.materials[1].payee: 没有叫“hier”的账户; 可以写："
                "card、heir; 是不是想写 heir"
            ),
        ),
        (
            "payees: [card, heir]",
            "payees: [card, heir, bank]",
            "bank]",
            "localities.linshi.items.town-drawing.payees[3]: 没有叫“bank”的账户; 可以写：card、heir",
        ),
        (
            "[[deceased.name, answers.insurance]",
            "[[deceased.name, answers.insurence]",
            "answers.insurence",
            (
                "localities.linshi.form.sections[1].rows[1][2]: 没有叫“answers.insurence”的表单内容; "
                "可以写：deceased.name、deceased.id_number、applicant.name、applicant.phone、"
                "accounts.card.number、accounts.heir.number、declaration.agreed、declaration.signed_name、"
                "answers.insurance、answers.drawing、matters、accounts.card…（共 14 个）; "
                "是不是想写 answers.insurance"
            ),
        ),
        (
            "[deceased.name, deceased.id_number]}",
            "[deceased.name, deceased.id_numbr]}",
            "deceased.id_numbr]",
            (
                "localities.linshi.form.steps[2].fields[2]: 没有叫“deceased.id_numbr”的表单内容; 可以写："
                "deceased.name、deceased.id_number、applicant.name、applicant.phone、accounts.card.number、"
                "accounts.heir.number、declaration.agreed、declaration.signed_name、answers.insurance、"
                "answers.drawing、matters、payee…（共 13 个）; 是不是想写 deceased.id_number"
            ),
        ),
        (
            "[start, end, 办]",
            "[start, ende, 办]",
            "ende",
            (
                "localities.linshi.guide.flowchart.edges[1][2]: 没有叫“ende”的流程图格子; 可以写：start、"
                "end; 是不是想写 end"
            ),
        ),
    ],
)
def test_a_name_of_nothing_is_said_with_what_could_be_meant(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "deceased.id_number, applicant.name]",
            "deceased.id_number, applicant.nmae]",
            "applicant.nmae",
            (
                "localities.linshi.items.cremation.discloses[3]: "
                "没有叫“applicant.nmae”的表单内容（网上表单问到的）; "
                "可以写：deceased.name、deceased.id_number、applicant.name、applicant.phone、"
                "answers.insurance、answers.drawing、accounts.card、accounts.heir; "
                "是不是想写 applicant.name"
            ),
        ),
        (
            "discloses: [deceased.name, accounts.card]",
            "discloses: [deceased.name, accounts.card, declaration.agreed]",
            "declaration.agreed]\n        source",
            (
                "localities.linshi.items.town-working.discloses[3]: "
                "没有叫“declaration.agreed”的表单内容（网上表单问到的）; "
                "可以写：deceased.name、deceased.id_number、applicant.name、applicant.phone、"
                "answers.insurance、answers.drawing、accounts.card、accounts.heir"
            ),
        ),
        (
            "discloses: [deceased.name, accounts.card]",
            "discloses: [deceased.name, accounts.card, answers.age]",
            "answers.age",
            (
                "localities.linshi.items.town-working.discloses[3]: "
                "没有叫“answers.age”的表单内容（网上表单问到的）; "
                "可以写：deceased.name、deceased.id_number、applicant.name、applicant.phone、"
                "answers.insurance、answers.drawing、accounts.card、accounts.heir; "
                "是不是想写 answers.drawing"
            ),
        ),
    ],
)
def test_an_item_discloses_only_what_the_form_asks(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


def test_chinese_commas_in_a_list_are_recognised() -> None:
    text = changed("opens_on: [death-certificate, cremation-certificate]", "opens_on: [death-certificate，甲]")
    only(
        text,
        "death-certificate，甲",
        "localities.linshi.items.town-drawing.opens_on[1]: "
        "没有叫“death-certificate，甲”的电子证照（写了 certificate: true 的材料）; "
        "用英文逗号分开；可以写：death-certificate、cremation-certificate; 是不是想写 death-certificate",
    )
