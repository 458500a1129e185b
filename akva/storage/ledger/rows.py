"""The rows behind the log's entries: what each act wrote, so that it can be held to its payload."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, null, select
from sqlalchemy.orm import Session

from akva.storage.callers import tokens
from akva.storage.tables import events, record
from akva.storage.tables.consent import consent_events
from akva.storage.tables.log import acts
from akva.storage.tables.record import actors, assessments, episodes, providers
from akva.storage.tables.register import refusals, release_steps, releases, reports
from akva.storage.tables.rows import columns
from consent import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRow:
    """What an act wrote: the id that its payload names, and whose it is.

    `kept` are the bytes whose hash the payload holds; `event` is a consent event. None: has none.
    """

    index: int
    named: UUID
    client_id: UUID | None
    kept: bytes | None = field(default=None, repr=False)
    event: Event | None = None


def act_rows(session: Session, start: int, stop: int) -> dict[int, ActRow]:
    """Give the row behind each entry in [start, stop) that has one."""
    within = and_(acts.c.log_index >= start, acts.c.log_index < stop)
    found = {
        row.log_index: ActRow(
            index=row.log_index, named=row.named, client_id=row.client_id, kept=row.kept
        )
        for statement in statements()
        for row in session.execute(statement.where(within))
    }
    for index, token in issued(session, within):
        found[index] = ActRow(index=index, named=token.id, client_id=None, kept=token.kept)
    said = select(acts.c.log_index, consent_events).join(
        consent_events, consent_events.c.act_id == acts.c.id
    )
    for row in session.execute(said.where(within)).mappings():
        found[row["log_index"]] = ActRow(
            index=row["log_index"],
            named=row["id"],
            client_id=row["client_id"],
            event=events.read(row),
        )
    return found


def issued(session: Session, within: ColumnElement[bool]) -> Iterator[tuple[int, tokens.TokenRow]]:
    """Give the tokens whose issue is among the entries: a leaf holds all of one but its end."""
    table = record.tokens
    statement = (
        select(acts.c.log_index, *columns(table, tokens.TokenRow))
        .join(table, table.c.act_id == acts.c.id)
        .where(within)
    )
    for row in session.execute(statement).mappings():
        told = dict(row)
        yield told.pop("log_index"), tokens.TokenRow(**told)


def statements() -> Iterator[Select[Any]]:
    revoked = record.tokens
    for table, named, client_id, kept in (
        (assessments, assessments.c.id, assessments.c.client_id, assessments.c.sealed),
        (reports, reports.c.id, episodes.c.client_id, reports.c.sealed),
        (refusals, refusals.c.assessment_id, episodes.c.client_id, null()),
        (release_steps, release_steps.c.release_id, null(), releases.c.body),
        (providers, providers.c.id, null(), null()),
        (actors, actors.c.id, null(), null()),
        (revoked, revoked.c.id, null(), null()),
    ):
        act_id = table.c.revoke_act_id if table is revoked else table.c.act_id
        joined = (
            select(
                acts.c.log_index,
                named.label("named"),
                client_id.label("client_id"),
                kept.label("kept"),
            )
            .select_from(acts)
            .join(table, act_id == acts.c.id)
        )
        if table in (reports, refusals):
            joined = joined.join(episodes, episodes.c.id == table.c.episode_id)
        if table is release_steps:
            joined = joined.join(releases, releases.c.id == release_steps.c.release_id)
        yield joined
