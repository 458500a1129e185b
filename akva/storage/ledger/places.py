"""Where in the log the act lies that a caller names by what it wrote."""

from uuid import UUID

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from akva.storage.tables.consent import consent_events
from akva.storage.tables.log import acts
from akva.storage.tables.record import assessments
from akva.storage.tables.register import refusals, reports

NAMED = (assessments, consent_events, reports, refusals)


def index_of(session: Session, provider_id: UUID, named: UUID) -> int | None:
    """Find the entry of an assessment, consent event, report or refusal of this provider."""
    found: int | None = session.scalar(
        union_all(
            *(
                select(acts.c.log_index)
                .join(table, table.c.act_id == acts.c.id)
                .where(table.c.provider_id == provider_id, table.c.id == named)
                for table in NAMED
            )
        )
    )
    return found
