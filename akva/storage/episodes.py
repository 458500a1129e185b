"""Episodes: service and days in clear, the rest sealed; and how many of them stand where."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, insert, select, update
from sqlalchemy.orm import Session

from akva.errors import Stale
from akva.model.coverage import Coverage
from akva.model.episodes import Occasion
from akva.storage.assessments import AssessmentRow
from akva.storage.tables.consent import consent_states
from akva.storage.tables.record import assessments, episodes
from akva.storage.tables.rows import among, columns, many, one, values
from consent import REPORT_TO_KELA

NOT_ASKED = "not_asked"
CHANGED = "this episode was changed since: read it again"


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeRow:
    id: UUID
    provider_id: UUID
    client_id: UUID
    service: str
    decided_on: date
    started_on: date
    ended_on: date | None
    sealed: bytes = field(repr=False)
    row_version: int = 1


def add(session: Session, row: EpisodeRow, now: datetime) -> None:
    session.execute(insert(episodes).values({**values(row), "added_at": now}))


def change(session: Session, row: EpisodeRow) -> None:
    """Write an episode's next version; raises Stale unless it follows the one that stands."""
    following = (
        update(episodes)
        .where(
            episodes.c.provider_id == row.provider_id,
            episodes.c.id == row.id,
            episodes.c.row_version == row.row_version - 1,
        )
        .values(ended_on=row.ended_on, sealed=row.sealed, row_version=row.row_version)
        .returning(episodes.c.id)
    )
    if session.scalar(following) is None:
        raise Stale(CHANGED)


def find(session: Session, provider_id: UUID, episode_id: UUID) -> EpisodeRow | None:
    return one(session, _of(provider_id).where(episodes.c.id == episode_id), EpisodeRow)


def find_many(
    session: Session, provider_id: UUID, episode_ids: Collection[UUID]
) -> dict[UUID, EpisodeRow]:
    """Give what of these is the provider's; what is not there or another's is left out."""
    found = among(session, _of(provider_id), episodes.c.id, episode_ids)
    return {row["id"]: EpisodeRow(**row) for row in found}


def of_client(session: Session, provider_id: UUID, client_id: UUID) -> list[EpisodeRow]:
    """Give the client's episodes, in the order of their ids: of two calls none locks crosswise."""
    statement = _of(provider_id).where(episodes.c.client_id == client_id).order_by(episodes.c.id)
    return many(session, statement, EpisodeRow)


def with_starts(
    session: Session, provider_id: UUID, episode_id: UUID, instrument: str
) -> tuple[EpisodeRow, list[AssessmentRow]] | None:
    """Give an episode and the start's assessments of an instrument, the one that counts last."""
    episode = find(session, provider_id, episode_id)
    if episode is None:
        return None
    starts = (
        select(*columns(assessments, AssessmentRow))
        .where(
            assessments.c.episode_id == episode_id,
            assessments.c.instrument == instrument,
            assessments.c.occasion == Occasion.START,
        )
        .order_by(assessments.c.recorded_at, assessments.c.version, assessments.c.id)
    )
    return episode, many(session, starts, AssessmentRow)


def coverage(session: Session, *, ended_from: date, ended_before: date) -> list[Coverage]:
    """Count the episodes that ended in [from, before), by service and state of consent.

    Whole numbers from one query: of episodes without consent nothing else leaves the record.
    """
    state = func.coalesce(consent_states.c.state, NOT_ASKED).label("state")
    same = and_(
        consent_states.c.episode_id == episodes.c.id, consent_states.c.purpose == REPORT_TO_KELA
    )
    found = session.execute(
        select(episodes.c.service, state, func.count().label("episodes"))
        .outerjoin(consent_states, same)
        .where(episodes.c.ended_on >= ended_from, episodes.c.ended_on < ended_before)
        .group_by(episodes.c.service, state)
        .order_by(episodes.c.service, state)
    )
    return [Coverage(**row) for row in found.mappings()]


def _of(provider_id: UUID) -> Select[Any]:
    return select(*columns(episodes, EpisodeRow)).where(episodes.c.provider_id == provider_id)
