"""Reads the texts of a query's parameters; each raises InvalidRequest naming its parameter."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from akva.api.operation import Query
from akva.errors import Fault, InvalidRequest

INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?Z", re.ASCII
)
WHOLE = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
E = TypeVar("E", bound=StrEnum)

T = TypeVar("T")

LIMIT = Query(
    description="How many of the list to give",
    schema={"type": "string", "pattern": "^([1-9][0-9]?|1[0-9][0-9]|200)$"},
)
AFTER = Query(
    description="Where to go on: `next` of the page before",
    schema={"type": "string", "pattern": "^[1-9][0-9]{0,8}$"},
)
MOST, USUAL = 200, "100"


class Flag(StrEnum):
    TRUE = "true"
    FALSE = "false"


def choosing(description: str, kind: type[StrEnum]) -> Query:
    """Describe a parameter that is one of an enumeration's values."""
    return Query(description=description, schema={"type": "string", "enum": [*kind]})


def instant_of(description: str) -> Query:
    """Describe a parameter that is an instant."""
    return Query(description=description, schema={"type": "string", "format": "date-time"})


def choice(query: Mapping[str, str], name: str, usual: E) -> E:
    """Read one of an enumeration's values, or take the usual one."""
    kind = type(usual)
    text = query.get(name, usual)
    if text not in {*kind}:
        raise wrong(name, f"one of {', '.join(kind)}")
    return kind(text)


def flag(query: Mapping[str, str], name: str) -> bool:
    return choice(query, name, Flag.FALSE) is Flag.TRUE


def instant(query: Mapping[str, str], name: str) -> datetime | None:
    """Read an instant; None where the parameter is absent."""
    text = query.get(name)
    if text is None:
        return None
    found = moment(text) if INSTANT.fullmatch(text) else None
    if found is None:
        raise wrong(name, "an instant in UTC, such as 2026-03-02T09:30:00Z")
    return found


def moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # a day or an hour that is none
        return None


def wrong(name: str, what: str) -> InvalidRequest:
    return InvalidRequest(Fault("wrong-type", f"?{name}", f"this is not {what}", f"give {what}"))


def whole(query: Mapping[str, str], name: str, usual: str = "") -> int:
    """Read a whole number above zero."""
    text = query.get(name, usual)
    if not WHOLE.fullmatch(text):
        raise wrong(name, "a whole number from 1")
    return int(text)


def paged(query: Mapping[str, str], items: Sequence[T]) -> tuple[Sequence[T], str | None]:
    """Give one page of a list that only grows at its end, and the cursor of the next."""
    count = whole(query, "limit", USUAL)
    if count > MOST:
        raise wrong("limit", f"a whole number from 1 to {MOST}")
    start = whole(query, "after") if "after" in query else 0
    following = start + count
    return items[start:following], str(following) if following < len(items) else None
