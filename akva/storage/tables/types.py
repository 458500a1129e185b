"""Column types, and the metadata that names every constraint."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CHAR, BigInteger, DateTime, Dialect, Integer, MetaData, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from akva.model.episodes import Occasion

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite's own row number where it is a primary key, 64 bits in both engines.
Whole = BigInteger().with_variant(Integer(), "sqlite")


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant; on SQLite 27 characters whose order as text is their order in time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(CHAR(27))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> object:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return written(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: object, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        match value:
            case None:
                return None
            case datetime():
                return value.astimezone(UTC)
        return datetime.fromisoformat(str(value)).astimezone(UTC)


class OccasionText(TypeDecorator[Occasion]):
    """Where in the episode a measure falls, by its own word."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Occasion | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value and str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Occasion | None:  # noqa: ARG002
        return None if value is None else Occasion(value)


def written(instant: datetime) -> str:
    """Write an instant as SQLite keeps it: 2026-11-21T10:00:00.000000Z."""
    naive = instant.astimezone(UTC).replace(tzinfo=None)
    return naive.isoformat(timespec="microseconds") + "Z"
