"""Webhooks: what the real sender signs, our own receiver takes, over HTTP; and nothing that somebody else sends."""

import base64
import importlib.util
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from chalicelib.adapters import signature
from chalicelib.adapters.channel_secrets import ChannelSecrets
from chalicelib.adapters.network import Reach
from chalicelib.adapters.signature import BadSecretError
from chalicelib.adapters.webhook import Webhook
from chalicelib.catalogue import Way
from chalicelib.services.ports import DeliveryError, Message
from tests.adapters.servers import Asked, http_server
from tests.architecture.imports import ROOT

OLD, NEW = (f"whsec_{base64.b64encode(bytes([one]) * 32).decode()}" for one in (1, 2))
MESSAGE = Message(
    message_id="123456789012-01.new-task.police",
    since="2026-11-23T10:00:00+08:00",
    template="new-task",
    variables={"item": "户口注销"},
    subject="新办件 1234 5678 9012：户口注销",
    text="公安机关：请查收。",
    about={"locality": "jining", "case_number": "123456789012", "task_id": "123456789012-01"},
)
NOW = 1_800_000_000
REACH = Reach(lambda: [ip_network("127.0.0.0/8")])


@dataclass
class Received:
    """The example receiver at work: the messages it handled, and what it was asked."""

    module: Any
    port: int
    handled: list[Any]
    asked: list[tuple[dict[str, str], bytes]]

    def again(self, headers: dict[str, str], body: bytes) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("POST", "/hook", body, headers)
            return connection.getresponse().status
        finally:
            connection.close()


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Any:
    spec = importlib.util.spec_from_file_location("webhook_receiver", ROOT / "docs/examples/webhook_receiver.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module.time, "time", lambda: float(NOW))
    return module


@pytest.fixture
def receiver(example: Any, tmp_path: Path) -> Iterator[Received]:
    handled: list[Any] = []
    taker = example.Receiver([NEW, OLD], str(tmp_path / "seen.sqlite"), handled.append)
    take, asked = taker.take, []

    def noted(message_id: str, moment: str, signatures: str, body: bytes) -> int:
        names = ("webhook-id", "webhook-timestamp", "webhook-signature")
        asked.append((dict(zip(names, (message_id, moment, signatures), strict=True)), body))
        return int(take(message_id, moment, signatures, body))

    taker.take = noted
    with example.server(taker, 0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield Received(example, server.server_port, handled, asked)
        server.shutdown()
        thread.join()


def send(port: int | str, secrets: Any = NEW, moment: int = NOW, message: Message = MESSAGE) -> None:
    url = port if isinstance(port, str) else f"http://127.0.0.1:{port}/hook"
    webhook = Webhook(ChannelSecrets(lambda: {"police": secrets}), REACH, lambda: moment + 0.7)
    webhook.send(Way("webhook", url=url, secret_name="police"), message)


def test_the_signature_is_that_of_the_published_example() -> None:
    body = b'{"test": 2432232314}'
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    assert signature.headers([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body) == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_our_receiver_takes_what_our_sender_sends(receiver: Received) -> None:
    send(receiver.port)
    assert receiver.handled == [
        {
            "type": "new-task",
            "timestamp": "2026-11-23T10:00:00+08:00",
            "data": {**MESSAGE.about, "subject": MESSAGE.subject, "text": MESSAGE.text},
        }
    ]


@pytest.mark.parametrize("secrets", [NEW, OLD, [NEW], [NEW, OLD], ["whsec_" + "A" * 32, OLD]])
def test_while_keys_change_either_side_may_be_first(receiver: Received, secrets: Any) -> None:
    send(receiver.port, secrets)
    assert len(receiver.handled) == 1


def test_somebody_elses_key_is_refused(receiver: Received) -> None:
    with pytest.raises(DeliveryError) as caught:
        send(receiver.port, "whsec_" + "A" * 44)
    assert str(caught.value) == "http 401"
    assert not caught.value.permanent
    assert not receiver.handled


def test_a_recorded_request_sent_again_is_refused(receiver: Received) -> None:
    send(receiver.port)
    ((headers, body),) = receiver.asked
    assert receiver.again(headers, body) == 409
    assert len(receiver.handled) == 1


def test_the_senders_own_second_try_is_taken_and_not_handled_twice(receiver: Received) -> None:
    """Its first answer was lost: a refusal would make it try for three days."""
    send(receiver.port)
    send(receiver.port, moment=NOW + 60)
    assert len(receiver.handled) == 1
    ((headers, body), _) = receiver.asked
    assert receiver.again(headers, body) == 409


def test_a_receiver_that_starts_again_remembers(example: Any, tmp_path: Path) -> None:
    handled: list[Any] = []
    given = signature.headers([NEW], "m", NOW, b"{}")
    for _ in range(2):
        fresh = example.Receiver([NEW], str(tmp_path / "seen.sqlite"), handled.append)
        fresh.take(*given.values(), b"{}")
    assert handled == [{}]


def test_what_could_not_be_handled_is_taken_again(example: Any, tmp_path: Path) -> None:
    handled: list[Any] = []

    def handle(value: Any) -> None:
        if not handled:
            handled.append("failed")
            raise LookupError
        handled.append(value)

    taker = example.Receiver([NEW], str(tmp_path / "seen.sqlite"), handle)
    with pytest.raises(LookupError):
        taker.take(*signature.headers([NEW], "m", NOW, b"{}").values(), b"{}")
    assert taker.take(*signature.headers([NEW], "m", NOW + 30, b"{}").values(), b"{}") == 204
    assert handled == ["failed", {}]


@pytest.mark.parametrize("off", [-3600, -301, 301, 86400])
def test_an_old_moment_or_one_to_come_is_refused_though_signed(receiver: Received, off: int) -> None:
    with pytest.raises(DeliveryError) as caught:
        send(receiver.port, moment=NOW + off)
    assert str(caught.value) == "http 400"
    assert not receiver.handled


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("webhook-id", "another"),
        ("webhook-id", ""),
        ("webhook-timestamp", str(NOW + 1)),
        ("webhook-timestamp", ""),
        ("webhook-timestamp", "soon"),
        ("webhook-timestamp", "1.8e9"),
        ("webhook-signature", ""),
        ("webhook-signature", "v1,"),
        ("webhook-signature", "v1,AAAA"),
        ("webhook-signature", "v2,AAAA v1a,AAAA , "),
    ],
)
def test_a_request_with_anything_changed_is_refused(receiver: Received, name: str, value: str) -> None:
    headers = {**signature.headers([NEW], "m", NOW, b"{}"), name: value}
    assert receiver.again(headers, b"{}") == 401
    assert not receiver.handled


def test_a_changed_body_is_refused(receiver: Received) -> None:
    assert receiver.again(dict(signature.headers([NEW], "m", NOW, b"{}")), b"[]") == 401


def test_a_body_of_a_megabyte_is_not_read(receiver: Received) -> None:
    assert receiver.again({"Content-Length": "1000000", **signature.headers([NEW], "m", NOW, b"")}, b"") == 413


def test_the_body_stays_the_same_however_often_it_is_sent() -> None:
    with http_server(lambda _: (500, b"", {})) as server:
        for moment in (NOW, NOW + 3600):
            with pytest.raises(DeliveryError):
                send(server.address, moment=moment)
    first, again = server.asked
    assert first.body == again.body
    assert first.headers["webhook-id"] == again.headers["webhook-id"] == MESSAGE.message_id
    assert first.headers["webhook-signature"] != again.headers["webhook-signature"]
    assert "户口注销" in json.loads(first.body)["data"]["subject"]


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        *((status, True) for status in (400, 410, 413, 415, 422)),
        *((status, False) for status in (301, 302, 307, 401, 403, 404, 408, 409, 418, 429, 500, 502, 503)),
    ],
)
def test_what_the_receiver_will_never_take_is_told_from_its_troubles(status: int, permanent: bool) -> None:
    said = b"1101011990"
    with http_server(lambda _: (status, said, {"Location": "/else"})) as server, pytest.raises(DeliveryError) as caught:
        send(server.address)
    assert caught.value.permanent is permanent
    assert str(caught.value) == f"http {status}"
    assert len(server.asked) == 1, "no redirect is followed"


