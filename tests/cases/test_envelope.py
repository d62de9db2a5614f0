import hmac
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from chalicelib.cases.envelope import (
    CannotOpenError,
    Envelope,
    EnvelopeError,
    EnvelopeInfo,
    UnknownSuiteError,
    UnusableKeyError,
    generate_key,
    open_sealed,
    seal,
)

BACKEND = Path(__file__).parents[2] / "backend"
KEYS = generate_key()
INFO = EnvelopeInfo("jining", "123456789012", "task-1", "police")
FIELDS = {
    "deceased.name": "阿卜杜拉·买买提",
    "deceased.age": 81,
    "uploads": [{"material": "household-register"}],
}


def sealed(fields: dict[str, object] = FIELDS, info: EnvelopeInfo = INFO) -> Envelope:
    return seal(KEYS.public, KEYS.key_id, fields, info)


def test_the_recipient_reads_what_was_sealed() -> None:
    assert open_sealed(KEYS.private, sealed(), INFO) == FIELDS


def test_an_envelope_names_its_suite_and_key() -> None:
    assert (sealed().suite, sealed().key_id) == (1, KEYS.key_id)


def test_the_same_fields_never_seal_to_the_same_bytes() -> None:
    assert sealed().ciphertext != sealed().ciphertext


def test_nothing_readable_is_left_outside() -> None:
    assert "买买提".encode() not in sealed().ciphertext
    assert b"deceased" not in sealed().ciphertext


def test_another_key_opens_nothing() -> None:
    with pytest.raises(CannotOpenError):
        open_sealed(generate_key().private, sealed(), INFO)


@pytest.mark.parametrize("name", ["locality", "case", "task", "recipient"])
def test_an_envelope_for_one_purpose_opens_for_no_other(name: str) -> None:
    with pytest.raises(CannotOpenError):
        open_sealed(KEYS.private, sealed(), replace(INFO, **{name: "other"}))


def test_parts_of_the_purpose_cannot_be_shifted_into_each_other() -> None:
    with pytest.raises(CannotOpenError):
        open_sealed(KEYS.private, sealed(info=EnvelopeInfo("a", "bc", "d", "e")), EnvelopeInfo("ab", "c", "d", "e"))


def test_an_envelope_under_another_key_id_does_not_open() -> None:
    with pytest.raises(CannotOpenError):
        open_sealed(KEYS.private, replace(sealed(), key_id="other"), INFO)


@pytest.mark.parametrize("place", [0, 31, 32, 100, -1])
def test_a_changed_byte_is_noticed(place: int) -> None:
    changed = bytearray(sealed().ciphertext)
    changed[place] ^= 1
    with pytest.raises(CannotOpenError):
        open_sealed(KEYS.private, replace(sealed(), ciphertext=bytes(changed)), INFO)


@pytest.mark.parametrize("ciphertext", [b"", b"x", bytes(32), bytes(300)])
def test_bytes_that_are_no_envelope_do_not_open(ciphertext: bytes) -> None:
    with pytest.raises(CannotOpenError):
        open_sealed(KEYS.private, Envelope(1, KEYS.key_id, ciphertext), INFO)


@pytest.mark.parametrize("suite", [0, 2, 255])
def test_an_unknown_suite_is_named(suite: int) -> None:
    with pytest.raises(UnknownSuiteError) as caught:
        open_sealed(KEYS.private, replace(sealed(), suite=suite), INFO)
    assert caught.value.suite == suite


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(32), bytes(33)])
def test_nothing_is_sealed_to_a_key_that_is_none(key: bytes) -> None:
    with pytest.raises(UnusableKeyError):
        seal(key, "key", FIELDS, INFO)


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33)])
def test_nothing_is_opened_with_a_key_that_is_none(key: bytes) -> None:
    with pytest.raises(UnusableKeyError):
        open_sealed(key, sealed(), INFO)


def test_all_its_errors_are_envelope_errors() -> None:
    assert {CannotOpenError, UnknownSuiteError, UnusableKeyError} == set(EnvelopeError.__subclasses__())


def test_the_size_does_not_tell_a_short_name_from_a_long_one() -> None:
    sizes = {len(sealed({"name": "王" * length}).ciphertext) for length in range(1, 51)}
    assert len(sizes) == 1


@pytest.mark.parametrize("length", [0, 246, 247, 248, 5000])
def test_fields_of_any_size_come_back_whole(length: int) -> None:
    assert open_sealed(KEYS.private, sealed({"name": "x" * length}), INFO) == {"name": "x" * length}


def test_hostile_text_is_sealed_like_any_other() -> None:
    fields: dict[str, object] = {"name": "\ud800\x00𠮷\u202e"}
    assert open_sealed(KEYS.private, sealed(fields), INFO) == fields


def test_a_key_pair_does_not_show_its_private_key() -> None:
    assert repr(KEYS.private) not in repr(KEYS)
    assert "private" not in repr(KEYS)


def test_every_key_has_its_own_id() -> None:
    assert generate_key().key_id != generate_key().key_id


def test_what_rfc_9180_seals_opens_here() -> None:
    """Annex A has no vector for this suite, so the other end is built from the RFC's steps by hand."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    ephemeral = X25519PrivateKey.generate()
    enc = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(KEYS.public))
    kem, hpke = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x02"
    secret = expand(kem, extract(kem, b"", b"eae_prk", shared), b"shared_secret", enc + KEYS.public, 32)
    info = f'["envelope",1,"{KEYS.key_id}","jining","123456789012","task-1","police"]'.encode()
    context = b"\x00" + extract(hpke, b"", b"psk_id_hash", b"") + extract(hpke, b"", b"info_hash", info)
    root = extract(hpke, secret, b"secret", b"")
    key, nonce = expand(hpke, root, b"key", context, 32), expand(hpke, root, b"base_nonce", context, 12)
    ciphertext = enc + AESGCM(key).encrypt(nonce, b'{"name":"x"}', b"")
    assert open_sealed(KEYS.private, Envelope(1, KEYS.key_id, ciphertext), INFO) == {"name": "x"}


def extract(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, "sha256")


def expand(suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(key, labelled + b"\x01", "sha256")[:length]


def test_importing_the_module_does_not_load_the_cipher_library() -> None:
    program = "import sys, chalicelib.cases.envelope; sys.exit('cryptography' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": str(BACKEND)}, check=False).returncode == 0
    )
