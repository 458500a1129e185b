"""A database is served only at its revision, with every guard in place and switched on."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from akva.errors import DatabaseNotReady
from akva.storage.database import Database
from tests.attacks import Raw, drop_trigger, run

OPENED = """
    CREATE OR REPLACE FUNCTION akva_gate() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RETURN NEW; END $$"""


def test_an_empty_database_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "akva.db").touch()
    database = Database(f"sqlite:///{tmp_path / 'akva.db'}")

    with pytest.raises(DatabaseNotReady, match="akva migrate"):
        database.check()

    database.close()


@pytest.mark.parametrize(
    "nowhere", ["sqlite:////nowhere/akva.db", "postgresql://nobody@/akva?host=/nowhere"]
)
def test_a_database_that_is_not_there_is_not_served(nowhere: str) -> None:
    database = Database(nowhere)

    with pytest.raises(DatabaseNotReady, match="address"):
        database.check()

    database.close()


def test_another_revision_is_not_served(database: Database, raw: Raw) -> None:
    run(raw, "UPDATE alembic_version SET version_num = '0000'")

    with pytest.raises(DatabaseNotReady, match="0000"):
        database.check()


def test_a_missing_guard_is_named(database: Database, raw: Raw) -> None:
    drop_trigger(raw, "reports_gate", "reports")

    with pytest.raises(DatabaseNotReady, match="reports_gate"):
        database.check()


def test_on_sqlite_a_guard_that_says_something_else_is_seen(sqlite_address: str) -> None:
    database = Database(sqlite_address)
    database.check()
    raw = sqlite3.connect(sqlite_address.removeprefix("sqlite:///"), isolation_level=None)
    raw.execute("DROP TRIGGER reports_gate")
    raw.execute("CREATE TRIGGER reports_gate BEFORE INSERT ON reports BEGIN SELECT 1; END")
    raw.close()

    with pytest.raises(DatabaseNotReady, match="something else"):
        database.check()

    database.close()


def test_on_sqlite_a_table_made_anew_without_its_constraints_is_seen(sqlite_address: str) -> None:
    database = Database(sqlite_address)
    raw = sqlite3.connect(sqlite_address.removeprefix("sqlite:///"), isolation_level=None)
    raw.execute("DROP TABLE idempotency")
    raw.execute("CREATE TABLE idempotency (actor_id, key, fingerprint, result_id, created_at)")
    raw.close()

    with pytest.raises(DatabaseNotReady, match="constraint"):
        database.check()

    database.close()


@pytest.mark.parametrize(
    ("attack", "word"),
    [
        ("ALTER TABLE reports DISABLE TRIGGER reports_gate", "guard"),
        ("ALTER TABLE reports DISABLE TRIGGER ALL", "guard"),
        ("ALTER TABLE subjects DISABLE TRIGGER ALL", "foreign key"),
        (OPENED, "guard"),
        ("ALTER TABLE reports DROP CONSTRAINT ck_reports_occasion", "constraint"),
        ("ALTER TABLE reports ALTER sealed DROP NOT NULL", "column"),
        ("DROP INDEX ix_register_keys_living", "index"),
        ("ALTER FUNCTION akva_gate() SECURITY INVOKER", "guard"),
    ],
)
def test_on_postgresql_a_guard_switched_off_or_changed_is_seen(
    postgresql_address: str, attack: str, word: str
) -> None:
    database = Database(postgresql_address)
    database.check()
    with psycopg.connect(postgresql_address, autocommit=True) as raw:
        raw.execute(attack.encode())

    with pytest.raises(DatabaseNotReady, match=word):
        database.check()

    database.close()


def test_on_postgresql_a_setting_that_weakens_is_seen(postgresql_address: str) -> None:
    """Set for the whole database, as an operator might in an emergency and then forget."""
    name = make_url(postgresql_address).database
    with psycopg.connect(postgresql_address, autocommit=True) as raw:
        raw.execute(f"ALTER DATABASE {name} SET session_replication_role = 'replica'".encode())
    database = Database(postgresql_address)

    with pytest.raises(DatabaseNotReady, match="session_replication_role"):
        database.check()

    database.close()
