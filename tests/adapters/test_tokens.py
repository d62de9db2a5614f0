import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from chalicelib.adapters.jwks import KeySet
from chalicelib.adapters.tokens import Provider, TokenVerifier
from chalicelib.services.claims import Claims, Role
from chalicelib.services.refused import Refused
from chalicelib.services.store import UnavailableError
from tests.adapters.servers import HttpServer, http_server
from tests.issuer import AUDIENCE, EC, ED, ISSUER, OTHER_RSA, RSA, Issuer, claims, public, token, with_header
from tests.stack.processes import free_ports


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def server(issuer: Issuer) -> Iterator[HttpServer]:
    with http_server(lambda _: (200, issuer.document(), {})) as server:
        yield server


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def verify(server: HttpServer, clock: Clock) -> TokenVerifier:
    return verifier(server.address, clock)


def verifier(address: str, clock: Callable[[], float] = time.monotonic, prefix: str = "") -> TokenVerifier:
    return TokenVerifier(lambda: Provider(ISSUER, AUDIENCE, prefix), KeySet(lambda: address, clock))


def segment(value: object) -> str:
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def unsigned(header: object, payload: object, signature: bytes = b"") -> str:
    return ".".join([segment(header), segment(payload), segment(signature)])


def hmac_with_the_public_key() -> str:
    pem = RSA.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    head = f"{segment({'alg': 'HS256', 'typ': 'JWT', 'kid': 'rsa'})}.{segment(claims())}"
    return f"{head}.{segment(hmac.digest(pem, head.encode(), hashlib.sha256))}"


def changed_payload() -> str:
    head, _, signature = token().split(".")
    return ".".join([head, segment(claims(agency="health")), signature])


@pytest.mark.parametrize(("key", "algorithm", "kid"), [(RSA, "RS256", "rsa"), (EC, "ES256", "ec"), (ED, "EdDSA", "ed")])
def test_a_sound_token_tells_who_calls(verify: TokenVerifier, key: Any, algorithm: str, kid: str) -> None:
    sound = token(key, algorithm, kid, unit="east-station", name="王小明")
    assert verify(sound) == Claims("clerk", Role.AGENCY, "jining", "police", "east-station")


def test_an_access_token_needs_no_time_before_which_it_is_no_good(verify: TokenVerifier) -> None:
    assert verify(token(nbf=None)).agency == "police"


def test_our_claims_may_have_a_prefix(server: HttpServer) -> None:
    prefixed = {f"custom:{name}": claims()[name] for name in ("role", "locality", "agency")}
    verify = verifier(server.address, prefix="custom:")
    assert verify(token(role="auditor", locality="x", agency=None, **prefixed)).agency == "police"
    with pytest.raises(Refused):
        verify(token())


def test_one_of_several_audiences_is_enough(verify: TokenVerifier) -> None:
    assert verify(token(aud=["account", AUDIENCE])).agency == "police"


def test_clocks_may_differ_a_little(verify: TokenVerifier) -> None:
    now = int(time.time())
    assert verify(token(iat=now + 20, nbf=now + 20)).agency == "police"
    assert verify(token(exp=now - 20)).agency == "police"


