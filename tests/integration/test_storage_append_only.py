"""What was appended stays: UPDATE, DELETE, TRUNCATE and SQLite's REPLACE meet a trigger each."""

import sqlite3
from hashlib import sha256

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from akva.storage.database import Database
from akva.storage.engines.readiness import APPEND_ONLY
from akva.storage.tables.types import metadata
from tests.attacks import CODE, Raw, run
from tests.clocks import TickingClock
from tests.filled import fill


def refused(raw: Raw, statement: str) -> str:
    """Give the guard's word, or that the statement passed."""
    try:
        run(raw, statement)
    except (sqlite3.Error, psycopg.Error) as error:
        found = CODE.search(str(error))
        return found[1] if found else str(error)
    return "passed"


def attacks(table: str, raw: Raw) -> list[str]:
    column = next(iter(metadata.tables[table].primary_key)).name
    common = [
        f'UPDATE {table} SET "{column}" = "{column}"',  # noqa: S608
        f"DELETE FROM {table}",  # noqa: S608
    ]
    if isinstance(raw, sqlite3.Connection):
        return common
    return [*common, f"TRUNCATE {table} CASCADE"]


def test_nothing_appended_is_changed_or_taken_away(database: Database, raw: Raw) -> None:
    database.write(fill)

    answers = {
        attack: refused(raw, attack) for table in APPEND_ONLY for attack in attacks(table, raw)
    }

    assert dict.fromkeys(answers, "APPEND_ONLY") == answers


def test_without_its_trigger_a_row_would_go(database: Database, raw: Raw) -> None:
    """Control."""
    database.write(fill)
    on = "" if isinstance(raw, sqlite3.Connection) else "refusals"
    if on:
        run(raw, "DROP TRIGGER refusals_append_only ON refusals")
    else:
        run(raw, "DROP TRIGGER refusals_no_delete")

    assert "passed" == refused(raw, "DELETE FROM refusals")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_on_sqlite_no_row_is_replaced(sqlite_address: str, table: str) -> None:
    database = Database(sqlite_address, TickingClock())
    database.write(fill)
    attack = text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608

    with pytest.raises(IntegrityError, match=r"AKVA0\d:"):
        database.write(lambda session, _: session.execute(attack))

    database.close()


def test_on_sqlite_without_recursive_triggers_rows_would_be_replaced(sqlite_address: str) -> None:
    """Control: a connection without our settings, as SQLite opens it, replaces in silence."""
    database = Database(sqlite_address, TickingClock())
    database.write(fill)
    database.close()
    raw = sqlite3.connect(sqlite_address.removeprefix("sqlite:///"), isolation_level=None)
    raw.create_function("akva_sha256", 1, lambda data: sha256(data).digest())

    answers = {
        table: refused(raw, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608
        for table in APPEND_ONLY
    }
    raw.close()

    # The guard against INSERT that the leaves have needs no setting.
    assert {**dict.fromkeys(APPEND_ONLY, "passed"), "log_leaves": "NOT_THE_NEXT_INDEX"} == answers
