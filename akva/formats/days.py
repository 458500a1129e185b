"""Days as they are written: YYYY-MM-DD and in no other way."""

import re
from datetime import date

from akva.errors import Fault

PATTERN = "(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}"
WRITTEN = re.compile(PATTERN, re.ASCII)
WHAT = "a day of the calendar, written YYYY-MM-DD"


def day(value: object) -> date | None:
    """Read a day; None for what is none."""
    if not isinstance(value, str) or not WRITTEN.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def fault(where: str) -> Fault:
    return Fault("wrong-type", where, f"this is not {WHAT}", f"give {WHAT}")
