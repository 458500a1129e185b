"""The first revision: every table and guard, as literal SQL for either engine."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from alembic import op
from sqlalchemy import Connection

revision = "0001"
down_revision = None

FOLDER = Path(__file__).with_name("v0001")
EMPTY_ROOT = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

SQLITE = {
    "uuid": "CHAR(32)",
    "blob": "BLOB",
    "instant": "CHAR(27)",
    "whole": "INTEGER",
    "empty_root": f"x'{EMPTY_ROOT}'",
    "nothing": "x''",
    "leaf_constraint": "CONSTRAINT fk_log_leaves_act_id FOREIGN KEY (act_id)"
    " REFERENCES acts (id) DEFERRABLE INITIALLY DEFERRED",
}
POSTGRESQL = {
    "uuid": "UUID",
    "blob": "BYTEA",
    "instant": "TIMESTAMP WITH TIME ZONE",
    "whole": "BIGINT",
    "empty_root": rf"'\x{EMPTY_ROOT}'",
    "nothing": "''",
    "leaf_constraint": "CONSTRAINT ck_log_leaves_hash"
    r" CHECK (leaf_hash = sha256('\x00'::bytea || leaf))",
}

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
NO_CHANGE_SQLITE = """CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table}
BEGIN
    SELECT RAISE(ABORT, 'AKVA02:APPEND_ONLY');
END;
"""
NO_CHANGE_POSTGRESQL = """CREATE TRIGGER {table}_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION akva_append_only();
"""

TABLES = (
    "release_steps",
    "releases",
    "refusals",
    "reports",
    "register_keys",
    "subjects",
    "consent_states",
    "consent_events",
    "idempotency",
    "assessments",
    "episodes",
    "log_checkpoints",
    "log_payloads",
    "client_keys",
    "clients",
    "actors",
    "providers",
    "log_head",
    "log_nodes",
    "acts",
    "log_leaves",
)


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        statements = [*read("tables", SQLITE), *read("sqlite", {})]
        statements += [
            NO_CHANGE_SQLITE.format(table=table, change=change)
            for table in APPEND_ONLY
            for change in ("update", "delete")
        ]
    else:
        schema = {"schema": connection.exec_driver_sql("SELECT current_schema()::text").scalar()}
        statements = [*read("tables", POSTGRESQL), *read("postgresql", schema)]
        statements += [NO_CHANGE_POSTGRESQL.format(table=table) for table in APPEND_ONLY]
    run(connection, statements)


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        # The two tables of the circle hold each other: their rows go first, within the transaction.
        statements = [f"DROP TRIGGER {table}_no_delete" for table in ("acts", "log_leaves")]
    else:
        statements = ["ALTER TABLE log_leaves DROP CONSTRAINT fk_log_leaves_act_id"]
    statements += [f"DROP TABLE {table}" for table in TABLES]
    if connection.dialect.name == "postgresql":
        functions = ("akva_append_only", "akva_next_index", "akva_gate")
        statements += [f"DROP FUNCTION {function}()" for function in functions]
    run(connection, statements)


def read(name: str, words: Mapping[str, object]) -> Iterator[str]:
    """Give a file's statements; a paragraph of comments alone is none."""
    text = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    for word, meaning in words.items():
        text = text.replace("{" + word + "}", str(meaning))
    for paragraph in text.split("\n\n"):
        if not all(line.startswith("--") for line in paragraph.strip().splitlines()):
            yield paragraph.strip()


def run(connection: Connection, statements: list[str]) -> None:
    plain = connection.execution_options(no_parameters=True)  # a % is a %
    for statement in statements:
        plain.exec_driver_sql(statement)
