import pytest

from chalicelib.cases.hashes import UnknownKeyVersionError, fingerprint, identity_hash, name_hash
from tests import people

KEYS = {"v1": b"1" * 32, "v2": b"2" * 32}
NUMBER = people.id_number("1945-03-01", "female", serial=1)


def test_a_hash_says_which_key_made_it() -> None:
    version, digest = identity_hash(KEYS, "v2", "jining", NUMBER).split(":")
    assert version == "v2"
    assert len(bytes.fromhex(digest)) == 32


def test_a_number_hashes_alike_however_it_is_typed() -> None:
    typed = f"{NUMBER[:6]} {NUMBER[6:14]}　{NUMBER[14:].lower()}"
    assert identity_hash(KEYS, "v1", "jining", typed) == identity_hash(KEYS, "v1", "jining", NUMBER)


def test_a_name_hashes_alike_however_its_dot_is_typed() -> None:
    one, other = (name_hash(KEYS, "v1", "jining", NUMBER, name) for name in ("阿卜杜拉·买买提", "阿卜杜拉 . 买买提"))
    assert one == other


@pytest.mark.parametrize(
    ("version", "locality", "number"),
    [("v2", "jining", NUMBER), ("v1", "guyang", NUMBER), ("v1", "jining", people.id_number(serial=2))],
)
def test_another_key_place_or_person_hashes_otherwise(version: str, locality: str, number: str) -> None:
    digest = identity_hash(KEYS, version, locality, number).split(":")[1]
    assert digest != identity_hash(KEYS, "v1", "jining", NUMBER).split(":")[1]


def test_namesakes_do_not_look_alike() -> None:
    other = people.id_number(serial=2)
    assert name_hash(KEYS, "v1", "jining", NUMBER, "王五") != name_hash(KEYS, "v1", "jining", other, "王五")


def test_a_hash_does_not_contain_what_was_hashed() -> None:
    assert NUMBER not in identity_hash(KEYS, "v1", "jining", NUMBER)


def test_a_missing_key_version_is_named() -> None:
    with pytest.raises(UnknownKeyVersionError) as caught:
        identity_hash(KEYS, "v3", "jining", NUMBER)
    assert caught.value.version == "v3"


def test_equal_values_have_equal_fingerprints_in_any_order() -> None:
    assert fingerprint(b"k", {"a": 1, "b": [True, None]}) == fingerprint(b"k", {"b": [True, None], "a": 1})


@pytest.mark.parametrize("other", [{"a": 2}, {"a": "1"}, {"a": [1]}, {}, ["a", 1], None, {"a": 1, "b": None}])
def test_other_values_have_other_fingerprints(other: object) -> None:
    assert fingerprint(b"k", {"a": 1}) != fingerprint(b"k", other)


def test_another_secret_gives_another_fingerprint() -> None:
    assert fingerprint(b"k", {"a": 1}) != fingerprint(b"l", {"a": 1})


def test_hostile_text_has_a_fingerprint_too() -> None:
    assert fingerprint(b"k", {"name": "\ud800\x00"})
