"""The shipped calendar, day by day, against what others have read from the same notices."""

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from chalicelib.cases.deadline import is_working_day
from chalicelib.cases.holidays import Notice, published_calendar

CALENDAR = published_calendar()
YEARS = range(2022, 2027)


def days_of(year: int) -> Iterator[date]:
    return (date(year, 1, 1) + timedelta(days=offset) for offset in range(366 if year % 4 == 0 else 365))


def test_the_years_are_published_without_a_gap() -> None:
    assert [notice.year for notice in CALENDAR.notices] == list(YEARS)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_is_worked_or_free_as_chinesecalendar_says(year: int) -> None:
    differing = [day for day in days_of(year) if is_working_day(day, CALENDAR) != chinese_calendar.is_workday(day)]
    assert differing == []


@pytest.mark.parametrize("year", YEARS)
def test_every_free_weekday_and_no_other_is_free_as_holidays_says(year: int) -> None:
    others = holidays.country_holidays("CN", years=year)
    weekdays = [day for day in days_of(year) if day.weekday() < 5]
    assert [day for day in weekdays if day in CALENDAR.off] == [day for day in weekdays if day in others]


@pytest.mark.parametrize("notice", CALENDAR.notices, ids=lambda notice: str(notice.year))
def test_a_notice_is_cited_in_full(notice: Notice) -> None:
    assert notice.title == f"国务院办公厅关于{notice.year}年部分节假日安排的通知"
    assert notice.number.startswith(f"国办发明电〔{notice.year - 1}〕")
    assert notice.number.endswith("号")
    assert date(notice.year - 1, 10, 1) <= notice.published < date(notice.year, 1, 1)


@pytest.mark.parametrize("notice", CALENDAR.notices, ids=lambda notice: str(notice.year))
def test_a_notice_names_the_seven_holidays_once(notice: Notice) -> None:
    named = "、".join(holiday.name for holiday in notice.off).split("、")
    assert sorted(named) == sorted(["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"])


@pytest.mark.parametrize("notice", CALENDAR.notices, ids=lambda notice: str(notice.year))
def test_only_weekend_days_are_made_up_and_none_is_free_too(notice: Notice) -> None:
    assert all(day.weekday() >= 5 for day in notice.work)
    assert not CALENDAR.work & CALENDAR.off.keys()


def test_a_day_of_the_old_year_may_stand_in_the_new_years_notice() -> None:
    assert CALENDAR.off[date(2022, 12, 31)] == "元旦"


@pytest.mark.parametrize(
    ("day", "settled"),
    [
        (date(2021, 12, 31), False),
        (date(2022, 1, 1), True),
        (date(2025, 12, 31), True),
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
        (date(2027, 1, 1), False),
    ],
)
def test_a_day_is_settled_once_no_notice_can_change_it(day: date, settled: bool) -> None:
    assert CALENDAR.settled(day) is settled
