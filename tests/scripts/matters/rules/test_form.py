"""The online form asks everything that has to be answered, once."""

import pytest

from tests.scripts.matters.small import changed, only, said


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "fields: [matters, answers",
            "fields: [answers",
            "steps:\n",
            "localities.linshi.form.steps: 网上表单没有问“matters”（办理事项）; 在某一步的 fields 里写上它",
        ),
        (
            "answers.insurance, answers.drawing]",
            "answers.insurance]",
            "steps:\n",
            ("localities.linshi.form.steps: 网上表单没有问“answers.drawing”（是否领取）; 在某一步的 fields 里写上它"),
        ),
        (
            "        - {id: conditions, title: 能不能办, fields: [eligibility]}\n",
            "",
            "steps:\n",
            "localities.linshi.form.steps: 网上表单没有问“eligibility”（办理条件）; 在某一步的 fields 里写上它",
        ),
        (
            (
                "    conditions:\n      lived_here: "
                "{ask: 住在这里吗？, must_be: true, reason: 只办住在这里的, source: 四}\n"
            ),
            "    conditions: {}\n",
            "eligibility",
            (
                "localities.linshi.form.steps[1].fields[1]: 这个地区没有办理条件，不用问 eligibility; "
                "去掉它，或者写上 conditions"
            ),
        ),
        (
            "fields: [eligibility]",
            "fields: [eligibility, matters]",
            "matters, answers",
            "localities.linshi.form.steps[4].fields[1]: “matters”问了两次; 请留一处",
        ),
        (
            "{id: matters, ti",
            "{id: deceased, ti",
            "deceased, title: 事项",
            "localities.linshi.form.steps[4].id: 编号“deceased”用了两次; 请换一个",
        ),
    ],
)
def test_what_the_form_forgets_or_repeats_is_said(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


def test_where_nobody_is_turned_away_nothing_is_asked_about_it() -> None:
    text = changed("        - {id: conditions, title: 能不能办, fields: [eligibility]}\n", "")
    condition = "      lived_here: {ask: 住在这里吗？, must_be: true, reason: 只办住在这里的, source: 四}\n"
    assert said(text.replace(f"    conditions:\n{condition}", "    conditions: {}\n")) == []
