"""What a caller has sent before: one row a caller and key, with what came of it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, Uuid, bindparam, select, text, update
from sqlalchemy.orm import Session

from akva.storage.tables.record import idempotency
from akva.storage.tables.types import Instant

# Both engines take these words; who comes second waits for the first and then finds its row.
CLAIM = text(
    "INSERT INTO idempotency (actor_id, key, fingerprint, result_id, created_at)"
    " VALUES (:actor_id, :key, :fingerprint, :result_id, :created_at)"
    " ON CONFLICT (actor_id, key) DO NOTHING RETURNING key"
).bindparams(
    bindparam("actor_id", type_=Uuid()),
    bindparam("fingerprint", type_=LargeBinary()),
    bindparam("result_id", type_=Uuid()),
    bindparam("created_at", type_=Instant()),
)
UNSETTLED = UUID(int=0)  # seen by the claiming transaction alone: who commits has settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """An earlier call under the same key."""

    fingerprint: bytes = field(repr=False)
    result_id: UUID


def claim(
    session: Session, actor_id: UUID, key: str, fingerprint: bytes, now: datetime
) -> Repeat | None:
    """Take the key for this transaction, or give the call that took it before.

    A transaction under way with the same key is waited for; if it rolls back, the key is ours.
    """
    row = {
        "actor_id": actor_id,
        "key": key,
        "fingerprint": fingerprint,
        "result_id": UNSETTLED,
        "created_at": now,
    }
    if session.execute(CLAIM, row).first():
        return None
    found = session.execute(
        select(idempotency.c.fingerprint, idempotency.c.result_id)
        .where(idempotency.c.actor_id == actor_id)
        .where(idempotency.c.key == key)
    ).one()
    return Repeat(fingerprint=found.fingerprint, result_id=found.result_id)


def settle(session: Session, actor_id: UUID, key: str, result_id: UUID) -> None:
    """Write down what came of the claimed call."""
    session.execute(
        update(idempotency)
        .where(idempotency.c.actor_id == actor_id)
        .where(idempotency.c.key == key)
        .values(result_id=result_id)
    )
