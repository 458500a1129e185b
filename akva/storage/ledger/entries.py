"""The log's entries: leaves, the acts they stand for, and the sealed payloads they commit to."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from akva.storage.tables.log import acts, log_leaves, log_payloads
from akva.storage.tables.rows import columns, many


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafRow:
    """A leaf as stored; `kind` and `act_index` are its act's, None where there is no such act."""

    index: int
    act_id: UUID
    leaf: bytes
    leaf_hash: bytes
    kind: str | None
    act_index: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayloadRow:
    """`client_id` says whose audit key opens it; None: a standing key."""

    index: int
    client_id: UUID | None
    sealed: bytes = field(repr=False)


def leaves(session: Session, start: int, stop: int) -> list[LeafRow]:
    """Give the leaves in [start, stop), by index; what is missing is not there."""
    within = and_(log_leaves.c.index >= start, log_leaves.c.index < stop)
    return many(session, _leaves().where(within).order_by(log_leaves.c.index), LeafRow)


def payloads(session: Session, start: int, stop: int) -> list[PayloadRow]:
    """Give the payloads in [start, stop), by index."""
    statement = (
        select(*columns(log_payloads, PayloadRow))
        .where(log_payloads.c.index >= start, log_payloads.c.index < stop)
        .order_by(log_payloads.c.index)
    )
    return many(session, statement, PayloadRow)


def _leaves() -> Select[Any]:
    return select(
        log_leaves.c.index,
        log_leaves.c.act_id,
        log_leaves.c.leaf,
        log_leaves.c.leaf_hash,
        acts.c.kind,
        acts.c.log_index.label("act_index"),
    ).outerjoin(acts, acts.c.id == log_leaves.c.act_id)
