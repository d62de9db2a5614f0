"""An item that one channel does not offer says why, and no other does."""

import pytest

from tests.scripts.matters.small import changed, only


@pytest.mark.parametrize(
    ("old", "new", "part", "problem"),
    [
        (
            "        counter_reason: 只在窗口办\n",
            "",
            "[counter]\n",
            (
                "localities.linshi.items.cremation.channels: 不是网上、窗口都能办，却没有写原因; "
                "写上 counter_reason，申请人会看到"
            ),
        ),
        (
            "channels: [counter]",
            "channels: [counter, online]",
            "只在窗口办",
            (
                "localities.linshi.items.cremation.counter_reason: 网上和窗口都能办，"
                "却写了只能在窗口办的原因; 去掉它，或者写上 channels: [counter]"
            ),
        ),
        (
            "        channels: [counter]\n",
            "",
            "只在窗口办",
            (
                "localities.linshi.items.cremation.counter_reason: 网上和窗口都能办，"
                "却写了只能在窗口办的原因; 去掉它，或者写上 channels: [counter]"
            ),
        ),
    ],
)
def test_channels_and_their_reason_go_together(old: str, new: str, part: str, problem: str) -> None:
    only(changed(old, new), part, problem)
