"""The local sign-in follows OpenID Connect and lets nobody choose their own role."""

import base64
import hashlib
import re
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests

from tests.stack.processes import ROOT, Stack, free_ports

pytestmark = pytest.mark.stack

VERIFIER = secrets.token_urlsafe(48)
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
USER = "riverside-police-agency"


def asked(stack: Stack, **changes: str | None) -> dict[str, str]:
    fields: dict[str, str | None] = {
        "response_type": "code",
        "client_id": "staff-web",
        "redirect_uri": f"{stack.origin}/staff/",
        "scope": "openid profile",
        "state": "s",
        "nonce": "n",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    return {name: value for name, value in (fields | changes).items() if value is not None}


def password(stack: Stack) -> str:
    match = re.search(r"密码都是 (\w+)", (stack.state.parent / f"{stack.state.name}.log").read_text("utf-8"))
    assert match
    return match[1]


def sign_in(stack: Stack, secret: str | None = None, **changes: str | None) -> requests.Response:
    return requests.post(
        f"{stack.issuer}/authorize",
        params=asked(stack, **changes),
        data={"username": USER, "password": password(stack) if secret is None else secret},
        allow_redirects=False,
        timeout=5,
    )


def code(stack: Stack) -> str:
    return parse_qs(urlsplit(sign_in(stack).headers["Location"]).query)["code"][0]


def exchange(stack: Stack, code: str, **changes: str) -> requests.Response:
    fields = {"grant_type": "authorization_code", "code": code, "client_id": "staff-web", "code_verifier": VERIFIER}
    fields["redirect_uri"] = f"{stack.origin}/staff/"
    return requests.post(f"{stack.issuer}/token", fields | changes, timeout=5)


def claims(stack: Stack, token: str, audience: str = "staff-api") -> dict[str, Any]:
    found = requests.get(f"{stack.issuer}/.well-known/openid-configuration", timeout=5).json()
    key = jwt.PyJWKClient(found["jwks_uri"]).get_signing_key_from_jwt(token)
    decoded: dict[str, Any] = jwt.decode(
        token, key.key, ["RS256"], audience=audience, issuer=stack.issuer, options={"require": ["exp", "iat", "sub"]}
    )
    return decoded


def run_token(stack: Stack, *options: str) -> subprocess.CompletedProcess[str]:
    place = ["--port", str(stack.port), "--state", str(stack.state), "--backend", str(ROOT / "tests/stack/sample")]
    command = [sys.executable, str(ROOT / "scripts/token.py"), *options, *place]
    return subprocess.run(command, capture_output=True, text=True, timeout=30)


def test_signing_in_gives_tokens_with_the_accounts_claims(sample: Stack) -> None:
    answer = exchange(sample, code(sample)).json()
    who = {"locality": "riverside", "agency": "police", "role": "agency", "name": "公安部门办理人员"}
    assert claims(sample, answer["access_token"]).items() >= who.items()
    identity = claims(sample, answer["id_token"], "staff-web")
    assert identity["nonce"] == "n"
    assert identity["sub"] == USER


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        pytest.param({"code_challenge": None, "code_challenge_method": None}, "PKCE", id="without PKCE"),
        pytest.param({"code_challenge_method": "plain"}, "PKCE", id="with plain PKCE"),
        pytest.param({"code_challenge_method": None}, "PKCE", id="without the PKCE method"),
        pytest.param({"redirect_uri": "http://elsewhere.example/"}, "", id="to another site"),
        pytest.param({"client_id": "unknown"}, "", id="from an unknown client"),
        pytest.param({"response_type": "token"}, "", id="for a token without a code"),
    ],
)
def test_no_code_is_given(sample: Stack, changes: dict[str, str | None], error: str) -> None:
    answer = sign_in(sample, **changes)
    location = answer.headers.get("Location", "")
    assert "code=" not in location
    assert "elsewhere" not in location
    assert answer.status_code in (302, 400, 401)
    assert error in location