@pytest.mark.parametrize(("said", "seconds"), [("7", 7), ("x", 0), ("99999999", 99999999)])
def test_a_receiver_that_asks_for_patience_is_heard(said: str, seconds: int) -> None:
    with (
        http_server(lambda _: (429, b"", {"Retry-After": said})) as server,
        pytest.raises(DeliveryError) as caught,
    ):
        send(server.address)
    assert caught.value.retry_after == seconds


def test_a_redirect_into_our_network_leads_nowhere() -> None:
    with http_server(lambda _: (200, b"", {})) as inside:

        def answer(_: Asked) -> tuple[int, bytes, dict[str, str]]:
            return 307, b"", {"Location": inside.address}

        with http_server(answer) as server, pytest.raises(DeliveryError):
            send(server.address)
    assert not inside.asked


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:1/", "https://127.0.0.1:1/", "https://10.0.0.1/", "https://169.254.169.254/latest/meta-data"],
)
def test_an_address_inside_is_refused_for_good(url: str) -> None:
    webhook = Webhook(ChannelSecrets(lambda: {"police": NEW}), Reach(tuple))
    with pytest.raises(DeliveryError) as caught:
        webhook.send(Way("webhook", url=url, secret_name="police"), MESSAGE)
    assert (str(caught.value), caught.value.permanent) == ("address refused", True)


@pytest.mark.parametrize(
    "secrets", [None, "", [], "whsec_", "whsec_AAAA", "A" * 44, "whsec_?" * 9, {"key": "x"}, [5], 5]
)
def test_without_a_sound_secret_nothing_is_sent(secrets: Any) -> None:
    with http_server(lambda _: (200, b"", {})) as server, pytest.raises(DeliveryError) as caught:
        send(server.address, secrets)
    assert (str(caught.value), caught.value.permanent) == ("no usable secret", False), "it may be set meanwhile"
    assert not server.asked


def test_a_message_id_cannot_break_out_of_its_header() -> None:
    hostile = replace(MESSAGE, message_id="a\r\nX-More: 1")
    with http_server(lambda _: (200, b"", {})) as server, pytest.raises(DeliveryError):
        send(server.address, message=hostile)
    assert not server.asked


def test_no_secrets_at_all_are_a_bad_secret() -> None:
    with pytest.raises(BadSecretError):
        signature.headers([], "m", NOW, b"")
