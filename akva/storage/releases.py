"""Releases: frozen bytes, and the steps by which two people draft and approve them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, insert, select, true
from sqlalchemy.orm import Session

from akva.storage.engines.violations import at_most_once
from akva.storage.tables.log import acts, log_leaves, log_payloads
from akva.storage.tables.register import release_steps, releases
from akva.storage.tables.rows import columns, one, values

APPROVED = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """`body` is the canonical JSON and never changes; `refusals` is JSON too, counts by code."""

    id: UUID
    programme: str
    version: int
    round: str
    body: bytes = field(repr=False)
    digest: str
    reports: int  # how many admitted reports it rests on
    reports_root: bytes  # over their leaves, in log order
    refusals: str
    drafted_by: UUID
    drafted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    id: UUID
    release_id: UUID
    kind: str  # drafted or approved
    actor_id: UUID
    audience: str | None
    at: datetime
    act_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """An approved release with what its leaf says, so that its bytes can be checked."""

    release: ReleaseRow
    step: StepRow
    index: int
    leaf: bytes
    payload: bytes = field(repr=False)


def add(session: Session, row: ReleaseRow, step: StepRow) -> None:
    """Write a draft with its first step."""
    session.execute(insert(releases).values(values(row)))
    add_step(session, step)


def add_step(session: Session, step: StepRow) -> None:
    """Write a step; the database refuses an approval by who drafted. Raises Conflict for a second.

    The release's drafter is copied beside the step, where one row can compare the two people.
    """
    drafter = select(releases.c.drafted_by).where(releases.c.id == step.release_id)
    row = {
        **values(step),
        "drafted_by": drafter.scalar_subquery(),
        "act_kind": f"release.{step.kind}",
    }
    with at_most_once("this release is approved for them already"):
        session.execute(insert(release_steps).values(row))


def find(session: Session, release_id: UUID) -> ReleaseRow | None:
    return one(session, _releases().where(releases.c.id == release_id), ReleaseRow)


def step(
    session: Session, release_id: UUID, kind: str, audience: str | None = None
) -> StepRow | None:
    """Find a release's step; a draft has no audience."""
    statement = select(*columns(release_steps, StepRow)).where(
        release_steps.c.release_id == release_id,
        release_steps.c.kind == kind,
        release_steps.c.audience.is_not_distinct_from(audience),
    )
    return one(session, statement, StepRow)


def to_approve(session: Session, release_id: UUID) -> tuple[ReleaseRow | None, bool]:
    """Give a draft, and whether another draft of its programme and round is approved already.

    The round's drafts stay locked until the transaction ends: of two approvals one waits.
    """
    row = find(session, release_id)
    if row is None:
        return None, False
    same = (releases.c.programme == row.programme, releases.c.round == row.round)
    drafts = session.scalars(
        select(releases.c.id).where(*same).order_by(releases.c.id).with_for_update()
    ).all()
    others = [other for other in drafts if other != release_id]
    approved = exists().where(
        release_steps.c.kind == APPROVED, release_steps.c.release_id.in_(others)
    )
    return row, bool(session.scalar(select(approved)))


def approvals(session: Session) -> list[Approval]:
    """Give every approval in log order."""
    return _approvals(session, true())


def approvals_of(session: Session, release_id: UUID) -> list[Approval]:
    """Give the approvals of one release, in log order."""
    return _approvals(session, releases.c.id == release_id)


def _approvals(session: Session, which: ColumnElement[bool]) -> list[Approval]:
    release, step = columns(releases, ReleaseRow), columns(release_steps, StepRow)
    found = session.execute(
        select(*release, *step, log_leaves.c.index, log_leaves.c.leaf, log_payloads.c.sealed)
        .join(release_steps, release_steps.c.release_id == releases.c.id)
        .join(acts, acts.c.id == release_steps.c.act_id)
        .join(log_leaves, log_leaves.c.index == acts.c.log_index)
        .join(log_payloads, log_payloads.c.index == log_leaves.c.index)
        .where(release_steps.c.kind == APPROVED, which)
        .order_by(log_leaves.c.index)
    )
    return [
        Approval(
            release=ReleaseRow(**{column.name: row[column] for column in release}),
            step=StepRow(**{column.name: row[column] for column in step}),
            index=row[log_leaves.c.index],
            leaf=row[log_leaves.c.leaf],
            payload=row[log_payloads.c.sealed],
        )
        for row in found.mappings()
    ]


def _releases() -> Select[Any]:
    return select(*columns(releases, ReleaseRow))