NOW = int(time.time())
TAMPERED: dict[str, Callable[[], str]] = {
    "nothing": lambda: "",
    "no token at all": lambda: "abc",
    "two parts": lambda: ".".join(token().split(".")[:2]),
    "five parts": lambda: "a.b.c.d.e",
    "alg none": lambda: unsigned({"alg": "none", "typ": "JWT", "kid": "rsa"}, claims()),
    "alg None": lambda: unsigned({"alg": "None", "kid": "rsa"}, claims()),
    "alg null": lambda: unsigned({"alg": None, "kid": "rsa"}, claims()),
    "alg a list": lambda: unsigned({"alg": ["RS256"], "kid": "rsa"}, claims()),
    "no alg": lambda: unsigned({"kid": "rsa"}, claims()),
    "HMAC with the public key": hmac_with_the_public_key,
    "PS256, which we do not take": lambda: token(RSA, "PS256"),
    "RS512, which we do not take": lambda: token(RSA, "RS512"),
    "the key of another algorithm": lambda: token(ED, "EdDSA", "ec"),
    "an RSA token that names the EC key": lambda: token(RSA, "RS256", "ec"),
    "signed by somebody else": lambda: token(OTHER_RSA),
    "signature cut off": lambda: token().rpartition(".")[0] + ".",
    "signature changed": lambda: token()[:-6] + ("AAAAAA" if token()[-6:] != "AAAAAA" else "BBBBBB"),
    "payload changed": changed_payload,
    "header changed": lambda: segment({"alg": "RS256", "kid": "rsa", "x": 1}) + "." + token().partition(".")[2],
    "payload is a list": lambda: jwt.api_jws.encode(b"[1]", RSA, "RS256", headers={"kid": "rsa"}),
    "payload is no JSON": lambda: jwt.api_jws.encode(b"{", RSA, "RS256", headers={"kid": "rsa"}),
    "payload deep": lambda: jwt.api_jws.encode(b"[" * 5000, RSA, "RS256", headers={"kid": "rsa"}),
    "no kid": lambda: token(kid=None),
    "unknown kid": lambda: token(kid="else"),
    "kid a path": lambda: token(kid="../../../dev/null"),
    "kid a list": lambda: unsigned({"alg": "RS256", "kid": ["rsa"]}, claims(), b"x"),
    "crit": lambda: with_header({"crit": ["exp"]}),
    "unencoded payload": lambda: with_header({"b64": False, "crit": ["b64"]}),
    "another issuer": lambda: token(iss="https://else.example"),
    "the issuer with a slash": lambda: token(iss=ISSUER + "/"),
    "issuer a list": lambda: unsigned({"alg": "RS256", "kid": "rsa"}, claims(iss=[ISSUER]), b"x"),
    "no issuer": lambda: token(iss=None),
    "another audience": lambda: token(aud="else"),
    "audience a number": lambda: token(aud=7),
    "no audience": lambda: token(aud=None),
    "expired": lambda: token(exp=NOW - 3600),
    "no expiry": lambda: token(exp=None),
    "expiry a text": lambda: token(exp="never"),
    "expiry beyond numbers": lambda: token(exp=1e400),
    "not yet": lambda: token(nbf=NOW + 3600),
    "issued tomorrow": lambda: token(iat=NOW + 86400),
    "no time of issue": lambda: token(iat=None),
    "no subject": lambda: token(sub=None),
    "subject a number": lambda: jwt.api_jws.encode(
        json.dumps(claims(sub=7)).encode(), RSA, "RS256", headers={"kid": "rsa"}
    ),
    "no role": lambda: token(role=None),
    "unknown role": lambda: token(role="root"),
    "role a list": lambda: token(role=["agency"]),
    "role an object": lambda: token(role={"agency": True}),
    "locality a list": lambda: token(locality=["jining", "guyang"]),
    "locality empty": lambda: token(locality=""),
    "no locality": lambda: token(locality=None),
    "agency a number": lambda: token(agency=1),
    "agency true": lambda: token(agency=True),
    "no agency": lambda: token(agency=None),
    "agency endless": lambda: token(agency="a" * 1000),
    "unit a list": lambda: token(unit=["east"]),
    "too long": lambda: token(more="x" * 10_000),
    "not ASCII": lambda: token() + "é",
    "a line break": lambda: token() + "\n",
}


@pytest.mark.parametrize("tampered", TAMPERED.values(), ids=TAMPERED)
def test_any_other_token_is_refused(verify: TokenVerifier, tampered: Callable[[], str]) -> None:
    with pytest.raises(Refused) as caught:
        verify(tampered())
    assert (caught.value.status, [problem.code for problem in caught.value.problems]) == (401, ["bad_token"])


@pytest.mark.parametrize("header", ["jku", "x5u"])
def test_an_address_in_a_header_is_not_followed(verify: TokenVerifier, header: str) -> None:
    own = Issuer({"own": public(OTHER_RSA)})
    with http_server(lambda _: (200, own.document(), {})) as elsewhere:
        forged = jwt.encode(claims(), OTHER_RSA, "RS256", headers={"kid": "own", header: elsewhere.address})
        with pytest.raises(Refused):
            verify(forged)
    assert not elsewhere.asked


def test_a_key_in_a_header_is_not_used(verify: TokenVerifier) -> None:
    own = {**public(OTHER_RSA), "kid": "own"}
    with pytest.raises(Refused):
        verify(jwt.encode(claims(), OTHER_RSA, "RS256", headers={"kid": "own", "jwk": own}))


