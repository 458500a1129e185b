"""Clients: two blind indexes by which a provider finds its own, the rest sealed."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import false, insert, or_, select
from sqlalchemy.orm import Session

from akva.errors import Conflict
from akva.storage.engines.violations import at_most_once
from akva.storage.tables.record import clients
from akva.storage.tables.rows import columns, many, one, values


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    """At least one index is there: a client who cannot be found again is not kept."""

    id: UUID
    provider_id: UUID
    identity_index: bytes | None = field(repr=False)
    reference_index: bytes | None = field(repr=False)
    sealed: bytes = field(repr=False)
    row_version: int = 1


def add(session: Session, row: ClientRow, now: datetime) -> None:
    """Write a client; raises Conflict when this provider has registered it before."""
    with at_most_once("this client is registered already"):
        session.execute(insert(clients).values({**values(row), "events": 0, "added_at": now}))


def find(session: Session, provider_id: UUID, client_id: UUID) -> ClientRow | None:
    statement = select(*columns(clients, ClientRow)).where(
        clients.c.provider_id == provider_id, clients.c.id == client_id
    )
    return one(session, statement, ClientRow)


def owner(session: Session, client_id: UUID) -> UUID | None:
    """Tell the provider whose client this is."""
    found: UUID | None = session.scalar(
        select(clients.c.provider_id).where(clients.c.id == client_id)
    )
    return found


def by_index(
    session: Session, provider_id: UUID, *, identity: bytes | None, reference: bytes | None
) -> ClientRow | None:
    """Find the provider's client by either blind index; raises Conflict where they name two."""
    named = [(clients.c.identity_index, identity), (clients.c.reference_index, reference)]
    either = or_(false(), *(column == index for column, index in named if index is not None))
    own = select(*columns(clients, ClientRow)).where(clients.c.provider_id == provider_id, either)
    found = many(session, own, ClientRow)
    if len(found) > 1:
        raise Conflict("identity code and reference belong to two different clients")
    return found[0] if found else None
