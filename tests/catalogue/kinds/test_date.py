import pytest

from chalicelib.catalogue.kinds import Code, KindError, date


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-02",
        "2026-11-2",
        "2026年11月2日",
        "2026 年 11 月 02 日",
        "2026年11月2号",
        "2026/11/2",
        "2026.11.2",
        "20261102",
        "２０２６年１１月２日",
        "２０２６／１１／０２",
        "2026—11—02",
    ],
)
def test_every_usual_way_of_writing_a_date_is_understood(typed: str) -> None:
    assert date.validate(typed) == "2026-11-02"


@pytest.mark.parametrize("typed", ["1900-01-01", "2024-02-29", "2000-02-29", "9999-12-31"])
def test_days_that_exist_since_1900_are_accepted(typed: str) -> None:
    assert date.validate(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "1899-12-31",
        "2026-02-29",
        "1900-02-29",
        "2026-13-01",
        "2026-00-01",
        "2026-11-31",
        "0000-01-01",
        "11-02",
        "2026-11",
        "26-11-02",
        "2026112",
        "202611022",
        "11/2/2026",
        "２０２６年",
        "昨天",
        "٢٠٢٦-١١-٠٢",
        "٢٠٢٦-11-02",
        "2026年١1月02日",
        "2026-11-02T00:00",
    ],
)
def test_other_texts_are_no_date(typed: str) -> None:
    with pytest.raises(KindError) as caught:
        date.validate(typed)
    assert caught.value.code is Code.DATE


@pytest.mark.parametrize(("typed", "shown"), [("2026-11-02", "2026年11月2日"), ("昨天", "昨天")])
def test_a_date_is_shown_the_chinese_way(typed: str, shown: str) -> None:
    assert date.format(typed) == shown
