"""Subjects: the same person in the register across providers, by a random id."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import LargeBinary, Uuid, bindparam, select, text
from sqlalchemy.orm import Session

from akva.storage.tables.register import subjects
from akva.storage.tables.types import Instant

# Both engines take these words; a second caller waits for the first and then finds its row.
ADD = text(
    "INSERT INTO subjects (id, register_index, added_at) VALUES (:id, :register_index, :added_at)"
    " ON CONFLICT (register_index) DO NOTHING"
).bindparams(
    bindparam("id", type_=Uuid()),
    bindparam("register_index", type_=LargeBinary()),
    bindparam("added_at", type_=Instant()),
)


def find_or_add(session: Session, register_index: bytes, now: datetime) -> UUID:
    """Give the person's subject id, made at random on the first report."""
    mine = select(subjects.c.id).where(subjects.c.register_index == register_index)
    found: UUID | None = session.scalar(mine)
    if found is None:
        # Not time-ordered: an id of the register says nothing of when its person came to it.
        row = {"id": uuid4(), "register_index": register_index, "added_at": now}
        session.execute(ADD, row)
        found = session.scalars(mine).one()
    return found
