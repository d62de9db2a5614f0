import pytest

from chalicelib.catalogue.kinds import Code, KindError, age


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("81", "81"),
        ("８１", "81"),
        ("81岁", "81"),
        ("81 周岁", "81"),
        ("82 虚岁", "82"),
        ("007", "7"),
        ("0", "0"),
        ("130", "130"),
    ],
)
def test_whole_years_are_accepted(typed: str, kept: str) -> None:
    assert age.validate(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("131", Code.RANGE),
        ("9" * 400, Code.RANGE),
        ("-1", Code.NUMBER),
        ("81.5", Code.NUMBER),
        ("八十", Code.NUMBER),
        ("1e2", Code.NUMBER),
        ("٨١", Code.NUMBER),
        ("岁", Code.NUMBER),
    ],
)
def test_other_ages_are_refused(typed: str, code: Code) -> None:
    with pytest.raises(KindError) as caught:
        age.validate(typed)
    assert caught.value.code is code
