"""How static pages sign people in: where to go, the code for a token, and who that is."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.adapters.servers import Asked, HttpServer, http_server
from tests.api.gateway import Api
from tests.issuer import ISSUER, token

ORIGIN = "https://service.example"
GIVEN = {"access_token": "a.b.c", "token_type": "Bearer", "expires_in": 600, "refresh_token": "never"}
SOUND = {"code": "abc", "code_verifier": "v" * 43, "redirect_uri": f"{ORIGIN}/jining/staff/agency/"}


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[HttpServer]:
    """Gives a token for the code `abc`."""

    def answer(asked: Asked) -> tuple[int, bytes, dict[str, str]]:
        good = b"code=abc&" in asked.body
        return (200 if good else 400), json.dumps(GIVEN if good else {"error": "invalid_grant"}).encode(), {}

    with http_server(answer) as server:
        monkeypatch.setenv("OIDC_TOKEN_URL", f"{server.address}/token")
        yield server


def test_a_page_learns_where_people_sign_in(api: Api) -> None:
    answer = api.get("sign-in")
    assert answer.status == 200
    assert answer.json == {
        "authorize": f"{ISSUER}/authorize",
        "client_id": "staff-web",
        "scope": "openid profile",
        "origin": ORIGIN,
    }


def test_a_code_becomes_a_token_and_nothing_else_is_passed_on(api: Api, provider: HttpServer) -> None:
    answer = api.post("token", {**SOUND, "client_id": "staff-web"})
    assert answer.status == 200
    assert answer.json == {"access_token": "a.b.c", "expires_in": 600, "token_type": "Bearer"}
    assert len(provider.asked) == 1


def test_a_code_that_the_provider_refuses_is_told(api: Api, provider: HttpServer) -> None:
    answer = api.post("token", {**SOUND, "code": "stolen"})
    assert (answer.status, answer.problems) == (422, [("code", "sign_in_failed")])
    assert "invalid_grant" not in answer.body


def test_a_provider_that_is_away_is_told_as_busy(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OIDC_TOKEN_URL", "http://127.0.0.1:1/token")
    answer = api.post("token", SOUND)
    assert (answer.status, answer.problems) == (503, [("", "unavailable")])


ELSEWHERE = [
    "https://evil.example/jining/staff/agency/",
    f"{ORIGIN}.evil.example/",
    f"{ORIGIN}@evil.example/",
    f"https://evil.example@{ORIGIN.removeprefix('https://')}/",
    f"{ORIGIN}:8443/",
    "http://service.example/",
    "//service.example/",
    "/jining/staff/",
    f"{ORIGIN}\\@evil.example/",
    f"{ORIGIN}",
    "https://[",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_code_of_another_origins_page_is_not_forwarded(api: Api, provider: HttpServer, address: str) -> None:
    answer = api.post("token", {**SOUND, "redirect_uri": address})
    assert (answer.status, answer.problems) == (422, [("redirect_uri", "sign_in_failed")])
    assert provider.asked == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": None}, "code"),
        ({"code": "x" * 2001}, "code"),
        ({"code": "a\nb"}, "code"),
        ({"code": ["abc"]}, "code"),
        ({"code_verifier": "v" * 42}, "code_verifier"),
        ({"code_verifier": "v" * 129}, "code_verifier"),
        ({"code_verifier": "é" * 50}, "code_verifier"),
        ({"code_verifier": None}, "code_verifier"),
        ({"redirect_uri": None}, "redirect_uri"),
        ({"redirect_uri": f"{ORIGIN}/" + "x" * 2000}, "redirect_uri"),
        ({"client_id": "another"}, "client_id"),
        ({"client_id": None}, "client_id"),
    ],
)
def test_what_is_no_sign_in_is_not_forwarded(
    api: Api, provider: HttpServer, changes: dict[str, Any], field: str
) -> None:
    answer = api.post("token", {**SOUND, **changes})
    assert (answer.status, answer.problems) == (422, [(field, "sign_in_failed")])
    assert provider.asked == []


@pytest.mark.parametrize(("body", "status"), [(b"", 400), (b"[]", 400), (b"{", 400), (b"x" * 1_000_001, 413)])
def test_an_unreadable_body_is_refused(api: Api, provider: HttpServer, body: bytes, status: int) -> None:
    assert api.ask("POST", "token", body, "application/json").status == status
    assert api.ask("POST", "token", b"code=abc", "application/x-www-form-urlencoded").status == 415


def test_no_code_or_token_is_logged(
    api: Api, provider: HttpServer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    api.post("token", {**SOUND, "code": "secret-code"})
    api.post("token", SOUND)
    logged = caplog.text + "".join(capfd.readouterr())
    assert "secret-code" not in logged
    assert "a.b.c" not in logged


def test_the_page_learns_who_signed_in(api: Api) -> None:
    assert api.get("me", token(unit="东街派出所")).json == {
        "locality": "jining",
        "role": "agency",
        "agency": "police",
        "agency_name": "公安机关",
        "unit": "东街派出所",
    }


@pytest.mark.parametrize("changes", [{"agency": "no-such"}, {"locality": "nowhere"}])
def test_an_agency_that_the_catalogue_does_not_know_has_no_name(api: Api, changes: dict[str, str]) -> None:
    assert api.get("me", token(**changes)).json["agency_name"] == ""


@pytest.mark.parametrize(("given", "code"), [(None, "no_token"), ("forged", "bad_token")])
def test_nobody_is_nobody(api: Api, given: str | None, code: str) -> None:
    answer = api.get("me", given)
    assert (answer.status, answer.problems) == (401, [("", code)])


@pytest.mark.parametrize(("method", "path"), [("POST", "sign-in"), ("GET", "token"), ("DELETE", "me")])
def test_other_methods_are_refused(api: Api, method: str, path: str) -> None:
    assert api.ask(method, path).status == 405
