"""Between a table's columns and the frozen row that crosses the room's border."""

from collections.abc import Iterable
from dataclasses import Field, fields
from typing import Any, ClassVar, Protocol

from sqlalchemy import Column, Table


class Row(Protocol):
    """Any dataclass whose fields are named as the table's columns."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


def columns(table: Table, row: type[Row]) -> list[Column[Any]]:
    """List the columns that a row of this class holds."""
    return [table.c[field.name] for field in fields(row)]


def values(row: Row) -> dict[str, Any]:
    """Give a row's fields as parameters; nothing is copied."""
    return {field.name: getattr(row, field.name) for field in fields(row)}


def all_values(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [values(row) for row in rows]
