"""What holds for every kind: one interface, no crash, nothing hidden in what it lets through."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.catalogue.kinds import KINDS, Code, KindError, UnknownKindError, kind

every_kind = pytest.mark.parametrize("name", KINDS)
HOSTILE = [
    "\x00",
    "\ud800",
    "\u202e王五",
    "<script>",
    "王\x00五",
    "１" * 400,
    "\ufdfa" * 500,
    "a\u0301" * 250,
]
ANSWER_TIME = 0.5


def verdict(name: str, text: str) -> str | Code:
    try:
        return kind(name).validate(text)
    except KindError as error:
        return error.code


@every_kind
@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\u200b", "\ufeff \t\n"])
def test_blank_text_is_empty(name: str, blank: str) -> None:
    assert verdict(name, blank) is Code.EMPTY


@every_kind
@pytest.mark.parametrize("length", [501, 10_000_000])
def test_text_beyond_any_field_is_refused_at_once(name: str, length: int) -> None:
    text = "1" * length
    started = time.perf_counter()
    assert verdict(name, text) is Code.TOO_LONG
    assert time.perf_counter() - started < ANSWER_TIME


@every_kind
@pytest.mark.parametrize("mark", "\u00ad\u061c\u200b\u200e\u202d\u2060\u2064\u2066\u2069\ufe0f\ufeff", ids=ascii)
def test_invisible_marks_from_copying_are_dropped(name: str, mark: str) -> None:
    assert kind(name).compact(f"{mark}4{mark}2{mark}") == "42"


@every_kind
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_is_answered_quickly(name: str, text: str) -> None:
    started = time.perf_counter()
    verdict(name, text)
    assert time.perf_counter() - started < ANSWER_TIME


@every_kind
@given(text=st.text(max_size=60) | st.text("0123456789-+X 年月日转·.男是A", max_size=30))
def test_whatever_is_accepted_is_tidy_already_and_hides_nothing(name: str, text: str) -> None:
    accepted = verdict(name, text)
    if isinstance(accepted, Code):
        return
    assert verdict(name, accepted) == accepted == kind(name).compact(text)
    assert not {unicodedata.category(character) for character in accepted} & {"Cc", "Cs", "Co"}
    assert kind(name).format(accepted)


@every_kind
def test_an_error_never_repeats_the_text(name: str) -> None:
    with pytest.raises(KindError) as caught:
        kind(name).validate("\x00王秀英")
    assert str(caught.value) == caught.value.code.value
    assert caught.value.__cause__ is None


def test_an_unknown_kind_is_an_exception_that_names_it() -> None:
    with pytest.raises(UnknownKindError) as caught:
        kind("shoe-size")
    assert caught.value.name == "shoe-size"