UNFIT: dict[str, dict[str, Any]] = {
    "a secret": {"kty": "oct", "k": segment(b"s" * 32)},
    "a secret that calls itself RS256": {"kty": "oct", "k": segment(b"s" * 32), "alg": "RS256"},
    "a key for encryption": {**public(RSA), "use": "enc"},
    "an RSA key of 1024 bits": public(rsa.generate_private_key(65537, 1024)),
    "a curve we do not take": {"kty": "EC", "crv": "P-384", "x": "AA", "y": "AA"},
    "nonsense": {"kty": "RSA", "n": "!", "e": 7},
}


@pytest.mark.parametrize("unfit", UNFIT.values(), ids=UNFIT)
def test_an_unfit_key_of_the_provider_is_passed_over(issuer: Issuer, verify: TokenVerifier, unfit: Any) -> None:
    issuer.keys = {"bad": unfit, "rsa": issuer.keys["rsa"]}
    assert verify(token()).agency == "police"
    for forged in (token(b"s" * 32, "HS256", "bad"), token(RSA, "RS256", "bad")):
        with pytest.raises(Refused):
            verify(forged)


@pytest.mark.parametrize("unfit", UNFIT.values(), ids=UNFIT)
def test_an_unfit_key_is_not_even_kept(issuer: Issuer, server: HttpServer, unfit: Any) -> None:
    issuer.keys = {"bad": unfit, "rsa": issuer.keys["rsa"]}
    keys = KeySet(lambda: server.address)
    assert keys.find("rsa") is not None
    assert keys.find("bad") is None


def test_keys_are_fetched_once_for_many_tokens(verify: TokenVerifier, server: HttpServer) -> None:
    for _ in range(5):
        verify(token())
    assert len(server.asked) == 1


def test_a_new_key_is_found_but_strangers_cannot_make_us_ask_often(
    issuer: Issuer, verify: TokenVerifier, server: HttpServer, clock: Clock
) -> None:
    verify(token())
    issuer.keys = {"new": public(OTHER_RSA)}
    for n in range(20):
        with pytest.raises(Refused):
            verify(token(kid=f"unknown-{n}"))
    assert len(server.asked) == 1
    clock.now += 31
    assert verify(token(OTHER_RSA, kid="new")).agency == "police"
    assert len(server.asked) == 2
    with pytest.raises(Refused):
        verify(token())


def test_a_key_that_was_withdrawn_is_forgotten_within_an_hour(
    issuer: Issuer, verify: TokenVerifier, clock: Clock
) -> None:
    verify(token())
    issuer.keys = {"new": public(OTHER_RSA)}
    clock.now += 3601
    with pytest.raises(Refused):
        verify(token())


ANSWERS: dict[str, tuple[int, bytes]] = {
    "an error": (500, b"{}"),
    "not found, with keys": (404, Issuer().document()),
    "no JSON": (200, b"<html>"),
    "a list": (200, b"[]"),
    "keys a text": (200, b'{"keys": "rsa"}'),
    "keys of no shape": (200, b'{"keys": [1, null, {}, {"kid": 1}]}'),
    "endless": (200, b" " * 300_000 + Issuer().document()),
    "deep": (200, b"[" * 100_000),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_without_keys_nobody_is_judged(answer: tuple[int, bytes], clock: Clock) -> None:
    with http_server(lambda _: (*answer, {})) as server:
        verify = verifier(server.address, clock)
        for _ in range(3):
            with pytest.raises(UnavailableError):
                verify(token())
        assert len(server.asked) == 1


def test_a_provider_that_went_away_leaves_its_keys_behind(issuer: Issuer, clock: Clock) -> None:
    with http_server(lambda _: (200, issuer.document(), {})) as server:
        verify = verifier(server.address, clock)
        verify(token())
    clock.now += 4000
    assert verify(token()).agency == "police"


def test_a_provider_in_trouble_leaves_its_keys_behind(issuer: Issuer, server: HttpServer, clock: Clock) -> None:
    verify = verifier(server.address, clock)
    verify(token())
    server.answer = lambda _: (500, b"{}", {})
    clock.now += 4000
    assert verify(token()).agency == "police"


def test_a_provider_that_is_not_there_is_told_as_unavailable() -> None:
    with pytest.raises(UnavailableError):
        verifier(f"http://127.0.0.1:{free_ports()}")(token())
