"""The archive on a real bucket service."""

import pytest

from chalicelib import wiring
from chalicelib.services.store import UnavailableError
from tests.emulator import Aws


def test_what_is_put_can_be_got_and_the_newest_counts(aws: Aws) -> None:
    archive = wiring.archive()
    assert archive.get("cases/a.json") is None
    archive.put("cases/a.json", "一".encode())
    archive.put("cases/a.json", "二".encode())
    archive.put("cases/b.json", b"")
    assert (archive.get("cases/a.json"), archive.get("cases/b.json")) == ("二".encode(), b"")


def test_a_service_that_is_away_is_said_to_be_away(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.adapters import aws as clients

    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    clients._made.cache_clear()
    try:
        for call in (lambda: wiring.archive().put("a", b""), lambda: wiring.archive().get("a")):
            with pytest.raises(UnavailableError):
                call()
    finally:
        clients._made.cache_clear()
