"""Readers of JSON values by shape: each gives the value, or raises InvalidRequest with all faults.

A reader takes the value and its JSON pointer (RFC 6901). What was sent never stands in a fault.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias, TypeVar

from akva.errors import Fault, InvalidRequest
from akva.formats.jsontext import Doubled

T = TypeVar("T")
Chosen = TypeVar("Chosen", bound=StrEnum)
Reader: TypeAlias = Callable[[object, str], T]

# Only such a name is shown to whoever sent it: another could be an identity code in a wrong place.
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}", re.ASCII)
LARGEST = 2**53 - 1  # RFC 7493
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Field:
    read: Reader[object]
    needed: bool = False


def needed(read: Reader[object]) -> Field:
    return Field(read, needed=True)


def wrong(where: str, what: str) -> InvalidRequest:
    return InvalidRequest(Fault("wrong-type", where, f"this is not {what}", f"give {what}"))


def text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise wrong(where, "a text with something in it")
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise wrong(where, "a text that can be written in UTF-8")
    return value


def whole(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong(where, "a whole number")
    if abs(value) > LARGEST:
        raise wrong(where, "a whole number below 2^53")
    return value


def number(value: object, where: str) -> float:
    return value if isinstance(value, float) else whole(value, where)


def truth(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise wrong(where, "true or false")
    return value


def day(value: object, where: str) -> date:
    what = "a day of the calendar, written YYYY-MM-DD"
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise wrong(where, what)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise wrong(where, what) from None


def code(kind: type[Chosen]) -> Reader[Chosen]:
    """Read one of an enumeration's values."""

    def read(value: object, where: str) -> Chosen:
        for member in kind:
            if value == member.value:
                return member
        raise wrong(where, f"one of {', '.join(kind)}")

    return read


def many(read: Reader[T]) -> Reader[tuple[T, ...]]:
    """Read an array of one shape."""

    def read_many(value: object, where: str) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise wrong(where, "an array")
        return tuple(every((f"{where}/{place}", read, one) for place, one in enumerate(value)))

    return read_many


def named(read: Reader[T]) -> Reader[dict[str, T]]:
    """Read an object whose names the sender chooses, as item ids."""

    def read_named(value: object, where: str) -> dict[str, T]:
        if not isinstance(value, dict):
            raise wrong(where, "an object")
        refuse(misnamed(value, where, known=None))
        read_all = every((f"{where}/{name}", or_none(read), one) for name, one in value.items())
        return dict(zip(value, read_all, strict=True))

    return read_named


def record(make: Callable[..., T], fields: Mapping[str, Field]) -> Reader[T]:
    """Read an object with these fields and no other; null is the same as absent."""

    def read_record(value: object, where: str) -> T:
        if not isinstance(value, dict):
            raise wrong(where, "an object")
        faults = [
            *misnamed(value, where, known=fields),
            *(
                Fault("field-missing", f"{where}/{name}", "this field is needed", "add it")
                for name, field in fields.items()
                if field.needed and value.get(name) is None
            ),
        ]
        given = {name: fields[name] for name in fields if value.get(name) is not None}
        read_all = every(
            ((f"{where}/{name}", field.read, value[name]) for name, field in given.items()), faults
        )
        return make(**dict(zip(given, read_all, strict=True)))

    return read_record


def every(parts: Iterable[tuple[str, Reader[T], object]], faults: Iterable[Fault] = ()) -> list[T]:
    """Read every part, then raise all faults at once, with those found before."""
    found, values = list(faults), []
    for where, read, value in parts:
        try:
            values.append(read(value, where))
        except InvalidRequest as error:
            found.extend(error.faults)
    refuse(found)
    return values


def refuse(faults: Iterable[Fault]) -> None:
    if found := tuple(faults):
        raise InvalidRequest(*found)


def misnamed(
    value: dict[str, object], where: str, *, known: Mapping[str, Field] | None
) -> Iterator[Fault]:
    """Name what stands twice or is not known; a name that is no plain word is not repeated."""
    for name in value:
        if not NAME.fullmatch(name):
            yield Fault("unknown-field", where, "a field here has no plain name", "correct it")
        elif known is not None and name not in known:
            step = f"leave it out, or use one of {', '.join(known)}"
            yield Fault("unknown-field", f"{where}/{name}", "there is no such field", step)
    if isinstance(value, Doubled):
        for name in filter(NAME.fullmatch, value.twice):
            yield Fault("duplicate-key", f"{where}/{name}", "this stands twice", "keep one")


def or_none(read: Reader[T]) -> Reader[T | None]:
    return lambda value, where: None if value is None else read(value, where)
