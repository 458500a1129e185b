"""Bearer tokens: whose, until when, and whether revoked; of the token itself a digest alone."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from akva.errors import Conflict, NotFound
from akva.model.actors import Actor
from akva.storage.callers.actors import ACT, actor_of, all_actors
from akva.storage.tables.record import actors, tokens
from akva.storage.tables.rows import columns, many, values


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    id: UUID
    actor_id: UUID
    digest: bytes = field(repr=False)
    made_at: datetime
    expires_at: datetime
    made_by: UUID
    act_id: UUID
    revoked_at: datetime | None = None

    @property
    def kept(self) -> bytes:
        """Give the bytes whose hash stands in the leaf: whose token it is, which, until when."""
        parts = (self.id.hex, self.actor_id.hex, self.digest.hex(), self.expires_at.isoformat())
        return " ".join(parts).encode()


def add(session: Session, row: TokenRow) -> None:
    session.execute(insert(tokens).values({**values(row), "act_kind": ACT}))


def revoke(session: Session, token_id: UUID, *, act_id: UUID, now: datetime) -> None:
    """Revoke a token for good; raises NotFound, Conflict where it is revoked already."""
    living = tokens.c.id == token_id, tokens.c.revoked_at.is_(None)
    done = update(tokens).where(*living).values(revoked_at=now, revoke_act_id=act_id)
    if session.scalar(done.returning(tokens.c.id)) is None:
        if session.scalar(select(tokens.c.id).where(tokens.c.id == token_id)) is None:
            raise NotFound("no such token")
        raise Conflict("this token is revoked already")


def every(session: Session) -> list[TokenRow]:
    """Give all tokens, also those expired and revoked, oldest first."""
    return many(session, select(*columns(tokens, TokenRow)).order_by(tokens.c.id), TokenRow)


def caller(session: Session, digest: bytes, now: datetime) -> tuple[UUID, Actor] | None:
    """Find whose token this is and its id, unless it is expired or revoked."""
    row = session.execute(
        all_actors()
        .add_columns(tokens.c.id.label("token_id"))
        .join(tokens, tokens.c.actor_id == actors.c.id)
        .where(tokens.c.digest == digest, tokens.c.revoked_at.is_(None), tokens.c.expires_at > now)
    ).one_or_none()
    return None if row is None else (row.token_id, actor_of(row))
