from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cases.deadline import Reason, Skipped, due
from chalicelib.cases.holidays import published_calendar

CALENDAR = published_calendar()
ONE_DAY = timedelta(days=1)


def days(first: str, last: str) -> list[date]:
    start = date.fromisoformat(first)
    return [start + offset * ONE_DAY for offset in range((date.fromisoformat(last) - start).days + 1)]


@pytest.mark.parametrize(
    ("opened", "count", "day", "explanation"),
    [
        ("2026-11-23", 3, "2026-11-26", "从11月24日起算3个工作日，11月26日到期"),
        ("2026-11-20", 3, "2026-11-25", "周末不计，11月25日到期"),
        ("2026-11-02", 15, "2026-11-23", "周末不计，11月23日到期"),
        ("2026-11-21", 1, "2026-11-23", "周末不计，11月23日到期"),
        ("2026-09-30", 3, "2026-10-10", "10月1日至7日放假，10月10日到期"),
        ("2026-09-29", 3, "2026-10-09", "10月1日至7日放假，10月9日到期"),
        ("2026-10-03", 1, "2026-10-08", "10月4日至7日放假，10月8日到期"),
        ("2026-09-18", 1, "2026-09-20", "周末不计，9月20日到期"),
        ("2026-09-24", 10, "2026-10-15", "9月25日至27日放假，10月1日至7日放假，周末不计，10月15日到期"),
        ("2024-06-07", 1, "2024-06-11", "6月10日放假，周末不计，6月11日到期"),
        ("2023-09-28", 1, "2023-10-07", "9月29日至10月6日放假，10月7日到期"),
        ("2022-12-29", 2, "2023-01-03", "12月31日至2023年1月2日放假，2023年1月3日到期"),
        ("2026-11-23", 0, "2026-11-23", "11月23日当天到期"),
    ],
)
def test_a_due_day_counts_working_days_and_explains_itself(opened: str, count: int, day: str, explanation: str) -> None:
    result = due(date.fromisoformat(opened), count, CALENDAR)
    assert (result.day.isoformat(), result.provisional) == (day, False)
    assert result.explanation == explanation


def test_a_working_saturday_counts() -> None:
    saturday = date(2026, 10, 10)
    assert due(date(2026, 10, 9), 1, CALENDAR).day == saturday


@pytest.mark.parametrize(
    ("paused", "day", "explanation"),
    [
        (days("2026-11-19", "2026-11-23"), "2026-11-26", "11月19日至23日等待补正不计时，11月26日到期"),
        (days("2026-11-19", "2026-11-19"), "2026-11-24", "11月19日等待补正不计时，周末不计，11月24日到期"),
        (days("2026-11-20", "2026-11-20"), "2026-11-24", "11月20日等待补正不计时，周末不计，11月24日到期"),
        (days("2026-11-21", "2026-11-22"), "2026-11-23", "11月21日至22日等待补正不计时，11月23日到期"),
        (days("2026-11-01", "2026-11-18"), "2026-11-23", "周末不计，11月23日到期"),
        (days("2026-11-24", "2026-11-30"), "2026-11-23", "周末不计，11月23日到期"),
    ],
)
def test_days_waiting_for_a_correction_do_not_count(paused: list[date], day: str, explanation: str) -> None:
    result = due(date(2026, 11, 18), 3, CALENDAR, paused)
    assert (result.day.isoformat(), result.explanation) == (day, explanation)


def test_the_days_that_did_not_count_are_listed_in_ranges() -> None:
    result = due(date(2026, 9, 24), 10, CALENDAR, paused=[date(2026, 10, 8)])
    assert result.skipped == (
        Skipped(date(2026, 9, 25), date(2026, 9, 27), Reason.HOLIDAY, "中秋节"),
        Skipped(date(2026, 10, 1), date(2026, 10, 7), Reason.HOLIDAY, "国庆节"),
        Skipped(date(2026, 10, 8), date(2026, 10, 8), Reason.PAUSED),
        Skipped(date(2026, 10, 11), date(2026, 10, 11), Reason.WEEKEND),
    )


@pytest.mark.parametrize(
    ("opened", "count", "provisional"),
    [
        ("2021-12-30", 2, True),
        ("2026-12-23", 1, False),
        ("2026-12-23", 2, True),
        ("2026-12-28", 5, True),
        ("2027-05-10", 1, True),
    ],
)
def test_a_due_day_past_the_published_years_is_provisional_and_says_so(
    opened: str, count: int, provisional: bool
) -> None:
    result = due(date.fromisoformat(opened), count, CALENDAR)
    assert result.provisional is provisional
    assert ("日期可能调整" in result.explanation) is provisional


def test_past_the_published_years_only_weekends_are_left_out() -> None:
    result = due(date(2027, 9, 30), 5, CALENDAR)
    assert result.day == date(2027, 10, 7)
    assert result.explanation == "周末不计，10月7日到期（届时的放假安排尚未公布，日期可能调整）"


def test_a_negative_time_limit_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="negative"):
        due(date(2026, 11, 23), -1, CALENDAR)


@given(
    opened=st.dates(date(2022, 1, 1), date(2026, 10, 1)),
    count=st.integers(1, 40),
    pauses=st.sets(st.integers(1, 60), max_size=20),
)
def test_between_opening_and_due_lie_as_many_counted_days_as_promised(
    opened: date, count: int, pauses: set[int]
) -> None:
    paused = {opened + pause * ONE_DAY for pause in pauses}
    result = due(opened, count, CALENDAR, paused)
    assume_published = [day for day in days(str(opened + ONE_DAY), str(result.day)) if day.year <= 2026]
    counted = [day for day in assume_published if chinese_calendar.is_workday(day) and day not in paused]
    skipped = {day for gap in result.skipped for day in days(str(gap.first), str(gap.last))}
    assert len(counted) == count
    assert counted[-1] == result.day
    assert skipped == set(assume_published) - set(counted)
