"""A code is traded for a token by one bounded call; whatever else the provider says goes no further."""

import json
from typing import Any
from urllib.parse import parse_qs

import pytest

from chalicelib.adapters.sign_in import CodeExchange
from chalicelib.services.sign_in import Token
from chalicelib.services.store import UnavailableError
from tests.adapters.servers import Asked, http_server

SOUND = {"access_token": "a.b.c", "token_type": "bearer", "expires_in": 600, "id_token": "x", "refresh_token": "y"}


def exchange(address: str) -> Token | None:
    return CodeExchange(lambda: address, lambda: "staff-web")("code", "v" * 43, "https://service.example/staff/")


def answering(status: int, body: Any) -> Token | None:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    with http_server(lambda _: (status, content, {})) as server:
        return exchange(server.address)


def test_the_provider_is_asked_as_a_public_client_with_the_verifier() -> None:
    def answer(_: Asked) -> tuple[int, bytes, dict[str, str]]:
        return 200, json.dumps(SOUND).encode(), {}

    with http_server(answer) as server:
        assert exchange(f"{server.address}/token?tenant=1") == Token("a.b.c", 600)
    (asked,) = server.asked
    assert (asked.method, asked.path) == ("POST", "/token?tenant=1")
    assert parse_qs(asked.body.decode()) == {
        "grant_type": ["authorization_code"],
        "code": ["code"],
        "redirect_uri": ["https://service.example/staff/"],
        "client_id": ["staff-web"],
        "code_verifier": ["v" * 43],
    }
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_code_that_is_not_good_gives_nothing(status: int) -> None:
    assert answering(status, {"error": "invalid_grant"}) is None


@pytest.mark.parametrize("status", [204, 302, 404, 429, 500, 503])
def test_a_provider_in_trouble_is_told_apart(status: int) -> None:
    with pytest.raises(UnavailableError):
        answering(status, b"" if status == 204 else SOUND)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"[" * 50_000,
        b'{"access_token":"' + b"x" * 100_000 + b'"}',
        [],
        {},
        {**SOUND, "access_token": ""},
        {**SOUND, "access_token": 1},
        {**SOUND, "access_token": "x" * 9000},
        {**SOUND, "access_token": "a b\n"},
        {**SOUND, "access_token": "令牌"},
        {**SOUND, "token_type": "mac"},
        {**SOUND, "token_type": None},
    ],
)
def test_an_answer_without_a_bearer_token_is_no_answer(body: Any) -> None:
    with pytest.raises(UnavailableError):
        answering(200, body)


@pytest.mark.parametrize("seconds", [None, 0, -1, True, "600", 1.5])
def test_an_odd_lifetime_is_none(seconds: Any) -> None:
    token = answering(200, {**SOUND, "expires_in": seconds})
    assert token is not None
    assert token.expires_in is None


def test_nobody_there_is_told_apart() -> None:
    with pytest.raises(UnavailableError):
        exchange("http://127.0.0.1:1/")
