import pytest

from chalicelib.catalogue.kinds import Code, KindError, name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("王五", "王五"),
        ("王 五", "王五"),
        ("王\u3000五\n", "王五"),
        ("\u202a王五\u202c\u200b", "王五"),
        ("欧阳娜娜", "欧阳娜娜"),
        ("那", "那"),
        ("李〇", "李〇"),
        ("𠮷野𫟷𨭎", "𠮷野𫟷𨭎"),
        ("王\U00031350", "王\U00031350"),  # extension H, newer than Python 3.11's tables
        ("王\U0002ebf0", "王\U0002ebf0"),  # extension I
        ("⼯藤", "工藤"),  # a radical that some input methods produce
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("迪丽热巴·迪力木拉提·阿不都热合曼", "迪丽热巴·迪力木拉提·阿不都热合曼"),
        ("Mary Ann Smith", "Mary Ann Smith"),
        ("ＭＡＲＹ　ＳＭＩＴＨ", "MARY SMITH"),
        ("J. R. O’Neill-Smith", "J. R. O’Neill-Smith"),
        ("José Müller", "José Müller"),
        ("Lễ. T. Nguyễn", "Lễ. T. Nguyễn"),
        ("Jose\u0301", "José"),
        ("གྱལ", "གྱལ"),
        ("王Mary", "王Mary"),
    ],
)
def test_names_that_people_have_are_kept(typed: str, kept: str) -> None:
    assert name.validate(typed) == kept


@pytest.mark.parametrize("dot", ["·", "•", "・", "･", "‧", "．", ".", "∙", "⋅", " · ", " . ", "··"])
def test_every_middle_dot_becomes_the_one_of_the_standard(dot: str) -> None:
    assert name.validate(f"阿卜杜拉{dot}买买提") == "阿卜杜拉·买买提"


@pytest.mark.parametrize(
    "typed",
    [
        "王五1",
        "王五１",
        "王٣",
        "王<b>",
        "王＞",
        "王🙂",
        "👩🏽",
        "王\x00五",
        "王\x1b五",
        "王\ud800",
        "王\ue000",
        "王\U000f0000",
        "王\U0001fffe",
        "王\U0002fffe",
        "·王五",
        "王五·",
        "王五.",
        "王五 .",
        ".王五",
        "王䷀",
        "...",
        "-",
        "王五（小名）",
        "王五;",
        '王"五',
        "王&五",
        "王=五",
    ],
    ids=ascii,
)
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(KindError) as caught:
        name.validate(typed)
    assert caught.value.code is Code.CHARACTERS


@pytest.mark.parametrize("character", ["王", "𠮷", "a"])
def test_fifty_characters_are_the_most(character: str) -> None:
    assert name.validate(character * 50) == character * 50
    with pytest.raises(KindError) as caught:
        name.validate(character * 51)
    assert caught.value.code is Code.TOO_LONG
