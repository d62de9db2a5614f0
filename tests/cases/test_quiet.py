"""The hours of rest end in the morning, whether they begin before midnight or after."""

import doctest
from datetime import UTC, datetime

import pytest

from chalicelib.cases import quiet
from chalicelib.cases.moments import BEIJING, iso
from chalicelib.cases.quiet import quiet_until

NIGHT, NOON = ("21:00", "08:00"), ("12:00", "13:30")


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("hours", "moment", "until"),
    [
        (NIGHT, "2026-11-23T20:59:59", None),
        (NIGHT, "2026-11-23T21:00:00", "2026-11-24T08:00:00+08:00"),
        (NIGHT, "2026-12-31T23:59:59", "2027-01-01T08:00:00+08:00"),
        (NIGHT, "2026-11-24T00:00:00", "2026-11-24T08:00:00+08:00"),
        (NIGHT, "2026-11-24T07:59:59", "2026-11-24T08:00:00+08:00"),
        (NIGHT, "2026-11-24T08:00:00", None),
        (NOON, "2026-11-24T11:59:59", None),
        (NOON, "2026-11-24T12:00:00", "2026-11-24T13:30:00+08:00"),
        (NOON, "2026-11-24T13:30:00", None),
        (("08:00", "08:00"), "2026-11-24T08:00:00", None),
        (None, "2026-11-24T03:00:00", None),
    ],
)
def test_a_message_waits_until_the_rest_is_over(hours: tuple[str, str] | None, moment: str, until: str | None) -> None:
    found = quiet_until(hours, beijing(moment))
    assert (found and iso(found)) == until


def test_beijing_decides_wherever_the_clock_stands() -> None:
    assert quiet_until(NIGHT, datetime(2026, 11, 23, 13, 30, tzinfo=UTC)) == beijing("2026-11-24T08:00:00")
    assert quiet_until(NIGHT, datetime(2026, 11, 23, 21, 30, tzinfo=UTC)) == beijing("2026-11-24T08:00:00")
    assert quiet_until(NIGHT, datetime(2026, 11, 23, 4, 30, tzinfo=UTC)) is None


def test_the_examples_in_its_description_hold() -> None:
    assert doctest.testmod(quiet).failed == 0
