"""A locality words again only what all share."""

import pytest

from tests.scripts.matters.small import changed, only, said


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "    theme: 一件事\n",
            "    theme: 一件事\n    problems: {requierd: 请写}\n",
            "requierd",
            (
                "localities.linshi.problems.requierd: shared 里没有叫“requierd”的内容; 可以写：required、"
                "too_long; 是不是想写 required"
            ),
        ),
        (
            "    theme: 一件事\n",
            "    theme: 一件事\n    messages: {recipt: {to: family, text: 好}}\n",
            "recipt",
            ("localities.linshi.messages.recipt: shared 里没有叫“recipt”的内容; 可以写：receipt; 是不是想写 receipt"),
        ),
        (
            "    theme: 一件事\n",
            "    theme: 一件事\n    wording: {unknwon: 不知道}\n",
            "unknwon",
            (
                "localities.linshi.wording.unknwon: shared 里没有叫“unknwon”的内容; 可以写：unknown、"
                "true_label、false_label、states、case_states、scores、call_back、shredded、waits_for; "
                "是不是想写 unknown"
            ),
        ),
    ],
)
def test_wording_that_would_never_be_read_is_refused(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)


def test_a_locality_may_word_what_all_share_in_its_own_way() -> None:
    assert said(changed("    theme: 一件事\n", "    theme: 一件事\n    wording: {unknown: 不知道}\n")) == []


def test_a_locality_may_ask_what_no_other_asks() -> None:
    own = "    fields: {applicant.address: {label: 地址, ask: 您的地址, kind: text}}\n"
    text = changed("    theme: 一件事\n", f"    theme: 一件事\n{own}")
    text = text.replace("applicant.phone]}", "applicant.phone, applicant.address]}")
    assert (
        said(text.replace("applicant.phone, accounts.card", "applicant.phone, applicant.address, accounts.card")) == []
    )


def test_a_misspelt_key_of_a_known_part_is_told_once() -> None:
    only(
        changed(
            "    theme: 一件事\n", "    theme: 一件事\n    site: {name: 后事}\n    messages: {receipt: {txt: 好}}\n"
        ),
        "txt",
        "localities.linshi.messages.receipt.txt: 这里没有叫“txt”的内容; 可以写：to、subject、text; 是不是想写 text",
    )
