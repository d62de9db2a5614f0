import json

import pytest

from chalicelib.adapters.text import HttpTexter
from chalicelib.services.ports import DeliveryError
from tests.adapters.servers import Asked, http_server

VARIABLES = {"case_number": "1234 5678 9012"}


def send(address: str) -> None:
    HttpTexter().send(address, "13900000001", "receipt", VARIABLES, "【一件事】已收到", "123.receipt")


def test_a_message_is_posted_with_its_template_and_an_id_that_stays_the_same() -> None:
    with http_server(lambda _: (202, b"{}", {})) as server:
        send(f"{server.address}/texts?key=1")
        send(f"{server.address}/texts?key=1")
    first, again = server.asked
    assert (first.method, first.path) == ("POST", "/texts?key=1")
    assert json.loads(first.body) == {
        "to": "13900000001",
        "template": "receipt",
        "variables": VARIABLES,
        "text": "【一件事】已收到",
    }
    assert first.headers["content-type"].startswith("application/json")
    assert first.headers["idempotency-key"] == again.headers["idempotency-key"] == "123.receipt"


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        *((status, True) for status in (400, 413, 422)),
        *((status, False) for status in (301, 401, 404, 408, 409, 429, 500, 503)),
    ],
)
def test_a_message_that_was_refused_is_told_from_a_provider_in_trouble(status: int, permanent: bool) -> None:
    with http_server(lambda _: (status, b"13900000001", {})) as server, pytest.raises(DeliveryError) as caught:
        send(server.address)
    assert caught.value.permanent is permanent
    assert "139" not in str(caught.value)


def test_a_redirect_is_not_followed() -> None:
    def answer(asked: Asked) -> tuple[int, bytes, dict[str, str]]:
        return 302, b"", {"Location": f"{server.address}/elsewhere"}

    with http_server(answer) as server, pytest.raises(DeliveryError):
        send(server.address)
    assert len(server.asked) == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "ftp://127.0.0.1/", "file:///etc/passwd", "no"])
def test_a_provider_that_cannot_be_reached_is_tried_again(address: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        send(address)
    assert not caught.value.permanent


def test_what_the_provider_says_besides_is_not_read() -> None:
    with http_server(lambda _: (200, b"x" * 1_000_000, {"Content-Length": "999999999"})) as server:
        send(server.address)
        send(server.address)
    assert len(server.asked) == 2


def test_a_provider_that_asks_for_patience_is_heard() -> None:
    with http_server(lambda _: (429, b"", {"Retry-After": "120"})) as server, pytest.raises(DeliveryError) as caught:
        send(server.address)
    assert caught.value.retry_after == 120
