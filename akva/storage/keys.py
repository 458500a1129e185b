"""A client's wrapped keys of the provider's zone, and the counter that numbers its events.

Drawing a number locks the client's row until the transaction ends: all that is written about one
client happens one after another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from akva.errors import NotFound
from akva.storage.tables.record import client_keys, clients
from akva.storage.tables.rows import columns, many, values


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    client_id: UUID
    provider_id: UUID
    purpose: str
    version: int
    wrapped: bytes = field(repr=False)


def add(session: Session, rows: Sequence[KeyRow], now: datetime, *, numbers: int = 0) -> None:
    """Write keys; with `numbers`, the new client's first so many event numbers are taken too."""
    session.execute(insert(client_keys), [{**values(row), "made_at": now} for row in rows])
    if numbers:
        take_numbers(session, rows[0].client_id, numbers)


def of_client(session: Session, client_id: UUID) -> dict[str, KeyRow]:
    """Give the newest living key of each purpose."""
    statement = (
        select(*columns(client_keys, KeyRow))
        .where(client_keys.c.client_id == client_id, client_keys.c.wrapped.is_not(None))
        .order_by(client_keys.c.version)
    )
    return {row.purpose: row for row in many(session, statement, KeyRow)}


def take_numbers(session: Session, client_id: UUID, count: int) -> int:
    """Take so many numbers of the client's counter and give the first; raises NotFound."""
    following = session.scalar(
        update(clients)
        .where(clients.c.id == client_id)
        .values(events=clients.c.events + count)
        .returning(clients.c.events)
    )
    if following is None:
        raise NotFound("no such client")
    return int(following) - count


def draw(session: Session, client_id: UUID, count: int) -> tuple[list[KeyRow], int]:
    """Give the client's newest keys and the first of so many event numbers; raises NotFound."""
    first = take_numbers(session, client_id, count)
    return list(of_client(session, client_id).values()), first
