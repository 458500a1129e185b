"""Between a table's columns and the frozen row that crosses the room's border."""

from collections.abc import Collection, Iterator
from dataclasses import Field, fields
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Column, RowMapping, Select, Table
from sqlalchemy.orm import Session

from akva.storage.engines.batches import batches


class Row(Protocol):
    """Any dataclass whose fields are named as the table's columns."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


R = TypeVar("R", bound=Row)


def columns(table: Table, row: type[Row]) -> list[Column[Any]]:
    """List the columns that a row of this class holds."""
    return [table.c[field.name] for field in fields(row)]


def values(row: Row) -> dict[str, Any]:
    """Give a row's fields as parameters; nothing is copied."""
    return {field.name: getattr(row, field.name) for field in fields(row)}


def one(session: Session, statement: Select[Any], row: type[R]) -> R | None:
    found = session.execute(statement).mappings().one_or_none()
    return None if found is None else row(**found)


def many(session: Session, statement: Select[Any], row: type[R]) -> list[R]:
    return [row(**found) for found in session.execute(statement).mappings()]


def among(
    session: Session, statement: Select[Any], column: Column[Any], ids: Collection[UUID]
) -> Iterator[RowMapping]:
    """Give what the statement finds for these ids, however many they are, smallest ids first."""
    for batch in batches(sorted(set(ids))):
        yield from session.execute(statement.where(column.in_(batch))).mappings()
