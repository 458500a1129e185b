"""Assessments: immutable, a correction is a new version of the same root, the highest counts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from akva.errors import Conflict
from akva.model.episodes import Occasion
from akva.storage.engines.violations import at_most_once
from akva.storage.tables.log import acts
from akva.storage.tables.record import assessments
from akva.storage.tables.rows import among, columns, many, values

ACT = "assessment.recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRow:
    """The first version's id is its root."""

    id: UUID
    root_id: UUID
    version: int
    provider_id: UUID
    client_id: UUID
    episode_id: UUID
    instrument: str
    edition: str
    occasion: Occasion
    answered_on: date
    sealed: bytes = field(repr=False)
    recorded_at: datetime
    act_id: UUID


def add(session: Session, rows: Sequence[AssessmentRow]) -> None:
    """Write assessments; raises Conflict where that version is there already."""
    with at_most_once("this assessment was corrected in between: read it again"):
        session.execute(insert(assessments), [{**values(row), "act_kind": ACT} for row in rows])


def of_client(session: Session, provider_id: UUID, client_id: UUID) -> list[AssessmentRow]:
    """Give every version of every assessment of a client, in the order of their recording."""
    statement = (
        select(*columns(assessments, AssessmentRow))
        .where(assessments.c.provider_id == provider_id, assessments.c.client_id == client_id)
        .order_by(assessments.c.recorded_at, assessments.c.id)
    )
    return many(session, statement, AssessmentRow)


def first_of_episode(session: Session, episode_id: UUID, count: int) -> list[AssessmentRow]:
    """Give the assessments of an episode that were recorded first, in the order of the log."""
    statement = (
        select(*columns(assessments, AssessmentRow))
        .join(acts, acts.c.id == assessments.c.act_id)
        .where(assessments.c.episode_id == episode_id)
        .order_by(acts.c.log_index)
        .limit(count)
    )
    return many(session, statement, AssessmentRow)


def to_report(
    session: Session, provider_id: UUID, assessment_ids: Collection[UUID]
) -> list[AssessmentRow]:
    """Give what of these is the provider's; raises Conflict where one was corrected since."""
    rows = find(session, provider_id, assessment_ids)
    newest = versions(session, [row.root_id for row in rows])
    if any(row.version < newest[row.root_id] for row in rows):
        raise Conflict("an assessment was corrected since: report its newest version instead")
    return rows


def versions(session: Session, root_ids: Collection[UUID]) -> dict[UUID, int]:
    """Give the version that counts, by root."""
    statement = select(assessments.c.root_id, func.max(assessments.c.version).label("newest"))
    found = among(
        session, statement.group_by(assessments.c.root_id), assessments.c.root_id, root_ids
    )
    return {row["root_id"]: row["newest"] for row in found}


def find(
    session: Session, provider_id: UUID, assessment_ids: Collection[UUID]
) -> list[AssessmentRow]:
    """Give what of these is the provider's, in the order of ids; another's is left out."""
    statement = (
        select(*columns(assessments, AssessmentRow))
        .where(assessments.c.provider_id == provider_id)
        .order_by(assessments.c.id)
    )
    found = among(session, statement, assessments.c.id, assessment_ids)
    return [AssessmentRow(**row) for row in found]
