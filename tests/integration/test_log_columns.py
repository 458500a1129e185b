"""Every column of the log's tables, changed on several rows: verification names an index."""

import sqlite3

import pytest
from sqlalchemy import Table

from akva.errors import LogBroken
from akva.storage.tables.log import (
    acts,
    log_checkpoints,
    log_head,
    log_leaves,
    log_nodes,
    log_payloads,
)
from tests.house import House
from tests.integration.test_log_verify import busy, disarm, flipped

TABLES = (acts, log_checkpoints, log_head, log_leaves, log_nodes, log_payloads)
COLUMNS = [
    f"{table.name}.{column.name}"
    for table in TABLES
    for column in table.columns
    if f"{table.name}.{column.name}" != "log_head.k"  # the name of the one row
]


def changed(value: object) -> object:
    """Change a number by much, anything else by one bit."""
    return value + 100_000 if isinstance(value, int) else flipped(value)


def tables() -> dict[str, Table]:
    return {table.name: table for table in TABLES}


@pytest.mark.parametrize("place", COLUMNS)
def test_a_changed_column_is_found_on_every_row(embedded: House, place: str) -> None:
    """First, middle and last row each; what is restored holds again."""
    busy(embedded)
    table, _, column = place.partition(".")
    raw = sqlite3.connect(
        embedded.settings.database.removeprefix("sqlite:///"), isolation_level=None
    )
    disarm(raw)
    rows = raw.execute(f'SELECT rowid, "{column}" FROM {table} ORDER BY 1').fetchall()  # noqa: S608

    for rowid, value in (rows[0], rows[len(rows) // 2], rows[-1]):
        other = b"x" if value is None else changed(value)
        raw.execute(f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?', (other, rowid))  # noqa: S608
        with pytest.raises(LogBroken, match=r"log entry \d+:"):
            embedded.akva.auditing.verify()
        back = rowid if rowid_is(table, column) is False else other
        where = "rowid" if rowid_is(table, column) is False else f'"{column}"'
        raw.execute(f'UPDATE {table} SET "{column}" = ? WHERE {where} = ?', (value, back))  # noqa: S608
        embedded.akva.auditing.verify()

    raw.close()


def rowid_is(table: str, column: str) -> bool:
    """Tell whether the column is SQLite's own row number, which then changes with it."""
    keys = list(tables()[table].primary_key)
    return len(keys) == 1 and keys[0].name == column and keys[0].name in {"index", "size"}


def test_a_log_cut_short_with_its_checkpoints_is_found_by_what_was_signed(
    embedded: House,
) -> None:
    size = busy(embedded)
    raw = sqlite3.connect(
        embedded.settings.database.removeprefix("sqlite:///"), isolation_level=None
    )
    disarm(raw)
    raw.execute("DELETE FROM log_checkpoints")

    with pytest.raises(LogBroken, match="signed last"):
        embedded.akva.auditing.verify()

    assert size > 0
    raw.close()


ROWS = {
    "reports": "sealed",
    "assessments": "sealed",
    "consent_events": "purpose",
}


@pytest.mark.parametrize("table", ROWS)
def test_a_row_behind_an_act_is_held_to_what_was_recorded(embedded: House, table: str) -> None:
    busy(embedded)
    raw = sqlite3.connect(
        embedded.settings.database.removeprefix("sqlite:///"), isolation_level=None
    )
    disarm(raw)
    column = ROWS[table]
    [(rowid, value), *_] = raw.execute(f"SELECT rowid, {column} FROM {table}").fetchall()  # noqa: S608
    raw.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (flipped(value), rowid))  # noqa: S608

    with pytest.raises(LogBroken):
        embedded.akva.auditing.verify()

    raw.close()
