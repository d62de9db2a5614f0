"""Moments of time: kept as ISO 8601 text with +08:00, and which Beijing date they fall on."""

from datetime import UTC, date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Beijing")


def now_text() -> str:
    return iso(datetime.now(UTC))


def iso(moment: datetime) -> str:
    """``2026-11-02T09:30:00+08:00``; texts sort as the moments do."""
    return _in_beijing(moment).isoformat(timespec="seconds")


def parse(text: str) -> datetime:
    """The moment of an ISO 8601 text; raises ``ValueError`` if it has no offset."""
    return _in_beijing(datetime.fromisoformat(text))


def beijing_date(moment: datetime) -> date:
    """The date in Beijing, by which all working days are counted."""
    return _in_beijing(moment).date()


def _in_beijing(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset")
    return moment.astimezone(BEIJING)
