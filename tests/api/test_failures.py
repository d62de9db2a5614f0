"""When the machine fails: the shape holds, nothing personal is logged, nothing of the inside is told."""

import logging
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.adapters.dynamodb import DynamoStore
from chalicelib.services.store import ConflictError, UnavailableError
from chalicelib.settings import MissingSettingError
from tests import applications
from tests.api.gateway import Api

SECRET = "王秀英 370800194503010018"


def failing(error: Exception) -> Any:
    def fail(*_: Any) -> Any:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (UnavailableError(SECRET), 503, "unavailable"),
        (ConflictError(SECRET), 503, "busy"),
        (RuntimeError(SECRET), 500, "unavailable"),
        (KeyError(SECRET), 500, "unavailable"),
        (RecursionError(SECRET), 500, "unavailable"),
        (MissingSettingError("X"), 500, "unavailable"),
    ],
)
def test_a_failure_is_told_kindly_and_logged_without_its_words(
    api: Api,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    error: Exception,
    status: int,
    code: str,
) -> None:
    monkeypatch.setattr(DynamoStore, "commit", failing(error))
    answer = api.post("jining/applications", applications.jining())
    assert (answer.status, answer.problems) == (status, [("", code)])
    assert int(answer.headers["Retry-After"]) > 0
    assert "Traceback" not in answer.body
    assert "Error" not in answer.body
    logged = caplog.text + "".join(capfd.readouterr())
    assert SECRET not in logged
    assert "Traceback" not in logged
    if code == "unavailable":
        (record,) = caplog.records
        assert record.message.startswith(f"{type(error).__name__} at test_failures.py:")
        assert record.levelno == (logging.ERROR if status == 500 else logging.WARNING)


def test_a_store_that_is_away_is_told_as_busy(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DynamoStore, "read", failing(UnavailableError()))
    assert api.post("jining/applications", applications.jining()).status == 503


def test_a_provider_without_keys_is_told_as_busy(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.issuer import token

    monkeypatch.setenv("OIDC_JWKS_URL", "http://127.0.0.1:1/")
    wiring.verifier.cache_clear()
    wiring.backend.cache_clear()
    assert api.get("jining/tasks", token()).status == 503


@pytest.mark.parametrize(
    "secrets",
    ["", "{", "[]", '{"identity": {}}', '{"identity": {"v1": "00"}, "lookup": "00", "fingerprint": "00"}'],
)
def test_without_sound_secrets_nothing_is_hashed(api: Api, monkeypatch: pytest.MonkeyPatch, secrets: str) -> None:
    monkeypatch.setenv("SECRETS", secrets)
    wiring.backend.cache_clear()
    with pytest.raises(MissingSettingError):
        wiring.backend()
    assert api.post("jining/lookup", {}).status == 500
    assert api.get("health").status == 200


def test_a_page_that_cannot_be_made_does_not_hide_the_answer(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("chalicelib.api.pages.problem_page", failing(OSError(SECRET)))
    answer = api.form("nowhere/lookup", ("case_number", "1"))
    assert (answer.status, answer.problems) == (404, [("", "no_place")])
    assert SECRET not in caplog.text
