from datetime import date

import pytest

from chalicelib.catalogue.kinds import Code, KindError, id_number
from tests import people

GOOD = people.id_number("1945-03-01", "male")


@pytest.mark.parametrize(
    "number",
    [
        "11010519491231002X",  # the example of GB 11643-1999, annex A
        "440524188001010014",  # the other one
        people.id_number("1850-01-01"),
        people.id_number("2024-02-29"),
        people.id_number(region="810000"),
        people.id_number(region="820000"),
        people.id_number(region="830000"),
        people.id_number(region="911124"),
        people.id_number(region="999999"),
    ],
)
def test_numbers_with_a_right_check_character_are_accepted_whatever_their_region(number: str) -> None:
    assert id_number.validate(number) == number


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        "110105 19491231 002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002ｘ",
    ],
)
def test_the_way_it_is_typed_does_not_matter(typed: str) -> None:
    assert id_number.validate(typed) == "11010519491231002X"


@pytest.mark.parametrize("position", range(18))
def test_one_wrong_digit_anywhere_is_noticed(position: int) -> None:
    for digit in "0123456789".replace(GOOD[position], ""):
        with pytest.raises(KindError) as caught:
            id_number.validate(GOOD[:position] + digit + GOOD[position + 1 :])
        assert caught.value.code in (Code.CHECKSUM, Code.DATE)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("110105491231002", Code.LENGTH),
        ("11010519491231002", Code.LENGTH),
        ("11010519491231002X0", Code.CHARACTERS),
        ("110105194912310020", Code.CHECKSUM),
        ("X1010519491231002X", Code.CHARACTERS),
        ("11010519491231OO2X", Code.CHARACTERS),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", Code.CHARACTERS),
        (people.id_number("1849-12-31"), Code.DATE),
        (people.id_number("1945-02-29"), Code.DATE),
        (people.id_number("1945-13-01"), Code.DATE),
        (people.id_number("0000-00-00"), Code.DATE),
    ],
)
def test_other_numbers_are_refused_with_a_reason(number: str, code: Code) -> None:
    with pytest.raises(KindError) as caught:
        id_number.validate(number)
    assert caught.value.code is code


@pytest.mark.parametrize("sex", ["male", "female"])
def test_birth_date_and_sex_are_read_from_the_number(sex: str) -> None:
    number = people.id_number("1938-07-09", sex, serial=12)
    assert id_number.birth_date(number) == date(1938, 7, 9)
    assert id_number.sex(number) == sex


@pytest.mark.parametrize("read", [id_number.birth_date, id_number.sex])
def test_nothing_is_read_from_what_is_no_number(read: object) -> None:
    assert callable(read)
    with pytest.raises(KindError):
        read("王秀英")
