"""Strict fields: each takes one JSON type, says what it wants, and tells its JSON Schema."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, TypedDict, Unpack
from uuid import UUID

from marshmallow import Schema, ValidationError, fields

from akva.formats import days
from akva.formats.schemas.faults import MISSING, outside, refusal, wrong

LARGEST = 2**53 - 1  # RFC 7493
LONGEST = 200  # signs
# What shows nothing; written out, for the dialects of patterns differ in what they call a blank.
BLANK = r"\u0001-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
SOMETHING = rf"^[{BLANK}]*[^\u0000{BLANK}][^\u0000]*$"
FILLED = re.compile(rf"[{BLANK}]*[^\0{BLANK}][^\0]*")
SURROGATE = re.compile("[\ud800-\udfff]")
UUID_TEXT = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
UUID_FORM = re.compile(UUID_TEXT, re.ASCII)
FIELD_MISSING = ("required", "null")


class Named(TypedDict, total=False):
    """What every field may be given: whether it is needed, and what it tells."""

    required: bool
    tells: str


def described(tells: str) -> dict[str, str]:
    """Give the description for the document, nothing where the field's name says it."""
    return {"description": tells} if tells else {}


class Own(fields.Field[Any], ABC):
    """A field that is read by `read`; it may be null unless it is needed."""

    what: ClassVar[str]
    shape: Mapping[str, Any]

    def __init__(self, *, required: bool = False, tells: str = "") -> None:
        super().__init__(required=required, allow_none=not required, metadata=described(tells))

    @abstractmethod
    def read(self, value: object) -> object:
        """Read a value that is not null; raises ValidationError with faults."""

    def _deserialize(self, value: object, *_: object, **_kw: object) -> object:
        return self.read(value)

    def make_error(self, key: str, **_: object) -> ValidationError:
        return refusal(MISSING if key in FIELD_MISSING else wrong(self.what))


class Text(Own):
    """A text with something in it, that any database can hold."""

    what = "a text with something in it"

    def __init__(self, *, longest: int = LONGEST, **named: Unpack[Named]) -> None:
        super().__init__(**named)
        self.longest = longest
        self.shape = {
            "type": "string",
            "minLength": 1,
            "maxLength": longest,
            "pattern": SOMETHING,
        }

    def read(self, value: object) -> str:
        if not isinstance(value, str):
            raise refusal(wrong(self.what))
        if len(value) > self.longest:
            raise refusal(outside(f"this has more than {self.longest} signs", "shorten it"))
        if not FILLED.fullmatch(value):
            raise refusal(wrong(self.what))
        if SURROGATE.search(value):
            raise refusal(wrong("a text that can be written in UTF-8"))
        return value


class WholeNumber(Own):
    """A whole number; JSON writes 3 and 3.0 alike."""

    what = "a whole number"

    def __init__(
        self, *, least: int = -LARGEST, most: int = LARGEST, **named: Unpack[Named]
    ) -> None:
        super().__init__(**named)
        self.least, self.most = least, most
        self.shape = {"type": "integer", "minimum": least, "maximum": most}

    def read(self, value: object) -> int:
        number = whole(value)
        if number is None:
            raise refusal(wrong(self.what))
        if abs(number) > LARGEST:
            raise refusal(wrong("a whole number below 2^53"))
        if not self.least <= number <= self.most:
            raise refusal(outside("no such number here", f"give {self.least} to {self.most}"))
        return number


def whole(value: object) -> int | None:
    """Give the whole number that a JSON number is, None for every other value."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


class Number(Own):
    what = "a number between -2^53 and 2^53"
    shape: Mapping[str, Any] = {
        "type": "number",
        "minimum": -LARGEST,
        "maximum": LARGEST,
    }

    def read(self, value: object) -> float:
        number = finite(value)
        if number is None:
            raise refusal(wrong(self.what))
        return number


def finite(value: object) -> float | None:
    """Give a number that is not beyond all sense, None for every other value."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if abs(value) <= LARGEST else None


class Truth(Own):
    what = "true or false"
    shape: Mapping[str, Any] = {"type": "boolean"}

    def read(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise refusal(wrong(self.what))
        return value


class Day(Own):
    what = days.WHAT
    shape: Mapping[str, Any] = {
        "type": "string",
        "format": "date",
        "pattern": rf"^{days.PATTERN}$",
    }

    def read(self, value: object) -> date:
        day = days.day(value)
        if day is None:
            raise refusal(wrong(self.what))
        return day


class Id(Own):
    what = "an id as AKVA gives them"
    shape: Mapping[str, Any] = {
        "type": "string",
        "format": "uuid",
        "pattern": rf"^{UUID_TEXT}$",
    }

    def read(self, value: object) -> UUID:
        if not isinstance(value, str) or not UUID_FORM.fullmatch(value):
            raise refusal(wrong(self.what))
        return UUID(value)


class Choice(Own):
    """One of an enumeration's values."""

    def __init__(self, kind: type[StrEnum], **named: Unpack[Named]) -> None:
        super().__init__(**named)
        self.members = {member.value: member for member in kind}
        self.shape = {"type": "string", "enum": [*self.members]}

    def read(self, value: object) -> StrEnum:
        member = self.members.get(value) if isinstance(value, str) else None
        if member is None:
            raise refusal(wrong(f"one of {', '.join(self.members)}"))
        return member


class Part(fields.Nested):
    """An object within another."""

    def __init__(self, schema: type[Schema], *, required: bool = False, tells: str = "") -> None:
        super().__init__(
            schema, required=required, allow_none=not required, metadata=described(tells)
        )

    def make_error(self, key: str, **_: object) -> ValidationError:
        return refusal(MISSING if key in FIELD_MISSING else wrong("an object"))


class Many(fields.List[Any]):
    """An array of one shape."""

    def __init__(
        self,
        inner: fields.Field[Any],
        *,
        most: int,
        least: int = 0,
        unique: bool = False,
        **named: Unpack[Named],
    ) -> None:
        required, tells = named.get("required", False), named.get("tells", "")
        super().__init__(
            inner, required=required, allow_none=not required, metadata=described(tells)
        )
        self.least, self.most = least, most
        self.shape: Mapping[str, Any] = {"minItems": least, "maxItems": most}
        if unique:
            self.shape = {**self.shape, "uniqueItems": True}

    def make_error(self, key: str, **_: object) -> ValidationError:
        return refusal(MISSING if key in FIELD_MISSING else wrong("an array"))

    def _deserialize(self, value: Any, *rest: Any, **kw: Any) -> Any:  # noqa: ANN401 - marshmallow's own signature
        if not isinstance(value, list):
            raise self.make_error("invalid")
        if not self.least <= len(value) <= self.most:
            raise refusal(
                outside(f"this has not {self.least} to {self.most} entries", "send parts of it")
            )
        return tuple(super()._deserialize(value, *rest, **kw))
