"""Tokens: issued and revoked in an act each; the text itself is told once and kept nowhere."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self
from uuid import UUID

from akva.errors import NotAuthenticated, NotFound
from akva.model.actors import Actor
from akva.model.ids import new_id
from akva.service.call import Call
from akva.service.callers.people import entry
from akva.storage import log
from akva.storage.callers import actors, tokens
from akva.storage.callers.tokens import TokenRow


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token; `text` is what its caller sends."""

    id: UUID
    text: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenLine:
    """What a list tells of a token; `state` is valid, expired or revoked."""

    id: UUID
    actor_id: UUID
    state: str
    made_at: datetime
    expires_at: datetime
    made_by: UUID
    revoked_at: datetime | None

    @classmethod
    def of(cls, row: TokenRow, now: datetime) -> Self:
        return cls(
            id=row.id,
            actor_id=row.actor_id,
            state=state(row, now),
            made_at=row.made_at,
            expires_at=row.expires_at,
            made_by=row.made_by,
            revoked_at=row.revoked_at,
        )


@dataclass(frozen=True, slots=True)
class Caller:
    """Who called with which token."""

    actor: Actor
    token_id: UUID


def state(row: TokenRow, now: datetime) -> str:
    if row.revoked_at is not None:
        return "revoked"
    return "valid" if now < row.expires_at else "expired"


def issue(call: Call, actor_id: UUID, days: int) -> Issued:
    """Write a token of that many days; its leaf holds whose it is, until when, and the row."""
    if actors.find_actor(call.session, actor_id) is None:
        raise NotFound("no such actor")
    made = call.vault.tokens.make()
    row = TokenRow(
        id=new_id(),
        actor_id=actor_id,
        digest=made.digest,
        made_at=call.now,
        expires_at=call.now + timedelta(days=days),
        made_by=call.actor.id,
        act_id=new_id(),
    )
    tokens.add(call.session, row)
    payload = {
        "token": str(row.id),
        "actor": str(actor_id),
        "by": str(call.actor.id),
        "expires": row.expires_at.isoformat(),
        "row": sha256(row.kept).hexdigest(),
    }
    log.append(call.session, call.now, [entry(call, row.act_id, payload)])
    return Issued(row.id, made.text, row.expires_at)


def revoke(call: Call, token_id: UUID) -> None:
    act_id = new_id()
    tokens.revoke(call.session, token_id, act_id=act_id, now=call.now)
    payload = {"revoked": str(token_id), "by": str(call.actor.id)}
    log.append(call.session, call.now, [entry(call, act_id, payload)])


def known(found: tuple[UUID, Actor] | None) -> Caller:
    """Tell who calls; raises NotAuthenticated, in the words of a token without form."""
    if found is None:
        raise NotAuthenticated("this needs a valid token")
    token_id, actor = found
    return Caller(actor, token_id)
