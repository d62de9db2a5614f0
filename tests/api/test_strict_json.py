import contextlib
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.api.strict_json import DEEPEST, UnreadableError, parsed

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
LEAF = st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False)
LEAVES = LEAF | TEXT


@given(st.dictionaries(TEXT, LEAVES | st.lists(LEAVES, max_size=3) | st.dictionaries(TEXT, LEAVES, max_size=3)))
@pytest.mark.parametrize("ascii_only", [True, False])
def test_sound_json_is_read_as_it_was_written(ascii_only: bool, value: dict[str, object]) -> None:
    assert parsed(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@given(st.binary(max_size=200))
def test_noise_is_refused_or_read_but_never_breaks(noise: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        assert isinstance(parsed(noise), dict)


def nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


HOSTILE = {
    "nothing": b"",
    "no object": b"[]",
    "a text": b'"a"',
    "a number": b"1",
    "cut off": b'{"a": "b',
    "two values": b"{} {}",
    "a comment": b"{/**/}",
    "GBK": '{"姓名": "王"}'.encode("gbk"),
    "half of UTF-8": b'{"a": "\xe7\x8e"}',
    "an overlong slash": b'{"a": "\xc0\xaf"}',
    "a surrogate in UTF-8": b'{"a": "\xed\xa0\x80"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "a raw NUL": b'{"a": "\0"}',
    "an escaped NUL": b'{"a": "\\u0000"}',
    "half a character": b'{"a": "\\ud83d"}',
    "the other half": b'{"\\uDE00": 1}',
    "NaN": b'{"a": NaN}',
    "infinity": b'{"a": -Infinity}',
    "a number beyond all": b'{"a": 1e999}',
    "a number of a million digits": b'{"a": ' + b"9" * 900_000 + b"}",
    "a name twice": b'{"a": 1, "a": 2}',
    "a name twice inside": b'{"a": [{"b": 1, "b": 1}]}',
    "a name twice by another spelling": b'{"a": 1, "\\u0061": 2}',
    "too deep": nested(DEEPEST + 1),
    "deep in lists": b'{"a": ' + b"[" * 12 + b"]" * 12 + b"}",
    "bottomless": b"[" * 900_000,
    "bottomless objects": b'{"a":' * 180_000,
    "a million unclosed brackets inside": b'{"a":' + b"[" * 900_000 + b"]" * 2,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_json_is_refused_within_a_tenth_of_a_second(content: bytes) -> None:
    start = time.process_time()
    with pytest.raises(UnreadableError):
        parsed(content)
    assert time.process_time() - start < 0.1


@pytest.mark.parametrize(
    "content",
    [
        nested(DEEPEST),
        '{"a": "😀"}'.encode(),
        b'{"a": "\\ud83d\\ude00"}',
        b'{"a": "\\\\ud83d"}',
    ],
)
def test_what_only_looks_hostile_is_read(content: bytes) -> None:
    assert parsed(content)


def test_large_bodies_are_read_within_a_tenth_of_a_second() -> None:
    start = time.process_time()
    parsed(json.dumps({"matters": ["x"] * 190_000}).encode())
    assert time.process_time() - start < 0.1
