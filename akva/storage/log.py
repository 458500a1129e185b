"""Appends acts and their leaves to the log, in the transaction of what they record.

The head is the last lock of a transaction, so that whoever holds it waits for nobody.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from akva.errors import Conflict
from akva.storage.tables.log import acts, log_head, log_leaves, log_nodes, log_payloads
from akva.storage.tables.rows import among
from akva.transparency import growth
from akva.transparency.growth import Growth
from akva.transparency.leaves import encode
from akva.transparency.merkle import HASH_BYTES

# A transaction that began a little earlier may come later to the head; a clock set back may not.
LATENESS = timedelta(seconds=2)


class Committed(Protocol):
    """What the vault makes of an act's payload."""

    @property
    def tag(self) -> bytes: ...
    @property
    def commitment(self) -> bytes: ...
    @property
    def ciphertext(self) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act to be logged; `seal` is called with the index that it gets."""

    act_id: UUID
    kind: str
    org: str
    client_id: UUID | None
    seal: Callable[[int], Committed]


@dataclass(frozen=True, slots=True)
class Appended:
    act_id: UUID
    index: int
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The tree as it stands; `latest_at` is the instant of its last leaf."""

    size: int
    root: bytes
    frontier: tuple[bytes, ...]
    latest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """An entry with its place: what is written of it."""

    entry: Entry
    index: int
    data: bytes
    sealed: bytes


def append(session: Session, now: datetime, entries: Sequence[Entry]) -> list[Appended]:
    """Give each entry the next index, in order, and write it; six statements, however many.

    Raises Conflict where `now` lies before the last leaf: in the log time never runs backwards.
    """
    if not entries:
        return []
    before = _head(session, lock=True)
    at = _instant(now, before.latest_at)
    leaves = [_leaf(entry, before.size + place, at) for place, entry in enumerate(entries)]
    grown, hashes = growth.append(before.size, before.frontier, [leaf.data for leaf in leaves])
    for table, rows in _rows(leaves, hashes, grown):
        if rows:
            session.execute(insert(table), rows)
    session.execute(update(log_head).where(log_head.c.k == 1).values(_head_row(grown, at)))
    return [
        Appended(leaf.entry.act_id, leaf.index, leaf_hash)
        for leaf, leaf_hash in zip(leaves, hashes, strict=True)
    ]


def head(session: Session) -> Head:
    """Read size and root as they stand."""
    return _head(session, lock=False)


def appended(session: Session, act_ids: Collection[UUID]) -> dict[UUID, Appended]:
    """Give the place of each of these acts, by its id."""
    statement = select(log_leaves.c.act_id, log_leaves.c.index, log_leaves.c.leaf_hash)
    return {
        row["act_id"]: Appended(**row)
        for row in among(session, statement, log_leaves.c.act_id, act_ids)
    }


def _head(session: Session, *, lock: bool) -> Head:
    statement = select(
        log_head.c.size, log_head.c.root, log_head.c.frontier, log_head.c.latest_at
    ).where(log_head.c.k == 1)
    row = session.execute(statement.with_for_update() if lock else statement).one()
    hashes = (row.frontier[at : at + HASH_BYTES] for at in range(0, len(row.frontier), HASH_BYTES))
    return Head(row.size, row.root, tuple(hashes), row.latest_at)


def _instant(now: datetime, latest: datetime | None) -> datetime:
    if latest is None or now >= latest:
        return now
    if latest - now > LATENESS:
        raise Conflict("the clock was set back: the log has a later entry; set the clock right")
    return latest


def _leaf(entry: Entry, index: int, at: datetime) -> Leaf:
    made = entry.seal(index)
    data = encode(
        index=index,
        at=at,
        kind=entry.kind,
        org=entry.org,
        tag=made.tag,
        commitment=made.commitment,
        payload_hash=sha256(made.ciphertext).digest(),
    )
    return Leaf(entry, index, data, made.ciphertext)


def _rows(
    leaves: Sequence[Leaf], hashes: Sequence[bytes], grown: Growth
) -> list[tuple[Table, list[dict[str, Any]]]]:
    """Give what the leaves and their tree add to each table."""
    stored = [
        {"index": x.index, "act_id": x.entry.act_id, "leaf": x.data, "leaf_hash": leaf_hash}
        for x, leaf_hash in zip(leaves, hashes, strict=True)
    ]
    done = [{"id": x.entry.act_id, "kind": x.entry.kind, "log_index": x.index} for x in leaves]
    sealed = [
        {"index": x.index, "client_id": x.entry.client_id, "sealed": x.sealed} for x in leaves
    ]
    complete = [{"level": level, "position": at, "hash": node} for level, at, node in grown.nodes]
    return [(log_leaves, stored), (acts, done), (log_payloads, sealed), (log_nodes, complete)]


def _head_row(grown: Growth, at: datetime) -> dict[str, Any]:
    return {
        "size": grown.size,
        "root": grown.root,
        "frontier": b"".join(grown.frontier),
        "latest_at": at,
    }
