"""The hours of rest, in which no family is sent anything."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from .moments import BEIJING


def quiet_until(hours: tuple[str, str] | None, moment: datetime) -> datetime | None:
    """When the rest ends that this moment falls into; None while anything may be sent.

    >>> night = ("21:00", "08:00")
    >>> quiet_until(night, datetime(2026, 11, 23, 21, 30, tzinfo=BEIJING)).isoformat()
    '2026-11-24T08:00:00+08:00'
    >>> quiet_until(night, datetime(2026, 11, 24, 8, 0, tzinfo=BEIJING)) is None
    True
    """
    if hours is None:
        return None
    start, end = map(time.fromisoformat, hours)
    local = moment.astimezone(BEIJING)
    now = local.time()
    # Rest that begins in the evening goes on past midnight.
    rests = start <= now < end if start <= end else now >= start or now < end
    if not rests:
        return None
    day = local.date() + timedelta(days=1 if now >= end else 0)
    return datetime.combine(day, end, BEIJING)
