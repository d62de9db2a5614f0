import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cases import numbers

SECRET = b"s" * 32
LOWEST = 10**10

case_numbers = st.integers(0, 9 * LOWEST - 1).map(lambda drawn: numbers.case_number(lambda _: drawn))


@given(case_numbers)
def test_a_case_number_has_twelve_digits_and_never_begins_with_zero(number: str) -> None:
    assert numbers.is_case_number(number)
    assert len(number) == 12
    assert number[0] != "0"


@given(case_numbers, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: str, place: int, shift: int) -> None:
    wrong = str((int(number[place]) + shift) % 10)
    assert not numbers.is_case_number(number[:place] + wrong + number[place + 1 :])


@given(case_numbers, st.integers(0, 10))
def test_two_swapped_neighbours_are_noticed(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or not numbers.is_case_number(swapped)


def test_the_check_digit_is_the_one_that_damm_published() -> None:
    # His own example: 572 gets 4. Leading zeros change nothing, so it can be read from a longer number.
    assert numbers._damm("572") == 4
    assert numbers._damm("5724") == 0


@pytest.mark.parametrize("drawn", [0, 9 * LOWEST - 1])
def test_the_whole_range_of_eleven_digits_is_used(drawn: int) -> None:
    asked: list[int] = []

    def randbelow(bound: int) -> int:
        asked.append(bound)
        return drawn

    assert numbers.case_number(randbelow)[:11] == str(LOWEST + drawn)
    assert asked == [9 * LOWEST]


def test_two_case_numbers_are_not_alike() -> None:
    assert len({numbers.case_number() for _ in range(100)}) == 100


def test_digits_of_another_script_are_no_case_number() -> None:
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    assert not numbers.is_case_number(numbers.case_number().translate(arabic))


@pytest.mark.parametrize("text", ["", "12345678901", "1234567890123", "12345678901a", "١٢٣٤٥٦٧٨٩٠١٢", "000000000000"])
def test_other_texts_are_no_case_number(text: str) -> None:
    assert not numbers.is_case_number(text)


@pytest.mark.parametrize(
    "typed",
    [
        "1234 5678 9012",
        "１２３４　５６７８　９０１２",
        "1234-5678-9012",
        " 123456789012\n",
        "\u202d1234 56789012\u202c",
    ],
)
def test_spaces_dashes_and_full_width_digits_do_not_matter(typed: str) -> None:
    assert numbers.tidy(typed) == "123456789012"


def test_what_is_far_too_long_is_no_number_at_all() -> None:
    assert numbers.tidy("1" * 10_000_000) == ""


def test_numbers_are_shown_in_groups_of_four() -> None:
    assert numbers.group("123456789012") == "1234 5678 9012"
    assert numbers.group("1234567890123456") == "1234 5678 9012 3456"


def test_a_lookup_code_is_the_same_each_time() -> None:
    code = numbers.lookup_code(SECRET, "jining", "123456789012", 1)
    assert code == numbers.lookup_code(SECRET, "jining", "123456789012", 1)
    assert len(code) == 16
    assert code.isdigit()


@pytest.mark.parametrize(
    "other",
    [
        (b"t" * 32, "jining", "123456789012", 1),
        (SECRET, "guyang", "123456789012", 1),
        (SECRET, "jining", "123456789013", 1),
        (SECRET, "jining", "123456789012", 2),
        (SECRET, "jinin", "g123456789012", 1),
    ],
)
def test_another_secret_place_number_or_generation_gives_another_code(
    other: tuple[bytes, str, str, int],
) -> None:
    assert numbers.lookup_code(*other) != numbers.lookup_code(SECRET, "jining", "123456789012", 1)


def test_codes_keep_their_leading_zeros() -> None:
    codes = [numbers.lookup_code(SECRET, "jining", "1", generation) for generation in range(200)]
    assert any(code.startswith("0") for code in codes)
    assert {len(code) for code in codes} == {16}


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("1234 5678 9012 3456", True),
        ("１２３４５６７８９０１２３４５６", True),
        ("1234567890123457", False),
        ("123456789012345", False),
        ("", False),
        ("\ud800", False),
        ("王", False),
        ("1" * 1000, False),
    ],
)
def test_a_typed_code_matches_only_the_code(typed: str, match: bool) -> None:
    assert numbers.codes_match(typed, "1234567890123456") is match
