import contextlib
import time
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.api.form import decoded
from chalicelib.api.strict_json import UnreadableError


def body(*pairs: tuple[str, str]) -> dict[str, Any]:
    return decoded(urlencode(pairs).encode())[0]


def test_dotted_names_become_what_json_would_be() -> None:
    assert body(
        ("submission_key", "k"),
        ("deceased.name", "王秀英"),
        ("accounts.card.card_number", "A12345678"),
        ("payee", "card"),
        ("matters", "hukou-cancellation"),
        ("matters", "pension-account"),
        ("declaration.agreed", "true"),
        ("declaration.signed_name", "true"),
    ) == {
        "submission_key": "k",
        "deceased": {"name": "王秀英"},
        "accounts": {"card": {"card_number": "A12345678"}},
        "payee": "card",
        "matters": ["hukou-cancellation", "pension-account"],
        "declaration": {"agreed": True, "signed_name": "true"},
    }


def test_a_payee_can_be_chosen_for_each_matter() -> None:
    assert body(("payee.pension-account", "card"), ("payee.housing-fund", "heir")) == {
        "payee": {"pension-account": "card", "housing-fund": "heir"}
    }


def test_answers_are_true_false_unknown_or_a_choice() -> None:
    pairs = [("receiving_pension", "true"), ("veteran", "false"), ("housing_fund", "unknown"), ("pension", "resident")]
    assert body(*((f"answers.{name}", value) for name, value in pairs), ("eligibility.insured_here", "true")) == {
        "answers": {"receiving_pension": True, "veteran": False, "housing_fund": "unknown", "pension": "resident"},
        "eligibility": {"insured_here": True},
    }


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        (("2026", "11", "2"), "2026-11-02"),
        (("2026", "1", "02"), "2026-01-02"),
        ((" 2026 ", " 1", "2"), "2026-01-02"),
        (("2026", "13", "40"), "2026-13-40"),
        (("2026", "", "2"), "2026--02"),
        (("去年", "十一", "2"), "去年-十一-02"),
    ],
)
def test_a_date_in_three_parts_is_one_date(parts: tuple[str, str, str], date: str) -> None:
    names = [f"deceased.died_on.{part}" for part in ("year", "month", "day")]
    pairs = list(zip(names, parts, strict=True))
    assert body(*pairs) == body(*reversed(pairs)) == {"deceased": {"died_on": date}}


def test_a_date_of_which_nothing_was_filled_in_is_left_out() -> None:
    assert body(("deceased.died_on.year", ""), ("deceased.died_on.month", " "), ("deceased.died_on.day", "")) == {}


def test_a_date_in_one_field_is_taken_as_it_is() -> None:
    assert body(("deceased.died_on", "2026-11-02")) == {"deceased": {"died_on": "2026-11-02"}}


def test_what_was_left_blank_is_left_out() -> None:
    assert body(("applicant.name", ""), ("accounts.heir.bank", "  "), ("submission_key", ""), ("matters", "")) == {}


def test_none_ticked_is_told_from_not_asked() -> None:
    assert body(("matters_listed", "veteran-benefit")) == {"matters": []}
    assert "matters" not in body(("stage", "edit"))


def test_what_steers_the_pages_is_no_part_of_the_application_but_stays_with_what_was_typed() -> None:
    value, typed = decoded(b"stage=edit&matters_listed=a&matters=a&applicant.name=")
    assert value == {"matters": ["a"]}
    assert typed == {"stage": ["edit"], "matters_listed": ["a"], "matters": ["a"], "applicant.name": [""]}


def test_one_ticked_task_is_a_list_of_one() -> None:
    assert body(("tasks", "123456789018-01"), ("case_number", "1")) == {
        "tasks": ["123456789018-01"],
        "case_number": "1",
    }


def test_text_is_read_as_utf_8_escaped_or_not() -> None:
    assert decoded("applicant.name=王小明".encode())[0] == body(("applicant.name", "王小明"))


HOSTILE = {
    "ten thousand fields": b"matters=x&" * 10_000,
    "a megabyte of separators": b"&" * 1_000_000,
    "a megabyte of empty fields": b"=&" * 500_000,
    "half of UTF-8": b"applicant.name=%E7%8E",
    "raw half of UTF-8": b"applicant.name=\xe7\x8e",
    "GBK": b"applicant.name=%CD%F5",
    "a surrogate": b"applicant.name=%ED%A0%80",
    "NUL": b"applicant.name=a%00b",
    "NUL in a name": b"applicant.na%00me=a",
    "a value where a group stands": b"payee=card&payee.pension-account=heir",
    "a group where a value stands": b"payee.pension-account=heir&payee=card",
    "too deep": b"a.b.c.d.e=1",
    "a megabyte of dots": b"a" + b".a" * 400_000 + b"=1",
    "no name before the dot": b".name=1",
    "no name after the dot": b"applicant.=1",
    "nothing but dots": b"..=1",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_forms_are_refused_within_a_tenth_of_a_second(content: bytes) -> None:
    start = time.process_time()
    with pytest.raises(UnreadableError):
        decoded(content)
    assert time.process_time() - start < 0.1


@given(st.binary(max_size=300))
def test_noise_is_refused_or_read_but_never_breaks(noise: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        assert isinstance(decoded(noise)[0], dict)


NAME = st.sampled_from(
    ["a", "matters", "a.b", "a.b.year", "a.b.month", "payee", "answers.x", "eligibility.y", ".", "a."]
)


@given(st.lists(st.tuples(NAME, st.text(max_size=5))))
def test_any_mixture_of_names_is_refused_or_read(pairs: list[tuple[str, str]]) -> None:
    with contextlib.suppress(UnreadableError):
        decoded(urlencode(pairs, errors="surrogatepass").encode())
