"""Whether a database may be served: at the right revision, its guards in place and switched on."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, inspect

from akva.errors import DatabaseNotReady

HEAD = "0002"

APPEND_ONLY = (
    "acts",
    "assessments",
    "consent_events",
    "log_checkpoints",
    "log_leaves",
    "log_nodes",
    "log_payloads",
    "refusals",
    "release_steps",
    "releases",
    "reports",
)
GUARDS = {
    "sqlite": {f"{table}_no_{change}" for table in APPEND_ONLY for change in ("update", "delete")}
    | {"log_leaves_next", "log_leaves_hash", "reports_gate", "tokens_revoke", "tokens_no_delete"},
    "postgresql": {f"{table}_append_only" for table in APPEND_ONLY}
    | {"log_leaves_next", "reports_gate", "tokens_revoke", "tokens_append_only"},
}
READ_GUARDS = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": """
        SELECT tgname::text, tgrelid::regclass::text, tgtype, tgenabled::text,
            prosecdef, provolatile::text, prosrc
        FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
        WHERE NOT tgisinternal AND tgrelid IN
            (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)
        ORDER BY tgname""",
}
# Of PostgreSQL's constraints the names and whether they hold: their wording varies by version.
READ_TABLES = {
    "sqlite": """
        SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')
            AND name NOT LIKE 'sqlite%' AND tbl_name <> 'alembic_version' ORDER BY name""",
    "postgresql": """
        SELECT * FROM (
            SELECT conrelid::regclass::text COLLATE "C" AS held, conname::text COLLATE "C" AS name,
                contype::text || condeferrable || condeferred || convalidated
                    || coalesce(to_jsonb(pg_constraint) ->> 'conenforced', 'true') AS how
            FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
                AND contype IN ('c', 'f', 'p', 'u')
            UNION ALL
            SELECT attrelid::regclass::text, attname::text,
                format_type(atttypid, atttypmod) || attnotnull
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
                AND attnum > 0 AND NOT attisdropped
            UNION ALL
            SELECT indrelid::regclass::text, indexrelid::regclass::text,
                'index' || indisunique || indisvalid || (indpred IS NOT NULL)
            FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
            WHERE relnamespace = current_schema()::regnamespace
        ) AS parts WHERE held <> 'alembic_version' ORDER BY held, name, how""",
}
# SHA-256 over what the two read, as the revision HEAD leaves it.
GUARDS_AS_MADE = {
    "sqlite": "25ac62eb6be8ab2a9afe83fe7715a10a2ec25366f7937c1608fbe0974d224483",
    "postgresql": "f69bf3f86afcd3210f8892f479557236d36e5a93d40693606f497c4da19033a5",
}
TABLES_AS_MADE = {
    "sqlite": "f5e995b067c452852dfa710ca700d842d4c8d3a375fb8a85b91b70a8f2299957",
    "postgresql": "d5e3d706213416a4715889ee10b2b51b0942e20ff4818b5efdcff7461a8ceffd",
}
SETTINGS = {
    "fsync": "on",
    "full_page_writes": "on",
    "session_replication_role": "origin",
}


def check(connection: Connection, *, reader: Connection) -> None:
    """Raise DatabaseNotReady, with what mends it, unless the database may be served.

    SQLite's settings were read back when the connections were made.
    """
    check_revision(connection)
    check_guards(connection)
    check_tables(connection)
    if connection.dialect.name == "postgresql":
        check_server(connection)
        check_settings(reader, {"default_transaction_read_only": "on"})


def check_revision(connection: Connection) -> None:
    found = None
    if inspect(connection).has_table("alembic_version"):
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found is None:
        raise DatabaseNotReady("the database is empty: run `akva migrate`")
    if found != HEAD:
        raise DatabaseNotReady(
            f"the database is at revision {found}, this program at {HEAD}:"
            " run `akva migrate` of the newer one"
        )


def check_guards(connection: Connection) -> None:
    name = connection.dialect.name
    rows = connection.exec_driver_sql(READ_GUARDS[name]).all()
    if missing := sorted(GUARDS[name] - {row[0] for row in rows}):
        raise DatabaseNotReady(
            f"the guard {missing[0]} is missing: restore a backup made with its guards"
        )
    if digest(rows) != GUARDS_AS_MADE[name]:
        raise DatabaseNotReady(
            "a guard is switched off or says something else than its revision:"
            " restore a backup made with its guards"
        )


def check_tables(connection: Connection) -> None:
    name = connection.dialect.name
    rows = connection.exec_driver_sql(READ_TABLES[name]).all()
    if digest(rows) != TABLES_AS_MADE[name]:
        raise DatabaseNotReady(
            "a column, constraint or index is not as its revision made it: restore a backup"
        )


def digest(rows: Sequence[Row[Any]]) -> str:
    return sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()


def check_server(connection: Connection) -> None:
    check_settings(connection, SETTINGS)
    # A foreign key is held by triggers too, and these can be switched off one by one.
    disabled = connection.exec_driver_sql(
        "SELECT count(*) FROM pg_trigger WHERE tgenabled <> 'O' AND tgrelid IN"
        " (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)"
    ).scalar()
    if disabled:
        raise DatabaseNotReady("a foreign key is switched off: ALTER TABLE … ENABLE TRIGGER ALL")


def check_settings(connection: Connection, settings: Mapping[str, str]) -> None:
    for setting, wanted in settings.items():
        found = connection.exec_driver_sql(f"SHOW {setting}").scalar()
        if found != wanted:
            raise DatabaseNotReady(f"PostgreSQL has {setting} = {found}: it must be {wanted}")
