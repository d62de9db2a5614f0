import pytest

from chalicelib.catalogue.kinds import Code, KindError, phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13900001234", "13900001234"),
        ("139 0000 1234", "13900001234"),
        ("139-0000-1234", "13900001234"),
        ("１３９００００１２３４", "13900001234"),
        ("+86 139 0000 1234", "13900001234"),
        ("＋８６－13900001234", "13900001234"),
        ("0086-139-0000-1234", "13900001234"),
        ("86 13900001234", "13900001234"),
        ("\u202d13900001234\u202c", "13900001234"),
        ("0537-2345678", "0537-2345678"),
        ("05372345678", "0537-2345678"),
        ("0537 234 5678", "0537-2345678"),
        ("0537-234-5678", "0537-2345678"),
        ("（0537）2345678", "0537-2345678"),
        ("0537—12345", "0537-12345"),
        ("053712345", "0537-12345"),
        ("0537-95588", "0537-95588"),
        ("010-61234567", "010-61234567"),
        ("010 6123 4567", "010-61234567"),
        ("010-61234567-801", "010-61234567-801"),
        ("010-61234567转801", "010-61234567-801"),
        ("010-61234567 分机 801", "010-61234567-801"),
        ("01061234567 ext. 801", "010-61234567-801"),
        ("+86 10 6123 4567", "010-61234567"),
        ("+86 0537 2345678", "0537-2345678"),
        ("400-600-1234", "4006001234"),
        ("+852 5123 4567", "+85251234567"),
        ("00853 6612 3456", "+85366123456"),
        ("+1 (212) 555-0100", "+12125550100"),
    ],
)
def test_numbers_are_understood_however_they_are_written(typed: str, kept: str) -> None:
    assert phone.validate(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1390000123", Code.LENGTH),
        ("139000012345", Code.LENGTH),
        ("12900001234", Code.LENGTH),
        ("2345678", Code.LENGTH),
        ("0537-234567", Code.LENGTH),
        ("0537-234567890", Code.LENGTH),
        ("+86 139 0000 123", Code.LENGTH),
        ("+8612345", Code.LENGTH),
        ("+1234", Code.LENGTH),
        ("+1234567890123456", Code.LENGTH),
        ("+0123456789", Code.LENGTH),
        ("139OOOO1234", Code.CHARACTERS),
        ("没有", Code.CHARACTERS),
        ("١٣٩٠٠٠٠١٢٣٤", Code.CHARACTERS),
        ("139;0000", Code.CHARACTERS),
        ("13900001234,13900001235", Code.CHARACTERS),
    ],
)
def test_other_numbers_are_refused_with_a_reason(typed: str, code: Code) -> None:
    with pytest.raises(KindError) as caught:
        phone.validate(typed)
    assert caught.value.code is code


@pytest.mark.parametrize(
    ("number", "mobile"), [("13900001234", True), ("0537-2345678", False), ("+85251234567", False)]
)
def test_only_mainland_mobiles_are_mobiles(number: str, mobile: bool) -> None:
    assert phone.is_mobile(number) is mobile
