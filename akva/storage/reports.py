"""Reports and refusals: what passed into the register, and what did not, by code.

The database decides once more: its trigger compares each report with the state of consent.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from operator import attrgetter
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Table, and_, exists, func, insert, null, select
from sqlalchemy.orm import Session

from akva.model.episodes import Occasion
from akva.storage.engines.violations import at_most_once, gated
from akva.storage.register_keys import RegisterKeyRow
from akva.storage.tables.log import acts, log_leaves
from akva.storage.tables.record import episodes
from akva.storage.tables.register import refusals, register_keys, reports
from akva.storage.tables.rows import among, columns, one, values

ACCEPTED, REFUSED = "report.accepted", "report.refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    id: UUID
    provider_id: UUID
    subject_id: UUID
    episode_id: UUID
    assessment_id: UUID
    purpose: str
    consent_event_id: UUID
    consent_epoch: int
    service: str
    instrument: str
    occasion: Occasion
    answered_on: date
    accepted_at: datetime
    supersedes: UUID | None
    key_version: int
    sealed: bytes = field(repr=False)
    act_id: UUID


REPORT = tuple(each.name for each in fields(ReportRow))


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalRow:
    """No measure is kept of what was refused."""

    id: UUID
    provider_id: UUID
    episode_id: UUID
    assessment_id: UUID
    purpose: str
    code: str
    refused_at: datetime
    act_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of one assessment: a report, or a refusal by its code."""

    id: UUID
    assessment_id: UUID
    code: str | None
    index: int
    leaf_hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A report that can still be opened, its wrapped key, and the hash of its leaf."""

    row: ReportRow
    wrapped: bytes = field(repr=False)
    leaf_hash: bytes


def add(
    session: Session,
    accepted: Sequence[ReportRow],
    *,
    refused: Sequence[RefusalRow] = (),
    keys: Mapping[UUID, RegisterKeyRow] | None = None,
) -> None:
    """Write reports with the register keys made for them, and refusals.

    Raises ReportRefused with the trigger's code, and Conflict for what was reported before under
    the same permission. In the order of episodes, so that two calls never lock crosswise.
    A later report of the same episode, instrument and occasion supersedes the earlier one.
    """
    in_order = superseding(session, sorted(accepted, key=attrgetter("episode_id")))
    made_at = {row.episode_id: row.accepted_at for row in in_order}
    fresh = [{**values(row), "made_at": made_at[at]} for at, row in sorted((keys or {}).items())]
    with at_most_once("this was reported already under the same permission"), gated():
        if fresh:
            session.execute(insert(register_keys), fresh)
        if in_order:
            session.execute(
                insert(reports), [{**values(row), "act_kind": ACCEPTED} for row in in_order]
            )
    if refused:
        session.execute(insert(refusals), [{**values(row), "act_kind": REFUSED} for row in refused])


def superseding(session: Session, rows: Sequence[ReportRow]) -> list[ReportRow]:
    """Name, for each report, the one that it takes the place of."""
    later = reports.alias()
    statement = (
        select(reports.c.id, reports.c.episode_id, reports.c.instrument, reports.c.occasion)
        .where(~exists().where(later.c.supersedes == reports.c.id))
        .order_by(reports.c.accepted_at, reports.c.id)
    )
    episode_ids = {row.episode_id for row in rows}
    current = {
        (row["episode_id"], row["instrument"], row["occasion"]): row["id"]
        for row in among(session, statement, reports.c.episode_id, episode_ids)
    }
    named = []
    for row in rows:
        place = (row.episode_id, row.instrument, row.occasion)
        named.append(replace(row, supersedes=current.get(place)))
        current[place] = row.id
    return named


def find(session: Session, report_id: UUID) -> ReportRow | None:
    statement = select(*columns(reports, ReportRow)).where(reports.c.id == report_id)
    return one(session, statement, ReportRow)


def of_episodes(
    session: Session, episode_ids: Collection[UUID]
) -> list[tuple[ReportRow, bytes | None]]:
    """Give every report of these episodes in the order of the log, with its key while it lives."""
    statement = (
        select(*columns(reports, ReportRow), register_keys.c.wrapped)
        .join(register_keys, _same_key())
        .join(acts, acts.c.id == reports.c.act_id)
        .order_by(acts.c.log_index)
    )
    found = among(session, statement, reports.c.episode_id, episode_ids)
    return [(ReportRow(**{name: row[name] for name in REPORT}), row["wrapped"]) for row in found]


def settled(session: Session, start: int, stop: int) -> list[Settled]:
    """Give what became of assessments in the log's entries [start, stop)."""
    found = []
    for table, code in ((reports, null()), (refusals, refusals.c.code)):
        statement = (
            select(
                table.c.id,
                table.c.assessment_id,
                code.label("code"),
                log_leaves.c.index,
                log_leaves.c.leaf_hash,
            )
            .join(acts, acts.c.id == table.c.act_id)
            .join(log_leaves, log_leaves.c.index == acts.c.log_index)
            .where(acts.c.log_index >= start, acts.c.log_index < stop)
        )
        found += [Settled(**row) for row in session.execute(statement).mappings()]
    return found


def of_round(
    session: Session, *, ended_from: date, ended_before: date
) -> tuple[list[Registered], dict[str, int]]:
    """Give the reports of episodes ended in [from, before), in log order, and refusals by code.

    A report counts while its key lives and no later one supersedes it.
    """
    later = reports.alias()
    in_round = and_(episodes.c.ended_on >= ended_from, episodes.c.ended_on < ended_before)
    found = session.execute(
        select(*columns(reports, ReportRow), register_keys.c.wrapped, log_leaves.c.leaf_hash)
        .join(episodes, _same_episode(reports))
        .join(
            register_keys,
            _same_key(),
        )
        .join(acts, acts.c.id == reports.c.act_id)
        .join(log_leaves, log_leaves.c.index == acts.c.log_index)
        .where(
            in_round,
            register_keys.c.wrapped.is_not(None),
            ~exists().where(later.c.supersedes == reports.c.id),
        )
        .order_by(log_leaves.c.index)
    )
    counts = session.execute(
        select(refusals.c.code, func.count().label("refusals"))
        .join(episodes, _same_episode(refusals))
        .where(in_round)
        .group_by(refusals.c.code)
        .order_by(refusals.c.code)
    )
    return [_registered(row) for row in found.mappings()], {
        row.code: row.refusals for row in counts
    }


def _registered(row: RowMapping) -> Registered:
    fields = {str(name): value for name, value in row.items()}
    wrapped, leaf_hash = fields.pop("wrapped"), fields.pop("leaf_hash")
    return Registered(row=ReportRow(**fields), wrapped=wrapped, leaf_hash=leaf_hash)


def _same_key() -> ColumnElement[bool]:
    return and_(
        register_keys.c.episode_id == reports.c.episode_id,
        register_keys.c.version == reports.c.key_version,
    )


def _same_episode(table: Table) -> ColumnElement[bool]:
    return and_(episodes.c.provider_id == table.c.provider_id, episodes.c.id == table.c.episode_id)
