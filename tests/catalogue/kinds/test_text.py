import pytest

from chalicelib.catalogue.kinds import Code, KindError, text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("任城区某某路（西段）１号", "任城区某某路（西段）１号"),
        ("一行\r\n两行\t三\u2028四", "一行 两行 三 四"),
        ("a < b & c > d", "a < b & c > d"),
        ("\u202e女儿\u200b", "女儿"),
        ("𠮷村\U00031350屯", "𠮷村\U00031350屯"),
        ("e\u0301", "é"),
        ("字" * 200, "字" * 200),
        ("侄女🙂", "侄女🙂"),
    ],
)
def test_printable_text_is_kept_as_typed_on_one_line(typed: str, kept: str) -> None:
    assert text.validate(typed) == kept


@pytest.mark.parametrize("typed", ["a\x00", "a\x1b[31m", "a\x7f", "a\x9b", "\ud800", "\ue000", "\ufffe"], ids=ascii)
def test_control_and_private_characters_are_refused(typed: str) -> None:
    with pytest.raises(KindError) as caught:
        text.validate(typed)
    assert caught.value.code is Code.CHARACTERS


def test_more_than_two_hundred_characters_are_too_long() -> None:
    with pytest.raises(KindError) as caught:
        text.validate("字" * 201)
    assert caught.value.code is Code.TOO_LONG
