"""Raw SQL over the driver's own connection, as one would write it who got hold of the database."""

import re
import sqlite3
from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

import psycopg

from akva.storage.tables.types import written

Raw: TypeAlias = sqlite3.Connection | psycopg.Connection
CODE = re.compile(r"AKVA0\d:(\w+)")


def insert(raw: Raw, table: str, row: Mapping[str, object], *, verb: str = "INSERT") -> None:
    """Insert a row as the engine writes its values."""
    names = ", ".join(f'"{name}"' for name in row)
    if isinstance(raw, sqlite3.Connection):
        marks = ", ".join("?" * len(row))
        statement = f"{verb} INTO {table} ({names}) VALUES ({marks})"
        raw.execute(statement, [as_text(value) for value in row.values()])
    else:
        marks = ", ".join(["%s"] * len(row))
        statement = f"{verb} INTO {table} ({names}) VALUES ({marks})"
        raw.execute(statement.encode(), [*row.values()])


def as_text(value: object) -> object:
    match value:
        case UUID():
            return value.hex
        case datetime():
            return written(value)
        case date():
            return value.isoformat()
    return value


def run(raw: Raw, statement: str) -> None:
    if isinstance(raw, sqlite3.Connection):
        raw.execute(statement)
    else:
        raw.execute(statement.encode())


def drop_trigger(raw: Raw, trigger: str, table: str) -> None:
    on = "" if isinstance(raw, sqlite3.Connection) else f" ON {table}"
    run(raw, f"DROP TRIGGER {trigger}{on}")


def answer(raw: Raw, table: str, row: Mapping[str, object], *, verb: str = "INSERT") -> str | None:
    """Try to insert, undo it, and give the code with which a guard refused, None if it passed."""
    run(raw, "BEGIN")
    try:
        insert(raw, table, row, verb=verb)
    except (sqlite3.Error, psycopg.Error) as error:
        found = CODE.search(str(error))
        if found is None:
            raise
        return found[1]
    finally:
        run(raw, "ROLLBACK")
    return None
