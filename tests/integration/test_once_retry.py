"""The permission changed while a report waited: it is tried once more, under the same key."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest

from akva.errors import ReportRefused
from akva.service.once import Once
from tests.clocks import TickingClock
from tests.house import House, opened, reportable

ONCE = Once("k-1", b"POST /v1/reports {}")
CHANGED = "UPDATE consent_states SET epoch = epoch + 1"
CLOSED = "UPDATE consent_states SET state = 'withdrawn'"
OPENED = "UPDATE consent_states SET state = 'granted'"
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0"
PATIENCE = 10_000


@pytest.fixture
def house(postgresql_address: str, clock: TickingClock, tmp_path: Path) -> Iterator[House]:
    with opened(postgresql_address, clock, tmp_path) as house:
        yield house


@pytest.fixture
def changing(postgresql_address: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(postgresql_address) as connection:
        yield connection


@pytest.fixture
def watching(postgresql_address: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(postgresql_address, autocommit=True) as connection:
        yield connection


def wait_until_blocked(watching: psycopg.Connection, future: Future[Any]) -> None:
    for _ in range(PATIENCE):
        assert not future.done()
        if watching.execute(WAITING).fetchone() != (0,):
            return
    pytest.fail("it neither waited nor went through")


def test_it_is_tried_once_more_under_the_same_key(
    house: House, changing: psycopg.Connection, watching: psycopg.Connection
) -> None:
    receipt, report = reportable(house), house.akva.reporting.report
    changing.execute(CHANGED)

    with ThreadPoolExecutor(1) as aside:
        future = aside.submit(report, house.recorder, receipt.assessment_ids, once=ONCE)
        wait_until_blocked(watching, future)
        changing.commit()
        first = future.result()

    assert all(one.report_id for one in first)
    assert first == report(house.recorder, receipt.assessment_ids, once=ONCE)
    house.akva.auditing.verify()


def test_refused_by_the_database_twice_the_key_is_free(
    house: House, watching: psycopg.Connection
) -> None:
    receipt, report = reportable(house), house.akva.reporting.report
    watching.execute(CLOSED)
    with pytest.raises(ReportRefused):
        report(house.recorder, receipt.assessment_ids, once=ONCE)
    watching.execute(OPENED)

    outcomes = report(house.recorder, receipt.assessment_ids, once=ONCE)

    assert all(one.report_id for one in outcomes)
