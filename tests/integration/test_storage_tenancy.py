"""Another provider's row can be named in no row of one's own: the database itself says so."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Table, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from akva.model.ids import new_id
from akva.storage.database import Database
from akva.storage.tables.consent import consent_events, consent_states
from akva.storage.tables.record import assessments, client_keys, episodes
from akva.storage.tables.register import refusals, register_keys, reports
from akva.storage.tables.types import metadata
from tests.filled import fill
from tests.stored import add_correction, add_provider

ZONE = (
    client_keys,
    episodes,
    consent_events,
    consent_states,
    assessments,
    register_keys,
    reports,
    refusals,
)


@pytest.mark.parametrize("table", ZONE, ids=lambda table: str(table.name))
def test_every_reference_to_a_provider_s_row_carries_the_provider(table: Table) -> None:
    """Only `actors` are named without: a second person may come from outside the provider."""
    owned = {name for name, other in metadata.tables.items() if "provider_id" in other.c}

    without = [
        constraint.name
        for constraint in table.foreign_key_constraints
        if constraint.referred_table.name in owned - {"actors"}
        and "provider_id" not in constraint.column_keys
    ]

    assert ([], False) == (without, table.c.provider_id.nullable)


def another(table: Table, row: dict[str, Any], corrected: UUID, now: datetime) -> dict[str, Any]:
    """Make a second row like this one, different only where a row has to be its own."""
    row_id = new_id()
    own: dict[str, dict[str, Any]] = {
        "client_keys": {"version": 2},
        "consent_states": {"purpose": "research-extract"},
        "register_keys": {"version": 2, "wrapped": None, "destroyed_at": now},
        "assessments": {"root_id": row_id},
        "reports": {"assessment_id": corrected},
    }
    fresh = {"id": row_id, "act_id": new_id(), **own.get(table.name, {})}
    return {**row, **{name: value for name, value in fresh.items() if name in row}}


class Undone(Exception):
    """It passed, and shall leave no trace."""


def passes(database: Database, table: Table, row: dict[str, Any]) -> bool:
    def attempt(session: Session, _: datetime) -> None:
        session.execute(insert(table).values(row))
        raise Undone

    with pytest.raises((IntegrityError, Undone)) as raised:
        database.write(attempt)
    if isinstance(raised.value, Undone):
        return True
    assert "foreign key" in str(raised.value).lower()
    return False


def test_another_provider_s_rows_cannot_be_referred_to(database: Database) -> None:
    """Each row once more as its own provider's, which passes, and once as another's."""

    def prepare(session: Session, now: datetime) -> tuple[UUID, dict[Table, dict[str, Any]]]:
        course = fill(session, now)
        corrected = add_correction(session, now, course).id
        rows = {
            table: another(
                table, dict(session.execute(select(table)).mappings().first() or {}), corrected, now
            )
            for table in ZONE
        }
        return add_provider(session, now, "prov-2").id, rows

    other, rows = database.write(prepare)

    answers = {
        table.name: (
            passes(database, table, row),
            passes(database, table, {**row, "provider_id": other}),
        )
        for table, row in rows.items()
    }

    assert {table.name: (True, False) for table in ZONE} == answers
