import pytest

from chalicelib.catalogue.kinds import Code, KindError, kind, sex, yes_no


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("男", "male"), ("女性", "female"), (" Male ", "male"), ("ｆｅｍａｌｅ", "female"), ("女", "female")],
)
def test_sex_is_understood_in_both_languages(typed: str, kept: str) -> None:
    assert sex.validate(typed) == kept


@pytest.mark.parametrize(("kept", "shown"), [("male", "男"), ("female", "女"), ("?", "?")])
def test_sex_is_shown_in_chinese(kept: str, shown: str) -> None:
    assert sex.format(kept) == shown


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("true", True),
        ("是", True),
        ("False", False),
        ("否", False),
        ("unknown", "unknown"),
        ("不清楚", "unknown"),
    ],
)
def test_an_answer_is_yes_no_or_unknown(typed: str, answer: bool | str) -> None:
    assert yes_no.parse(typed) == answer
    assert yes_no.validate(typed) == str(answer).lower()


@pytest.mark.parametrize(("kept", "shown"), [("true", "是"), ("false", "否"), ("unknown", "不清楚"), ("?", "?")])
def test_an_answer_is_shown_in_chinese(kept: str, shown: str) -> None:
    assert yes_no.format(kept) == shown


@pytest.mark.parametrize("name", ["sex", "yes-no"])
@pytest.mark.parametrize("typed", ["也许", "1", "malefemale", "<是>", "\ud800"], ids=ascii)
def test_anything_else_is_no_choice(name: str, typed: str) -> None:
    with pytest.raises(KindError) as caught:
        kind(name).validate(typed)
    assert caught.value.code is Code.CHOICE
