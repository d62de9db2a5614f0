import pytest

from chalicelib.catalogue.kinds import Code, KindError, bank_account, kind, social_security_card
from tests import people


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (people.bank_card(), people.bank_card()),
        (bank_account.format(people.bank_card()), people.bank_card()),
        ("６２１７　００００　１０００", "621700001000"),
        ("1608-0001-0910-0000-001", "1608000109100000001"),  # an account without a Luhn digit
        ("12345678", "12345678"),
        ("1" * 30, "1" * 30),
    ],
)
def test_bank_accounts_need_no_check_digit(typed: str, kept: str) -> None:
    assert bank_account.validate(typed) == kept


@pytest.mark.parametrize(
    "typed", ["a12345678", "Ａ１２３４５６７８", "370800123", "1A2B3C4D5", people.id_number(), "123456"]
)
def test_social_security_cards_are_letters_and_digits(typed: str) -> None:
    assert social_security_card.validate(typed).isalnum()


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("bank-account", "1234567", Code.LENGTH),
        ("bank-account", "1" * 31, Code.LENGTH),
        ("bank-account", "62170000A000", Code.CHARACTERS),
        ("bank-account", "٦٢١٧٠٠٠٠", Code.CHARACTERS),
        ("social-security-card", "12345", Code.LENGTH),
        ("social-security-card", "1" * 21, Code.LENGTH),
        ("social-security-card", "É12345678", Code.CHARACTERS),
        ("social-security-card", "A1234567;", Code.CHARACTERS),
    ],
)
def test_other_numbers_are_refused_with_a_reason(name: str, typed: str, code: Code) -> None:
    with pytest.raises(KindError) as caught:
        kind(name).validate(typed)
    assert caught.value.code is code
