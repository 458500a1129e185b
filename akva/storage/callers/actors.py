"""Providers and actors: who may call. An act of kind `admin.changed` stands behind each row."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, exists, func, insert, select
from sqlalchemy.orm import Session

from akva.model.actors import Actor, Provider, Role
from akva.storage.engines.violations import at_most_once
from akva.storage.tables.record import actors, providers

ACT = "admin.changed"
OURS = "akva"  # the organisation of who belongs to no provider


def add_provider(session: Session, provider: Provider, *, act_id: UUID, now: datetime) -> None:
    """Write an organisation; raises Conflict when its code is taken."""
    row = {
        "id": provider.id,
        "code": provider.code,
        "name": provider.name,
        "added_at": now,
        "act_id": act_id,
        "act_kind": ACT,
    }
    with at_most_once("a provider with this code is there already"):
        session.execute(insert(providers).values(row))


def add_actor(session: Session, actor: Actor, *, name: bytes, act_id: UUID, now: datetime) -> None:
    """Write a caller; `name` comes sealed, `org` follows from the provider."""
    row = {
        "id": actor.id,
        "role": actor.role,
        "provider_id": actor.provider_id,
        "name": name,
        "added_at": now,
        "act_id": act_id,
        "act_kind": ACT,
    }
    session.execute(insert(actors).values(row))


def find_provider(session: Session, code: str) -> Provider | None:
    row = session.execute(
        select(providers.c.id, providers.c.code, providers.c.name).where(providers.c.code == code)
    ).one_or_none()
    return row and Provider(id=row.id, code=row.code, name=row.name)


def find_actor(session: Session, actor_id: UUID) -> Actor | None:
    row = session.execute(all_actors().where(actors.c.id == actor_id)).one_or_none()
    return None if row is None else actor_of(row)


def all_actors() -> Select[Any]:
    """Select what an actor is made of; `org` is the provider's code."""
    org = func.coalesce(providers.c.code, OURS).label("org")
    return select(actors.c.id, actors.c.role, actors.c.provider_id, org).outerjoin_from(
        actors, providers, providers.c.id == actors.c.provider_id
    )


def actor_of(row: Row[Any]) -> Actor:
    return Actor(id=row.id, role=Role(row.role), provider_id=row.provider_id, org=row.org)


def any_operator(session: Session) -> bool:
    return bool(session.scalar(select(exists().where(actors.c.role == Role.OPERATOR))))
