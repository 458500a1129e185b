"""The log's tree: hashes of complete subtrees, and the checkpoints signed over it."""

from dataclasses import dataclass

from sqlalchemy import or_, select, text
from sqlalchemy.orm import Session

from akva.errors import Conflict, LogBroken
from akva.storage.tables.log import (
    acts,
    log_checkpoints,
    log_head,
    log_leaves,
    log_nodes,
    log_payloads,
)
from akva.storage.tables.rows import columns, many

KEEP = text(
    "INSERT INTO log_checkpoints (size, note) VALUES (:size, :note) ON CONFLICT (size) DO NOTHING"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointRow:
    size: int
    note: str


def node(session: Session, level: int, position: int) -> bytes:
    """Give a complete subtree's hash, level 0 being the leaves; raises LogBroken without it."""
    if level == 0:
        statement = select(log_leaves.c.leaf_hash).where(log_leaves.c.index == position)
    else:
        statement = select(log_nodes.c.hash).where(
            log_nodes.c.level == level, log_nodes.c.position == position
        )
    found: bytes | None = session.scalar(statement)
    if found is None:
        raise LogBroken(position << level, f"the hash of its subtree of level {level} is missing")
    return found


def nodes(session: Session, level: int, start: int, stop: int) -> dict[int, bytes]:
    """Give the hashes of one level, 1 or above, by position in [start, stop)."""
    found = session.execute(
        select(log_nodes.c.position, log_nodes.c.hash)
        .where(log_nodes.c.level == level)
        .where(log_nodes.c.position >= start, log_nodes.c.position < stop)
        .order_by(log_nodes.c.position)
    )
    return {row.position: row.hash for row in found}


def hold(session: Session) -> None:
    """Let no act commit until the transaction ends: what is read after this is of one moment.

    Every act ends at the log's head, so its lock is the one that all of them need. On SQLite a
    writer is alone as it is.
    """
    session.execute(select(log_head.c.size).with_for_update())


def strays(session: Session, size: int) -> list[int]:
    """List what a tree of that size has no place for: acts, leaves, payloads, subtrees."""
    found: list[int] = []
    for column, table in (
        (acts.c.log_index, acts),
        (log_leaves.c.index, log_leaves),
        (log_payloads.c.index, log_payloads),
    ):
        beyond = select(column).select_from(table).where(or_(column < 0, column >= size))
        found += session.scalars(beyond)
    for level, position in session.execute(select(log_nodes.c.level, log_nodes.c.position)):
        if level < 1 or not 0 <= position < size >> min(level, size.bit_length()):
            found.append(max(position, 0) << max(level, 0))
    return found


def checkpoints(session: Session) -> list[CheckpointRow]:
    """Give every signed checkpoint, the smallest tree first."""
    statement = select(*columns(log_checkpoints, CheckpointRow)).order_by(log_checkpoints.c.size)
    return many(session, statement, CheckpointRow)


def add_checkpoint(session: Session, size: int, note: str) -> None:
    """Keep a signed checkpoint; raises Conflict where another of that size is kept.

    Two callers may sign the same head at once: the note is the same, and one row stays.
    """
    session.execute(KEEP, {"size": size, "note": note})
    kept = session.scalar(select(log_checkpoints.c.note).where(log_checkpoints.c.size == size))
    if kept != note:
        raise Conflict("another checkpoint of this size is kept already")
