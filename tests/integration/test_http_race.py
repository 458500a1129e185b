"""Over HTTP too: once a withdrawal is acknowledged, no report of its episode is accepted."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from akva.model.assessments import NotScored
from akva.model.episodes import Occasion
from akva.service.submissions import NewAssessment
from tests.attacks import drop_trigger
from tests.house import GRANTED, STARTED, House, a_course, reportable
from tests.racing import REPORTERS, Contested, Sent, race
from tests.serving import Served, a_person, opened_before, serving, tokens_of

EPISODES = 40
MEASURES = ("bdi-21", "whoqol-bref", "akv-1", "gas")
ACCEPTED_TOO_LATE = """
    SELECT count(*) FROM reports
    JOIN acts AS accepted ON accepted.id = reports.act_id
    JOIN consent_events AS withdrawal ON withdrawal.episode_id = reports.episode_id
    JOIN acts AS closed ON closed.id = withdrawal.act_id
    WHERE withdrawal.kind = 'withdrawn' AND accepted.log_index > closed.log_index"""


def contested(house: House, nth: int) -> Contested:
    """Store a permitted course with as many assessments as will be reported."""
    measures = (
        NewAssessment(
            instrument=instrument,
            occasion=occasion,
            answered_on=STARTED,
            not_scored=NotScored.DECLINED,
        )
        for instrument in MEASURES
        for occasion in (Occasion.START, Occasion.END)
    )
    receipt = reportable(house, a_course(GRANTED, *measures, **a_person(nth)))
    ids = [str(one) for one in receipt.assessment_ids]
    return Contested(str(receipt.grant_id), [ids[one::REPORTERS] for one in range(REPORTERS)])


@pytest.fixture
def episodes() -> list[Contested]:
    return []


@pytest.fixture
def served(address: str, tmp_path: Path, episodes: list[Contested]) -> Iterator[Served]:
    """Serve a house in which episodes wait to be reported."""
    with opened_before(address, tmp_path) as house:
        episodes += [contested(house, nth) for nth in range(EPISODES)]
        with serving(house.settings, tokens_of(house)) as served:
            yield served


def too_late(reports: list[Sent], withdrawals: list[Sent]) -> list[Sent]:
    """Find the reports accepted in the log behind the withdrawal, or begun when it was over."""
    closed = {one.place: one for one in withdrawals}
    return [
        one
        for one in reports
        if one.code is None
        and (one.log_index > closed[one.place].log_index or one.began > closed[one.place].answered)
    ]


def found(raw: sqlite3.Connection | psycopg.Connection, statement: str) -> int:
    row = raw.execute(statement).fetchone()
    assert row is not None
    return int(row[0])


def test_no_report_follows_an_acknowledged_withdrawal(
    served: Served, episodes: list[Contested], raw: sqlite3.Connection | psycopg.Connection
) -> None:
    reports, withdrawals = race(served.wire("recorder"), episodes)

    outcomes = Counter(one.code for one in reports)
    assert [201] * EPISODES == [one.status for one in withdrawals]
    assert {None, "CONSENT_WITHDRAWN"} == set(outcomes)
    assert [] == too_late(reports, withdrawals)
    assert 0 == found(raw, ACCEPTED_TOO_LATE)
    assert outcomes[None] == found(raw, "SELECT count(*) FROM reports")
    assert outcomes["CONSENT_WITHDRAWN"] == found(raw, "SELECT count(*) FROM refusals")


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_without_the_gate_s_trigger_some_reports_do(
    served: Served, episodes: list[Contested], raw: sqlite3.Connection | psycopg.Connection
) -> None:
    """Control: the same race finds what the trigger holds back."""
    drop_trigger(raw, "reports_gate", "reports")

    reports, withdrawals = race(served.wire("recorder"), episodes)

    late = too_late(reports, withdrawals)
    assert [] != late
    assert len(late) == found(raw, ACCEPTED_TOO_LATE)
