"""The group robots of WeCom and DingTalk, as their makers document them."""

import base64
import hashlib
import hmac
import json
from ipaddress import ip_network
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.adapters.channel_secrets import ChannelSecrets
from chalicelib.adapters.network import Reach
from chalicelib.adapters.robots import Robot
from chalicelib.catalogue import Way
from chalicelib.services.ports import DeliveryError
from tests.adapters.servers import http_server
from tests.adapters.test_webhook import MESSAGE

OK = b'{"errcode":0,"errmsg":"ok"}'
SECRETS = {
    "wecom": {"key": "693a91f6-7xxx"},
    "dingtalk": {"access_token": "t&=ken", "sign": "SECthis is secret"},
}


def send(channel: str, address: str, secrets: Any = SECRETS) -> None:
    reach = Reach(lambda: [ip_network("127.0.0.0/8")])
    robot = Robot(ChannelSecrets(lambda: secrets), reach, lambda: 1_700_000_000.25)
    way = Way(channel, url=f"{address}/send", secret_name=channel)
    {"wecom": robot.wecom, "dingtalk": robot.dingtalk}[channel](way, MESSAGE)


@pytest.mark.parametrize("channel", ["wecom", "dingtalk"])
def test_the_group_reads_subject_and_text(channel: str) -> None:
    with http_server(lambda _: (200, OK, {})) as server:
        send(channel, server.address)
    (asked,) = server.asked
    assert json.loads(asked.body) == {
        "msgtype": "text",
        "text": {"content": f"{MESSAGE.subject}\n{MESSAGE.text}"},
    }
    assert asked.headers["content-type"].startswith("application/json")


def test_wecom_gets_the_key_in_the_address() -> None:
    with http_server(lambda _: (200, OK, {})) as server:
        send("wecom", server.address)
    assert server.asked[0].path == "/send?key=693a91f6-7xxx"


def test_dingtalk_gets_token_moment_and_signature_in_the_address() -> None:
    with http_server(lambda _: (200, OK, {})) as server:
        send("dingtalk", server.address)
    query = {name: one for name, (one,) in parse_qs(urlsplit(server.asked[0].path).query).items()}
    assert query["access_token"] == "t&=ken"
    assert query["timestamp"] == "1700000000250", "milliseconds"
    secret = SECRETS["dingtalk"]["sign"]
    mac = hmac.new(secret.encode(), f"{query['timestamp']}\n{secret}".encode(), hashlib.sha256).digest()
    assert base64.b64decode(query["sign"]) == mac


@pytest.mark.parametrize("channel", ["wecom", "dingtalk"])
@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b'{"errcode":45009,"errmsg":"api freq out of limit"}', "errcode 45009"),
        (b'{"errcode":310000,"errmsg":"sign not match"}', "errcode 310000"),
        (b'{"errcode":"0"}', "errcode None"),
        (b"{}", "errcode None"),
        (b"[]", "errcode None"),
        (b"<html>", "errcode None"),
        (b"", "errcode None"),
        (b"[" * 4000, "errcode None"),
        (b"x" * 5000, "too large"),
    ],
)
def test_an_answer_of_200_may_be_a_failure(channel: str, body: bytes, why: str) -> None:
    with http_server(lambda _: (200, body, {})) as server, pytest.raises(DeliveryError) as caught:
        send(channel, server.address)
    assert (str(caught.value), caught.value.permanent) == (why, False)


@pytest.mark.parametrize("channel", ["wecom", "dingtalk"])
@pytest.mark.parametrize("secrets", [{}, {"wecom": "text", "dingtalk": []}, {"dingtalk": {"access_token": "only"}}])
def test_without_its_secrets_nothing_is_sent(channel: str, secrets: Any) -> None:
    with http_server(lambda _: (200, OK, {})) as server, pytest.raises(DeliveryError, match="no usable secret"):
        send(channel, server.address, secrets)
    assert not server.asked


@pytest.mark.parametrize("channel", ["wecom", "dingtalk"])
def test_no_secret_stands_in_an_error(channel: str) -> None:
    with http_server(lambda _: (403, b"", {})) as server, pytest.raises(DeliveryError) as caught:
        send(channel, server.address)
    said = repr(caught.value) + repr(caught.value.__cause__)
    assert not [one for one in ("693a", "t&=ken", "t%26", "SEC") if one in said]
