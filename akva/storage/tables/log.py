"""The log's tables: no act without its leaf, no leaf without its act, and nothing taken back.

The two foreign keys close a circle and are looked at when the transaction commits.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.schema import SchemaItem

from akva.storage.tables.types import Instant, Whole, metadata

acts = Table(
    "acts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("log_index", Whole, nullable=False, unique=True),
    UniqueConstraint("id", "kind"),
    # Both columns: two acts cannot point at each other's leaves.
    ForeignKeyConstraint(
        ["log_index", "id"],
        ["log_leaves.index", "log_leaves.act_id"],
        deferrable=True,
        initially="DEFERRED",
    ),
)

log_leaves = Table(
    "log_leaves",
    metadata,
    Column("index", Whole, primary_key=True, autoincrement=False),
    Column("act_id", Uuid, nullable=False, unique=True),
    Column("leaf", LargeBinary, nullable=False),
    Column("leaf_hash", LargeBinary, nullable=False),
    UniqueConstraint("index", "act_id"),
    ForeignKeyConstraint(
        ["act_id"], ["acts.id"], deferrable=True, initially="DEFERRED", use_alter=True
    ),
    # SQLite has no sha256 of its own: a trigger asks the function registered on each connection.
    CheckConstraint(r"leaf_hash = sha256('\x00'::bytea || leaf)", name="hash").ddl_if(
        dialect="postgresql"
    ),
)

log_nodes = Table(
    "log_nodes",
    metadata,
    Column("level", Whole, primary_key=True, autoincrement=False),
    Column("position", Whole, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    CheckConstraint("level >= 1 AND position >= 0", name="place"),
    CheckConstraint("length(hash) = 32", name="hash"),
)

log_head = Table(
    "log_head",
    metadata,
    Column("k", Whole, primary_key=True, autoincrement=False),
    Column("size", Whole, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("frontier", LargeBinary, nullable=False),  # hashes end to end, largest subtree first
    Column("latest_at", Instant),  # of the last leaf
    CheckConstraint("k = 1", name="one"),
    CheckConstraint("size >= 0 AND (size = 0) = (latest_at IS NULL)", name="size"),
    CheckConstraint(
        "length(root) = 32 AND length(frontier) = 32 * (length(frontier) / 32)", name="hashes"
    ),
)

log_payloads = Table(
    "log_payloads",
    metadata,
    Column("index", Whole, primary_key=True, autoincrement=False),
    Column("client_id", Uuid),
    Column("sealed", LargeBinary, nullable=False),
    ForeignKeyConstraint(["index"], ["log_leaves.index"]),
    ForeignKeyConstraint(["client_id"], ["clients.id"]),
)

log_checkpoints = Table(
    "log_checkpoints",
    metadata,
    Column("size", Whole, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
    CheckConstraint("size >= 0", name="size"),
)


def act(kinds: str) -> tuple[SchemaItem, ...]:
    """Give the columns by which a row stands for exactly one act, of a kind that `kinds` allows."""
    return (
        Column("act_id", Uuid, nullable=False, unique=True),
        Column("act_kind", Text, nullable=False),
        CheckConstraint(f"act_kind = {kinds}", name="act_kind"),
        ForeignKeyConstraint(
            ["act_id", "act_kind"],
            ["acts.id", "acts.kind"],
            deferrable=True,
            initially="DEFERRED",
        ),
    )
