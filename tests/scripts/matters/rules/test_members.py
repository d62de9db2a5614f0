"""Every item belongs to a matter."""

import pytest

from tests.scripts.matters.small import changed, only


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "        items: [licence]\n",
            "        items: [cremation]\n",
            "licence:\n        agency",
            (
                "localities.linshi.items.licence: 这个业务办理项不属于任何事项，谁也申请不到; "
                "在一个事项的 items 里写上 licence"
            ),
        ),
    ],
)
def test_an_item_that_nobody_can_apply_for_is_refused(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)
