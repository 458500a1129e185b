"""One byte changed anywhere in the stored log: verification fails and names the index."""

import sqlite3
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from akva.errors import ForkDetected, LogBroken
from tests.house import House, a_course, reportable

Raw = sqlite3.Connection | psycopg.Connection
AT = 5  # a leaf in the middle

PLACES: dict[str, tuple[str, str, str]] = {
    "a leaf": ("log_leaves", "leaf", '"index" = 5'),
    "a leaf's hash": ("log_leaves", "leaf_hash", '"index" = 5'),
    "an act's kind": ("acts", "kind", "log_index = 5"),
    "a sealed payload": ("log_payloads", "sealed", '"index" = 5'),
    "a subtree's hash": ("log_nodes", "hash", "level = 1 AND position = 2"),
    "the head's root": ("log_head", "root", "k = 1"),
    "the head's frontier": ("log_head", "frontier", "k = 1"),
    "a checkpoint": ("log_checkpoints", "note", "size > 0"),
}
NAMED = {"a subtree's hash": 4}


def disarm(raw: Raw) -> None:
    """Take away what keeps the tables as they are, as somebody with the whole database could."""
    if isinstance(raw, sqlite3.Connection):
        raw.execute("PRAGMA ignore_check_constraints = ON")
        triggers = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            raw.execute(f'DROP TRIGGER "{name}"')
        return
    raw.execute("SET session_replication_role = 'replica'")
    raw.execute("DROP TRIGGER reports_gate ON reports")  # `check` sees it: no other test gets this
    checks = raw.execute(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c'"
        " AND connamespace = 'public'::regnamespace"
    ).fetchall()
    for table, name in checks:
        raw.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def flipped(value: Any) -> Any:  # noqa: ANN401 - a column of any type
    if isinstance(value, str):
        middle = len(value) // 2
        return value[:middle] + chr(ord(value[middle]) ^ 1) + value[middle + 1 :]
    content = bytearray(value)
    content[len(content) // 2] ^= 1
    return bytes(content)


def change(raw: Raw, place: tuple[str, str, str], to: Callable[[Any], Any]) -> None:
    table, column, where = place
    [[value]] = raw.execute(f"SELECT {column} FROM {table} WHERE {where}").fetchall()  # noqa: S608
    mark = "?" if isinstance(raw, sqlite3.Connection) else "%s"
    raw.execute(f"UPDATE {table} SET {column} = {mark} WHERE {where}", (to(value),))  # noqa: S608


def busy(house: House) -> int:
    receipt = reportable(house)
    house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    house.akva.auditing.checkpoint()
    return house.akva.auditing.verify().size


@pytest.mark.parametrize("name", PLACES)
def test_one_flipped_byte_is_found_and_its_index_named(house: House, raw: Raw, name: str) -> None:
    size = busy(house)
    disarm(raw)
    change(raw, PLACES[name], flipped)

    with pytest.raises(LogBroken) as broken:
        house.akva.auditing.verify()

    of_the_edge = PLACES[name][0] in {"log_head", "log_checkpoints"}
    expected = size - 1 if of_the_edge else NAMED.get(name, AT)
    assert expected == broken.value.index
    assert f"log entry {expected}:" in str(broken.value)


TAKEN: dict[str, tuple[str, int]] = {
    'DELETE FROM log_leaves WHERE "index" = 5': ("a leaf", AT),
    'DELETE FROM log_payloads WHERE "index" = 5': ("a payload", AT),
    "DELETE FROM acts WHERE log_index = 5": ("an act", AT),
    "DELETE FROM log_nodes WHERE level = 2 AND position = 1": ("a subtree", 4),
    "UPDATE acts SET log_index = 500 WHERE log_index = 5": ("an act's place", AT),
}


@pytest.mark.parametrize("statement", TAKEN)
def test_what_was_taken_away_is_missed(house: House, raw: Raw, statement: str) -> None:
    busy(house)
    disarm(raw)
    raw.execute(statement)

    with pytest.raises(LogBroken) as broken:
        house.akva.auditing.verify()

    assert TAKEN[statement][1] == broken.value.index


def test_a_report_taken_away_is_missed(house: House, raw: Raw) -> None:
    size = busy(house)
    disarm(raw)
    raw.execute("DELETE FROM reports")

    with pytest.raises(LogBroken) as broken:
        house.akva.auditing.verify()

    assert size - 4 == broken.value.index


def test_an_untouched_log_holds(house: House) -> None:
    """The negative control."""
    size = busy(house)

    state = house.akva.auditing.verify()

    assert (size, 1) == (state.size, state.checkpoints)


def test_a_log_shorter_than_what_was_signed_is_not_signed_again(embedded: House) -> None:
    """Yesterday's database, brought back: the guard remembers what was signed today."""
    busy(embedded)
    today = sqlite3.connect(embedded.settings.database.removeprefix("sqlite:///"))
    yesterday = sqlite3.connect(":memory:")
    today.backup(yesterday)
    embedded.akva.courses.submit(embedded.recorder, a_course(None, hetu=None, reference="another"))
    embedded.akva.auditing.checkpoint()
    embedded.akva.database.close()
    yesterday.backup(today)
    today.close()
    yesterday.close()
    embedded.akva.courses.submit(embedded.recorder, a_course(None, hetu=None, reference="a third"))

    with pytest.raises(ForkDetected):
        embedded.akva.auditing.checkpoint()
