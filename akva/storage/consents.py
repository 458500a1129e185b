"""Consent events, which stay, and consent states, by which the gate's trigger decides.

Only the consents use case writes a state that opens.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, insert, select, update
from sqlalchemy.orm import Session

from akva.storage.engines.violations import at_most_once
from akva.storage.tables import events
from akva.storage.tables.consent import consent_events, consent_states
from akva.storage.tables.log import acts
from akva.storage.tables.rows import among, columns, one, values
from consent import Event, History


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """An event and where it belongs; `sealed` is the evidence."""

    event: Event
    provider_id: UUID
    client_id: UUID
    episode_id: UUID
    sealed: bytes | None = field(repr=False)
    act_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    episode_id: UUID
    purpose: str
    provider_id: UUID
    client_id: UUID
    state: str
    epoch: int  # one more at each change
    event_id: UUID
    valid_from: datetime
    valid_to: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that was said of an episode for a purpose, and the state that followed."""

    history: History
    state: StateRow


def add_event(session: Session, filing: Filing) -> None:
    said = events.written(filing.event)
    row = {
        **said,
        "provider_id": filing.provider_id,
        "client_id": filing.client_id,
        "episode_id": filing.episode_id,
        "sealed": filing.sealed,
        "act_id": filing.act_id,
        "act_kind": f"consent.{said['kind']}",
    }
    session.execute(insert(consent_events).values(row))


def find_event(session: Session, provider_id: UUID, event_id: UUID) -> Filing | None:
    found = session.execute(
        select(consent_events).where(
            consent_events.c.provider_id == provider_id, consent_events.c.id == event_id
        )
    )
    row = found.mappings().one_or_none()
    return None if row is None else _filing(row)


def filings(session: Session, episode_ids: Collection[UUID]) -> list[Filing]:
    """Give all that was said of these episodes, for whatever purpose, in the order of the log."""
    statement = (
        select(consent_events)
        .join(acts, acts.c.id == consent_events.c.act_id)
        .order_by(acts.c.log_index)
    )
    return [
        _filing(row) for row in among(session, statement, consent_events.c.episode_id, episode_ids)
    ]


def histories(session: Session, episode_ids: Collection[UUID], purpose: str) -> dict[UUID, History]:
    """Give each episode's events for a purpose; one that has none is left out."""
    statement = (
        select(consent_events)
        .where(consent_events.c.purpose == purpose)
        .order_by(consent_events.c.recorded_at, consent_events.c.id)
    )
    said: dict[UUID, list[Event]] = {}
    for row in among(session, statement, consent_events.c.episode_id, episode_ids):
        said.setdefault(row["episode_id"], []).append(events.read(row))
    return {episode_id: History(tuple(of_it)) for episode_id, of_it in said.items()}


def states(session: Session, episode_ids: Collection[UUID], purpose: str) -> dict[UUID, StateRow]:
    found = among(session, _states(purpose), consent_states.c.episode_id, episode_ids)
    return {row["episode_id"]: StateRow(**row) for row in found}


def standing(session: Session, episode_ids: Collection[UUID], purpose: str) -> dict[UUID, Standing]:
    """Give history and state of each episode that was asked or answered for this purpose."""
    known = histories(session, episode_ids, purpose)
    return {
        episode_id: Standing(known[episode_id], state)
        for episode_id, state in states(session, known, purpose).items()
    }


def lock_state(session: Session, episode_id: UUID, purpose: str) -> StateRow | None:
    """Give the state, and keep every report of this episode waiting until the transaction ends."""
    statement = _states(purpose).where(consent_states.c.episode_id == episode_id)
    return one(session, statement.with_for_update(), StateRow)


def put_state(session: Session, row: StateRow) -> None:
    """Write the state that follows the one before; raises Conflict if it was changed in between."""
    following = (
        update(consent_states)
        .where(
            consent_states.c.episode_id == row.episode_id,
            consent_states.c.purpose == row.purpose,
            consent_states.c.epoch == row.epoch - 1,
        )
        .values(values(row))
        .returning(consent_states.c.epoch)
    )
    if session.scalar(following) is not None:
        return
    with at_most_once("this consent was changed in between: read it again"):
        session.execute(insert(consent_states).values(values(row)))


def _filing(row: RowMapping) -> Filing:
    return Filing(
        event=events.read(row),
        provider_id=row["provider_id"],
        client_id=row["client_id"],
        episode_id=row["episode_id"],
        sealed=row["sealed"],
        act_id=row["act_id"],
    )


def _states(purpose: str) -> Select[Any]:
    return select(*columns(consent_states, StateRow)).where(consent_states.c.purpose == purpose)
