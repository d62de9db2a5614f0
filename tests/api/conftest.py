import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

import app as application
from chalicelib import wiring
from chalicelib.api import health, words
from chalicelib.catalogue import Catalogue, NoLocalityError
from scripts.keys import add_keys
from tests.adapters.servers import http_server
from tests.api.gateway import Api
from tests.catalogues import catalogue, compiled
from tests.emulator import Aws
from tests.issuer import AUDIENCE, ISSUER, Issuer

SECRETS = {"identity": {"v1": "01" * 32}, "lookup": "02" * 32, "fingerprint": "03" * 32}
PAGES = ("form", "conditions", "turned_away", "check", "receipt", "lookup", "case", "withdraw", "problem")


@pytest.fixture(scope="session")
def key_set_address() -> Iterator[str]:
    with http_server(lambda _: (200, Issuer().document(), {})) as server:
        yield server.address


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped catalogue without a build."""
    for module in (wiring, words, health):
        monkeypatch.setattr(module, "for_locality", place)
    for module in (wiring, words, health):
        monkeypatch.setattr(module, "localities", lambda: tuple(compiled()))


@pytest.fixture
def api(aws: Aws, places: None, key_set_address: str, monkeypatch: pytest.MonkeyPatch) -> Api:
    settings = {
        "SECRETS": json.dumps(SECRETS),
        "OIDC_ISSUER": ISSUER,
        "OIDC_AUDIENCE": AUDIENCE,
        "OIDC_JWKS_URL": key_set_address,
        "OPEN_ENVELOPE_FUNCTION": "",
        "OIDC_CLIENT_ID": "staff-web",
        "OIDC_AUTHORIZE_URL": f"{ISSUER}/authorize",
        "OIDC_TOKEN_URL": f"{ISSUER}/token",
        "PUBLIC_ORIGIN": "https://service.example",
        "AGENCY_MAIL": "{agency}@{locality}.example",
        "MAIL_FROM": "service@local.example",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    wiring.verifier.cache_clear()
    for slug in compiled():
        add_keys(wiring.store(), wiring.sealing_key(), catalogue(slug))
    return Api(application.app)


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are built with the site; here each says as JSON which one it is and what it was given."""
    said = {f"{name}_page": _saying(name) for name in PAGES}
    monkeypatch.setattr("chalicelib.api.pages", SimpleNamespace(**said))
    for module in ("without_script", "changes_without_script"):
        monkeypatch.setattr(f"chalicelib.api.{module}.pages", SimpleNamespace(**said))


def place(slug: str) -> Catalogue:
    if slug not in compiled():
        raise NoLocalityError(slug)
    return catalogue(slug)


def _saying(name: str) -> Any:
    return lambda slug, *given, **named: json.dumps([name, slug, *given, *named.values()], ensure_ascii=False)
