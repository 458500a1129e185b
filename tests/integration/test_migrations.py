"""One revision makes every table and guard, in both engines, and takes them away again."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, inspect

from akva.storage import migrations
from akva.storage.database import Database
from akva.storage.engines import readiness
from akva.storage.migrations import running
from akva.storage.tables.types import metadata
from tests.filled import fill


def test_the_revision_equals_the_tables_that_queries_use(database: Database) -> None:
    with database._writers.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )

        assert [] == compare_metadata(context, metadata)


def copied() -> MetaData:
    """Copy the tables: creating them once marks what was altered in afterwards."""
    copy = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.tables.values():
        table.to_metadata(copy)
    return copy


CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname::text, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        AND conrelid::regclass::text <> 'alembic_version' AND contype <> 'n'
    UNION ALL SELECT tablename::text, indexname::text, indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1, 2, 3"""


def test_on_postgresql_every_constraint_is_the_tables_own(postgresql_address: str) -> None:
    """Alembic compares neither checks nor deferral, so the catalogue is compared too."""
    database = Database(postgresql_address)
    with psycopg.connect(postgresql_address) as raw:
        migrated = raw.execute(CONSTRAINTS).fetchall()
    with database._writers.begin() as connection:
        running.downgrade(connection, "base")
        copied().create_all(connection)
    database.close()
    with psycopg.connect(postgresql_address) as raw:
        created = raw.execute(CONSTRAINTS).fetchall()

    assert created == migrated


def test_on_sqlite_every_clause_is_the_tables_own(sqlite_address: str, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'created.db'}")
    metadata.create_all(engine)
    engine.dispose()

    created = clauses(tmp_path / "created.db")
    migrated = clauses(Path(sqlite_address.removeprefix("sqlite:///")))

    assert created == migrated


def clauses(path: Path) -> dict[str, set[str]]:
    """Give what stands between the outer brackets of each table and index, clause by clause."""
    raw = sqlite3.connect(path)
    found = raw.execute(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
        " AND name <> 'alembic_version'"
    ).fetchall()
    raw.close()
    return {name: set(split(sql)) for name, sql in found}


def split(sql: str) -> Iterator[str]:
    """Split at the commas between the outer brackets; blanks and quotes do not count."""
    depth, clause = 0, ""
    for character in re.sub(r"\s+", " ", sql.replace('"', "")):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 1:
            yield re.sub(r" ?([()]) ?", r"\1", clause).strip()
            clause = ""
        elif depth or character != ")":
            clause += character
    yield re.sub(r" ?([()]) ?", r"\1", clause).strip()


def test_down_and_up_again_on_a_filled_database(database: Database) -> None:
    database.write(fill)

    with database._writers.begin() as connection:
        running.downgrade(connection, "base")
        left = set(inspect(connection).get_table_names())
    database.migrate()

    assert {"alembic_version"} == left
    database.check()
    database.write(fill)


def test_a_second_migration_changes_nothing(database: Database) -> None:
    database.write(fill)

    database.migrate()

    database.check()


def test_the_filled_database_has_a_row_in_every_table(database: Database) -> None:
    """Control of the two above: no table is empty when it is taken away."""
    database.write(fill)

    with database._writers.connect() as connection:
        empty = [
            name
            for name, table in metadata.tables.items()
            if connection.execute(table.select()).first() is None
        ]

    assert [] == empty


def test_the_revision_served_is_the_newest() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__path__[0])))
    config.set_main_option("path_separator", "os")

    assert [readiness.HEAD] == ScriptDirectory.from_config(config).get_heads()
