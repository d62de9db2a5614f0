"""One port in front of every channel: each way leads to the adapter that its channel names."""

import json
from ipaddress import ip_network
from typing import Any

import pytest

from chalicelib.adapters.carrier import Channels
from chalicelib.adapters.channel_secrets import ChannelSecrets
from chalicelib.adapters.network import Reach
from chalicelib.adapters.smtp import SmtpMailer
from chalicelib.catalogue import Way
from chalicelib.services.ports import DeliveryError
from scripts.matters.shape import NOTIFY
from tests.adapters.servers import http_server
from tests.adapters.test_smtp import server  # noqa: F401 - a fixture
from tests.adapters.test_webhook import MESSAGE, NEW

SECRETS = {"hook": NEW, "robot": {"key": "k", "access_token": "t", "sign": "s"}}


def channels(port: int = 1, allowed: str = "127.0.0.0/8") -> Channels:
    mailer = SmtpMailer(lambda: "127.0.0.1", lambda: port, lambda: "service@local.example")
    return Channels(mailer, ChannelSecrets(lambda: SECRETS), Reach(lambda: [ip_network(allowed)]))


@pytest.mark.parametrize(
    ("channel", "secret", "mark"),
    [
        ("webhook", "hook", "data"),
        ("wecom", "robot", "msgtype"),
        ("dingtalk", "robot", "msgtype"),
        ("text", "", "variables"),
    ],
)
def test_each_channel_has_its_own_form(channel: str, secret: str, mark: str) -> None:
    with http_server(lambda _: (200, b'{"errcode":0}', {})) as there:
        channels().send(Way(channel, "13900000001", there.address, secret), MESSAGE)
    (asked,) = there.asked
    assert mark in json.loads(asked.body)


def test_a_mail_goes_by_smtp(server: Any) -> None:  # noqa: F811
    channels(server.port).send(Way("mail", "police@jining.example"), MESSAGE)
    assert server.to == ["police@jining.example"]
    assert server.mails[0]["Subject"] == MESSAGE.subject


def test_every_channel_that_the_catalogue_may_name_is_there() -> None:
    known = channels()
    for channel in NOTIFY.keys["channel"].shape.words:  # type: ignore[attr-defined]
        with pytest.raises(DeliveryError) as caught:
            known.send(Way(channel, "a@b.example", "https://127.0.0.1:1/"), MESSAGE)
        assert str(caught.value) != "unknown channel"


def test_a_channel_of_another_version_of_the_catalogue_is_refused_for_good() -> None:
    with pytest.raises(DeliveryError) as caught:
        channels().send(Way("pigeon"), MESSAGE)
    assert caught.value.permanent


def test_addresses_of_the_catalogue_are_bounded_and_the_deployments_own_are_not() -> None:
    with http_server(lambda _: (200, b'{"errcode":0}', {})) as there:
        bounded = channels(allowed="10.0.0.0/8")
        for channel, secret in (("webhook", "hook"), ("wecom", "robot"), ("dingtalk", "robot")):
            with pytest.raises(DeliveryError, match="address refused"):
                bounded.send(Way(channel, "", there.address, secret), MESSAGE)
        assert not there.asked
        bounded.send(Way("text", "13900000001", there.address), MESSAGE)
    assert len(there.asked) == 1
