"""A sentence uses only what will be filled in."""

import pytest

from tests.scripts.matters.small import changed, only


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "{case_number}",
            "{number}",
            '"受理编号 {number}"',
            (
                "shared.messages.receipt.text: 这一句里没有可以填进 “{number}” 的内容; 可以写："
                "{address}、{case_number}、{count}、{phone}、{theme}; 是不是想写 {case_number}"
            ),
        ),
        (
            "最多 {limit} 个",
            "最多 {limits} 个",
            '"{label}太长',
            (
                "shared.problems.too_long: 这一句里没有可以填进 “{limits}” 的内容; 可以写：{label}、"
                "{limit}; 是不是想写 {limit}"
            ),
        ),
        (
            "请填写{label}",
            "请填写{label:d}",
            "请填写",
            ("shared.problems.required: 这一句里没有可以填进 “{label:d}” 的内容; 可以写：{label}; 是不是想写 {label}"),
        ),
        (
            "请填写{label}",
            "请填写{}",
            "请填写",
            "shared.problems.required: 这一句里没有可以填进 “{}” 的内容; 可以写：{label}",
        ),
        (
            "请填写{label}",
            "请填写{label.__class__}",
            "请填写",
            "shared.problems.required: 这一句里没有可以填进 “{label.__class__}” 的内容; 可以写：{label}",
        ),
        (
            "请填写{label}",
            "请填写{label",
            "请填写",
            "shared.problems.required: 花括号没有配对; 写成 {label} 这样",
        ),
        (
            "等待{certificates}",
            "等待{certificate}",
            "等待{",
            (
                "shared.wording.waits_for: 这一句里没有可以填进 “{certificate}” 的内容; 可以写："
                "{certificates}; 是不是想写 {certificates}"
            ),
        ),
    ],
)
def test_what_nothing_fills_is_refused(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)
