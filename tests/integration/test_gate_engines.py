"""What each engine adds to the gate: instants as text on SQLite, the serving role on PostgreSQL."""

import sqlite3
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from akva.storage.database import Database
from akva.storage.reports import ReportRow
from akva.storage.tables.rows import values
from tests.attacks import answer, insert
from tests.clocks import MORNING, TickingClock
from tests.consented import permitted_course, state_in
from tests.stored import report_under

HOUR = timedelta(hours=1)


def permitted_report(url: str, *, accepted_at: datetime) -> ReportRow:
    database = Database(url, TickingClock())
    course = database.write(permitted_course)
    state = database.read(lambda session, _: state_in(session, course))
    database.close()
    return report_under(course, state, accepted_at)


def raw_row(row: ReportRow) -> dict[str, object]:
    return {**values(row), "act_kind": "report.accepted"}


@pytest.mark.parametrize(
    "written",
    ["2026-11-21 11:00:00", "2026-11-21T11:00:00Z", "9", "zzz", 1795000000, b"2026-11-21"],
)
def test_on_sqlite_an_instant_of_another_form_does_not_pass(
    sqlite_address: str, written: object
) -> None:
    row = permitted_report(sqlite_address, accepted_at=MORNING + HOUR)
    raw = sqlite3.connect(sqlite_address.removeprefix("sqlite:///"), isolation_level=None)

    refused = answer(raw, "reports", {**raw_row(row), "accepted_at": written})
    passed = answer(raw, "reports", raw_row(row))
    raw.close()

    assert ("CLOCK_UNSAFE", None) == (refused, passed)


@pytest.mark.parametrize("verb", ["INSERT OR IGNORE", "INSERT OR REPLACE", "REPLACE"])
def test_on_sqlite_no_verb_walks_around_the_gate(sqlite_address: str, verb: str) -> None:
    row = permitted_report(sqlite_address, accepted_at=MORNING + HOUR)
    raw = sqlite3.connect(sqlite_address.removeprefix("sqlite:///"), isolation_level=None)

    refused = answer(raw, "reports", {**raw_row(row), "consent_epoch": 9}, verb=verb)
    raw.close()

    assert "CONSENT_SUPERSEDED" == refused


@pytest.mark.parametrize("minutes", [-11, 11, -9, 9])
def test_on_postgresql_the_serving_role_is_held_to_the_server_s_clock(
    postgresql_address: str, minutes: int
) -> None:
    """It may only insert reports: the trigger reads the states for it."""
    now = datetime.now(UTC)
    row = permitted_report(postgresql_address, accepted_at=now + timedelta(minutes=minutes))
    with psycopg.connect(postgresql_address) as raw:
        serve(raw)
        try:
            insert(raw, "reports", raw_row(row))
            passed = True
        except psycopg.errors.RaiseException as error:
            passed = "CLOCK_UNSAFE" not in str(error)
        raw.rollback()

    assert (abs(minutes) < 10) == passed


def test_on_postgresql_the_serving_role_reads_no_state_itself(postgresql_address: str) -> None:
    """Control: the right to the states is the trigger's, not the role's."""
    with psycopg.connect(postgresql_address) as raw:
        serve(raw)

        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute("SELECT * FROM consent_states")


def test_on_postgresql_a_table_in_the_inserter_s_own_schema_deceives_nobody(
    postgresql_address: str,
) -> None:
    """The function's search path is fixed: a temporary consent_states is not looked at."""
    row = permitted_report(postgresql_address, accepted_at=MORNING + HOUR)
    raw = psycopg.connect(postgresql_address, autocommit=True)
    raw.execute("CREATE TEMPORARY TABLE consent_states AS SELECT * FROM consent_states")
    raw.execute("UPDATE pg_temp.consent_states SET epoch = 9")

    refused = answer(raw, "reports", {**raw_row(row), "consent_epoch": 9})
    raw.close()

    assert "CONSENT_SUPERSEDED" == refused


def serve(raw: psycopg.Connection) -> None:
    """Become the serving role within this transaction; the role goes with it."""
    known = raw.execute("SELECT 1 FROM pg_roles WHERE rolname = 'akva_serve'").fetchone()
    if known is None:
        raw.execute("CREATE ROLE akva_serve")
    raw.execute("GRANT INSERT ON reports TO akva_serve")
    raw.execute("SET SESSION AUTHORIZATION akva_serve")
