from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.cases import moments


@pytest.mark.parametrize(
    ("moment", "text", "day"),
    [
        (datetime(2026, 11, 2, 1, 30, tzinfo=UTC), "2026-11-02T09:30:00+08:00", date(2026, 11, 2)),
        (datetime(2026, 11, 2, 15, 59, 59, tzinfo=UTC), "2026-11-02T23:59:59+08:00", date(2026, 11, 2)),
        (datetime(2026, 11, 2, 16, 0, tzinfo=UTC), "2026-11-03T00:00:00+08:00", date(2026, 11, 3)),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "2027-01-01T00:00:00+08:00", date(2027, 1, 1)),
    ],
)
def test_a_moment_is_written_and_dated_as_in_beijing(moment: datetime, text: str, day: date) -> None:
    assert moments.iso(moment) == text
    assert moments.beijing_date(moment) == day
    assert moments.parse(text) == moment


def test_now_is_written_with_the_offset_of_beijing() -> None:
    assert moments.now_text().endswith("+08:00")
    assert abs(moments.parse(moments.now_text()) - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize("use", [moments.iso, moments.beijing_date])
def test_a_moment_without_an_offset_is_no_moment(use: object) -> None:
    assert callable(use)
    with pytest.raises(ValueError, match="offset"):
        use(datetime(2026, 11, 2, tzinfo=None))  # noqa: DTZ001


def test_a_text_without_an_offset_is_no_moment() -> None:
    with pytest.raises(ValueError, match="offset"):
        moments.parse("2026-11-02T09:30:00")
