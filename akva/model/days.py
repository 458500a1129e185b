"""Days are Europe/Helsinki dates, instants are aware UTC; this is the one place that turns them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def day_of(instant: datetime) -> date:
    """Tell the day it is in Finland at that instant."""
    return instant.astimezone(HELSINKI).date()


def start_of(day: date) -> datetime:
    """Tell the instant at which the day begins in Finland."""
    return datetime.combine(day, time(), HELSINKI).astimezone(UTC)


def months_later(day: date, months: int) -> date:
    """Move to the same day of a later calendar month, or to that month's last day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last = (first_of_next - date.resolution).day
    return date(year, month, min(day.day, last))
