"""The register's keys, one an episode: destroying one closes exactly that episode's reports.

Consent belongs to the episode, and so does the key that its withdrawal destroys.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from akva.storage.engines.batches import batches
from akva.storage.engines.violations import at_most_once
from akva.storage.tables.record import episodes
from akva.storage.tables.register import register_keys
from akva.storage.tables.rows import among, values


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterKeyRow:
    """Without `wrapped`, the place of the episode's next key."""

    episode_id: UUID
    provider_id: UUID
    version: int
    wrapped: bytes | None = field(repr=False)


LIVING = register_keys.c.wrapped.is_not(None)


def slots(session: Session, episode_ids: Collection[UUID]) -> list[RegisterKeyRow]:
    """Give each episode's living key, or the place of its next one, in the order of their ids."""
    statement = (
        select(
            episodes.c.id.label("episode_id"),
            episodes.c.provider_id,
            register_keys.c.version,
            register_keys.c.wrapped,
        )
        .outerjoin(register_keys, register_keys.c.episode_id == episodes.c.id)
        .order_by(episodes.c.id, register_keys.c.version)
    )
    newest = {
        row["episode_id"]: row for row in among(session, statement, episodes.c.id, episode_ids)
    }
    return [
        _slot(RegisterKeyRow(**{**row, "version": row["version"] or 0})) for row in newest.values()
    ]


def add(session: Session, row: RegisterKeyRow, now: datetime) -> None:
    """Write an episode's next key; raises Conflict where one is living or the place is taken."""
    with at_most_once("this episode has its register key already"):
        session.execute(insert(register_keys).values({**values(row), "made_at": now}))


def destroy(session: Session, episode_ids: Collection[UUID], now: datetime) -> int:
    """Overwrite the living keys of these episodes, and count them.

    What was sealed with them can be opened by nobody from the commit on; SQLite's journal holds
    the old bytes until `Database.checkpoint`.
    """
    destroyed = 0
    for batch in batches(sorted(episode_ids)):
        statement = (
            update(register_keys)
            .where(register_keys.c.episode_id.in_(batch), LIVING)
            .values(wrapped=None, destroyed_at=now)
            .returning(register_keys.c.episode_id)
        )
        destroyed += len(session.scalars(statement).all())
    return destroyed


def _slot(newest: RegisterKeyRow) -> RegisterKeyRow:
    return newest if newest.wrapped else replace(newest, version=newest.version + 1)
