"""Fields that answers share: how an instant, and a value that is its own object, are written."""

from datetime import UTC, datetime
from typing import Any

from marshmallow import fields


class Instant(fields.String):
    """An aware instant, written in UTC with Z; a null stays one."""

    def __init__(self, **told: Any) -> None:  # noqa: ANN401 - marshmallow's own options
        super().__init__(**told)
        self.metadata = {"format": "date-time", **self.metadata}

    def _serialize(self, value: Any, *_: Any, **_kw: Any) -> str | None:  # noqa: ANN401
        return written(value) if isinstance(value, datetime) else None


class Itself(fields.String):
    """The text of the object itself: an enumeration's value shown as a field of an object."""

    _CHECK_ATTRIBUTE = False

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> str:  # noqa: ANN401, ARG002
        return str(obj)


def written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
