"""Keys: every recipient has one, and none is ever replaced."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.adapters.dynamodb import DynamoStore
from chalicelib.adapters.kms import SealingKey
from chalicelib.cases.envelope import EnvelopeInfo, open_sealed, seal
from chalicelib.services.records import directory_key, private_key
from chalicelib.services.store import Put
from chalicelib.wiring import sealing_key
from chalicelib.wiring import store as wired_store
from scripts.keys import add_keys, main
from tests.catalogues import catalogue
from tests.emulator import Aws

JINING = catalogue("jining")


@pytest.fixture
def store(aws: Aws) -> DynamoStore:
    return wired_store()


def directory(store: DynamoStore) -> dict[str, Any]:
    key = directory_key("jining")
    keys: dict[str, Any] = store.read([key])[key]["keys"]
    return keys


def unwrapped(store: DynamoStore, wrapper: SealingKey, recipient: str) -> bytes:
    key_id = directory(store)[recipient]["key_id"]
    key = private_key("jining", recipient, key_id)
    context = {"locality": "jining", "recipient": recipient, "key_id": key_id}
    return wrapper.unwrap(store.read([key])[key]["wrapped"], context)


def test_every_agency_and_the_messenger_can_be_sealed_to_and_can_open(store: DynamoStore) -> None:
    made = add_keys(store, sealing_key(), JINING)
    assert set(made) == set(directory(store)) == {*JINING.agencies, "messenger"}
    info = EnvelopeInfo("jining", "1", "1-01", "police")
    for recipient, key in directory(store).items():
        envelope = seal(key["public"], key["key_id"], {"name": "王"}, info)
        assert open_sealed(unwrapped(store, sealing_key(), recipient), envelope, info) == {"name": "王"}


def test_a_second_run_changes_nothing(store: DynamoStore) -> None:
    add_keys(store, sealing_key(), JINING)
    before = directory(store)
    assert add_keys(store, sealing_key(), JINING) == ()
    assert directory(store) == before


def test_a_new_agency_gets_a_key_and_the_others_keep_theirs(store: DynamoStore) -> None:
    fewer = {slug: one for slug, one in JINING.agencies.items() if slug != "police"}
    add_keys(store, sealing_key(), replace(JINING, agencies=fewer))
    before = directory(store)
    assert add_keys(store, sealing_key(), JINING) == ("police",)
    after = directory(store)
    assert {name: key for name, key in after.items() if name != "police"} == before
    assert unwrapped(store, sealing_key(), "police")


def test_of_two_runs_at_once_the_first_ones_keys_stay(store: DynamoStore) -> None:
    class Overtaken:
        """Somebody else finishes between our reading and our writing."""

        def __init__(self) -> None:
            self.first: dict[str, Any] = {}

        def wrap(self, plain: bytes, context: Any) -> bytes:
            if not self.first:
                self.first = {"running": True}
                add_keys(wired_store(), sealing_key(), JINING)
                self.first = directory(store)
            return sealing_key().wrap(plain, context)

    overtaken = Overtaken()
    assert add_keys(store, overtaken, JINING) == ()
    assert directory(store) == overtaken.first
    assert all(unwrapped(store, sealing_key(), recipient) for recipient in overtaken.first)


def test_a_private_key_is_stored_before_anything_can_be_sealed_to_it(
    store: DynamoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits: list[list[Any]] = []
    monkeypatch.setattr(store, "commit", lambda writes: commits.append(list(writes)))
    add_keys(store, sealing_key(), JINING)
    first, last = commits
    assert {write.key.sk.split("#")[0] for write in first} == {"private"}
    assert last == [Put(directory_key("jining"), last[0].value, 0)]


def test_without_a_build_there_is_nobody_to_make_keys_for(
    aws: Aws, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("scripts.keys.localities", lambda: ())
    assert main() == 1
    assert "make build" in capsys.readouterr().err


def test_the_command_says_what_it_made(
    aws: Aws, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("scripts.keys.localities", lambda: ("jining",))
    monkeypatch.setattr("scripts.keys.for_locality", catalogue)
    assert main() == 0
    assert main() == 0
    first, second = capsys.readouterr().out.splitlines()
    assert "messenger" in first
    assert second == "jining: 0 对新密钥"
