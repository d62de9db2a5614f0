"""A channel has what it needs and nothing else; its secret never stands in the file."""

import pytest

from tests.scripts.matters.small import changed, only, said

POLICE = "duties: [注销], source: 二}"


def with_channel(way: str) -> str:
    return changed(POLICE, f"duties: [注销], source: 二, notify: [{way}]}}")


@pytest.mark.parametrize(
    ("way", "part", "problem"),
    [
        (
            "{channel: webhook, url: https://a.example/hook}",
            "{channel:",
            "localities.linshi.agencies.police.notify[1]: 缺少 secret_name; “webhook”要写 secret_name",
        ),
        (
            "{channel: wecom, secret_name: group}",
            "{channel:",
            "localities.linshi.agencies.police.notify[1]: 缺少 url; “wecom”要写 url",
        ),
        (
            "{channel: mail, url: https://a.example/hook}",
            "https://",
            "localities.linshi.agencies.police.notify[1].url: “mail”用不到 url; 去掉 url",
        ),
        (
            "{channel: dingtalk, url: https://a.example/send, secret_name: group, to: x@a.example}",
            "x@a",
            "localities.linshi.agencies.police.notify[1].to: “dingtalk”用不到 to; 去掉 to",
        ),
    ],
)
def test_each_channel_has_what_it_needs(way: str, part: str, problem: str) -> None:
    only(with_channel(way), part, problem)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/send?key=1",
        "https://user:password@a.example/hook",
        "https://a.example/#key",
        "ftp://a.example/hook",
        "a.example/hook",
        '"https://a.example/ hook"',
        "https://",
    ],
)
def test_an_address_holds_no_secret(url: str) -> None:
    problem = (
        f"localities.linshi.agencies.police.notify[1].url: “{url.strip(chr(34))}”的写法不对; "
        "写成 https://主机/路径 这样，不带 ? 和后面的内容：口令不写在这里"
    )
    only(with_channel(f"{{channel: webhook, secret_name: hook, url: {url}}}"), url, problem)


@pytest.mark.parametrize(
    "way",
    [
        "{channel: mail}",
        "{channel: mail, to: duty@a.example}",
        "{channel: webhook, url: https://a.example:8443/hook, secret_name: hook}, {channel: mail}",
        "{channel: wecom, url: https://a.example/cgi-bin/webhook/send, secret_name: group}",
    ],
)
def test_a_sound_channel_is_let_through(way: str) -> None:
    assert said(with_channel(way)) == []


@pytest.mark.parametrize(("hour", "sound"), [("21:00", True), ("24:00", False), ("9:00", False), ("21:60", False)])
def test_the_hours_of_rest_are_times_of_the_day(hour: str, sound: bool) -> None:
    text = changed("  messages:\n", f'  quiet_hours: {{from: "{hour}", until: "08:00"}}\n  messages:\n')
    assert (said(text) == []) is sound