@pytest.mark.parametrize("origin", ["http://127.0.0.1:{port}.evil.example/", "http://127.0.0.1:{port}@evil.example/"])
def test_an_address_that_only_begins_like_ours_gets_no_code(sample: Stack, origin: str) -> None:
    answer = sign_in(sample, redirect_uri=origin.format(port=sample.port))
    assert "evil" not in answer.headers.get("Location", "")


def test_a_wrong_password_is_told_without_saying_which_part_is_wrong(sample: Stack) -> None:
    answer = sign_in(sample, secret="wrong")
    assert answer.status_code == 401
    assert "账号或密码不对" in answer.text
    assert f'value="{USER}"' in answer.text


def test_what_was_typed_is_escaped(sample: Stack) -> None:
    fields = {"username": '"><script>', "password": "x"}
    answer = requests.post(f"{sample.issuer}/authorize", fields, params=asked(sample, state="<b>"), timeout=5)
    assert "<script>" not in answer.text
    assert "<b>" not in answer.text


def test_a_code_is_good_once_even_for_whoever_gets_the_verifier_wrong(sample: Stack) -> None:
    stolen = code(sample)
    assert exchange(sample, stolen, code_verifier="x" * 50).status_code == 400
    assert exchange(sample, stolen).status_code == 400


@pytest.mark.parametrize(
    "fields",
    [
        {"grant_type": "client_credentials", "client_id": "staff-web"},
        {"grant_type": "password", "username": USER, "password": "x", "client_id": "staff-web"},
        {"grant_type": "client_credentials", "client_id": f"system-{USER}", "client_secret": "wrong"},
        {"grant_type": "client_credentials", "client_id": "system-nobody", "client_secret": "wrong"},
    ],
)
def test_no_token_is_given(sample: Stack, fields: dict[str, str]) -> None:
    answer = requests.post(f"{sample.issuer}/token", fields, timeout=5)
    assert answer.status_code in (400, 401)
    assert "access_token" not in answer.text


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--role", "agency", "--agency", "police"), {"agency": "police", "role": "agency"}),
        (("--role", "agency", "--agency", "公安部门"), {"agency": "police", "role": "agency"}),
        (("--role", "agency", "--agency", "市公积金中心"), {"agency": "housing", "role": "agency"}),
        (("--role", "certifier", "--agency", "市公安局"), {"agency": "police", "role": "certifier"}),
        (("--role", "counter"), {"agency": "hall", "role": "counter"}),
        (("--role", "supervisor"), {"agency": "hall", "role": "supervisor"}),
        (("--role", "agency", "--agency", "police", "--unit", "东街派出所"), {"unit": "东街派出所", "role": "agency"}),
    ],
)
def test_the_token_program_prints_a_token(sample: Stack, options: tuple[str, ...], expected: dict[str, str]) -> None:
    done = run_token(sample, "--locality", "riverside", *options)
    assert done.stderr == ""
    decoded = claims(sample, done.stdout.strip())
    assert decoded.items() >= (expected | {"locality": "riverside"}).items()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--locality", "riversid", "--role", "agency"), "是不是“riverside”"),
        (("--locality", "riverside", "--role", "agent", "--agency", "police"), "是不是“agency”"),
        (("--locality", "riverside", "--role", "agency", "--agency", "公安"), "公安部门"),
        (("--locality", "riverside", "--role", "agency"), "police、公安部门、市公安局"),
        (("--locality", "riverside", "--role", "certifier", "--agency", "housing"), "可以写：police"),
    ],
)
def test_the_token_program_names_what_may_be_written(sample: Stack, options: tuple[str, ...], said: str) -> None:
    done = run_token(sample, *options)
    assert done.returncode == 1
    assert done.stdout == ""
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_token_program_says_when_no_issuer_runs(sample: Stack, tmp_path: Path) -> None:
    elsewhere = Stack(free_ports(4), sample.state, sample.process)
    who = ("--locality", "riverside", "--role", "counter")
    assert "make serve" in run_token(elsewhere, *who).stderr
    assert "make serve" in run_token(Stack(sample.port, tmp_path, sample.process), *who).stderr
