"""Once a withdrawal is acknowledged no report is accepted any more, whoever began first.

Two transactions are interleaved by hand, so that the outcome owes nothing to luck.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import repeat
from threading import Event
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from akva.errors import ReportRefused
from akva.storage import log
from akva.storage.database import Database
from akva.storage.reports import ReportRow
from akva.storage.tables.rows import values
from tests.attacks import insert
from tests.clocks import MORNING, TickingClock
from tests.consented import permitted_course, state_in
from tests.stored import add_report, entry, report_under

WITHDRAW = "UPDATE consent_states SET state = 'withdrawn', epoch = epoch + 1"
ACCEPTED_TOO_LATE = """
    SELECT count(*) FROM reports JOIN consent_states USING (episode_id, purpose)
    WHERE state = 'withdrawn'"""
PATIENCE = 10_000  # questions to the server, some 0.1 ms each


def permitted_report(database: Database) -> ReportRow:
    """Store a permitted course, and the act and leaf of a report that is still to come."""
    course = database.write(permitted_course)
    state = database.read(lambda session, _: state_in(session, course))
    return report_under(course, state, MORNING + timedelta(hours=1))


@pytest.fixture
def row(postgresql_address: str) -> dict[str, object]:
    """Give a permitted report, not yet inserted, whose act and leaf are there already."""
    database = Database(postgresql_address, TickingClock())
    report = permitted_report(database)
    logged = entry(report.act_id, "report.accepted")
    database.write(lambda session, now: log.append(session, now, [logged]))
    database.close()
    return {**values(report), "act_kind": "report.accepted"}


@pytest.fixture
def withdrawing(postgresql_address: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(postgresql_address) as connection:
        yield connection


@pytest.fixture
def reporting(postgresql_address: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(postgresql_address) as connection:
        yield connection


@pytest.fixture
def watching(postgresql_address: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(postgresql_address, autocommit=True) as connection:
        yield connection


@pytest.fixture
def aside() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def wait_until_blocked(
    watching: psycopg.Connection, blocked: psycopg.Connection, future: Future[Any]
) -> None:
    """Return when the connection waits for another's lock; fail if it went through."""
    for question in repeat("SELECT cardinality(pg_blocking_pids(%s))", PATIENCE):
        assert not future.done()
        answer = watching.execute(question, [blocked.info.backend_pid]).fetchone()
        if answer and answer[0]:
            return
    pytest.fail("it neither waited nor went through")


def test_a_report_waits_for_a_withdrawal_under_way_and_is_refused(
    row: dict[str, object],
    withdrawing: psycopg.Connection,
    reporting: psycopg.Connection,
    watching: psycopg.Connection,
    aside: ThreadPoolExecutor,
) -> None:
    withdrawing.execute(WITHDRAW)

    future = aside.submit(insert, reporting, "reports", row)
    wait_until_blocked(watching, reporting, future)
    withdrawing.commit()

    with pytest.raises(psycopg.errors.RaiseException, match="AKVA01:CONSENT_WITHDRAWN"):
        future.result()
    reporting.rollback()
    assert (0,) == watching.execute(ACCEPTED_TOO_LATE).fetchone()


def test_without_the_trigger_s_lock_a_report_follows_the_acknowledged_withdrawal(
    row: dict[str, object],
    withdrawing: psycopg.Connection,
    reporting: psycopg.Connection,
    watching: psycopg.Connection,
) -> None:
    """Control: the lock is what holds; the trigger alone reads the state from before."""
    body = watching.execute("SELECT pg_get_functiondef('akva_gate'::regproc)").fetchone()
    assert body is not None
    assert "FOR SHARE" in body[0]
    watching.execute(body[0].replace("FOR SHARE", "").encode())
    withdrawing.execute(WITHDRAW)

    insert(reporting, "reports", row)
    withdrawing.commit()  # acknowledged
    reporting.commit()

    assert (1,) == watching.execute(ACCEPTED_TOO_LATE).fetchone()


def test_a_withdrawal_waits_for_a_report_under_way(
    row: dict[str, object],
    withdrawing: psycopg.Connection,
    reporting: psycopg.Connection,
    watching: psycopg.Connection,
    aside: ThreadPoolExecutor,
) -> None:
    """Accepted first, acknowledged after: the report came before the withdrawal."""
    insert(reporting, "reports", row)

    future = aside.submit(withdrawing.execute, WITHDRAW)
    wait_until_blocked(watching, withdrawing, future)
    reporting.commit()
    future.result()
    withdrawing.commit()

    assert (1,) == watching.execute(ACCEPTED_TOO_LATE).fetchone()


def test_on_sqlite_a_report_waits_for_a_withdrawal_under_way_and_is_refused(
    sqlite_address: str, aside: ThreadPoolExecutor
) -> None:
    """One writer at a time, from the first statement on."""
    database = Database(sqlite_address, TickingClock())
    report = permitted_report(database)
    came_in = Event()

    def accept(session: Session, now: datetime) -> None:
        came_in.set()
        add_report(session, now, report)

    def withdraw(session: Session, _: datetime) -> tuple[Future[None], bool]:
        session.execute(text(WITHDRAW))
        future = aside.submit(database.write, accept)
        return future, came_in.wait(0.2)

    future, overtook = database.write(withdraw)

    with pytest.raises(ReportRefused, match="CONSENT_WITHDRAWN"):
        future.result()
    database.close()
    assert not overtook
