"""The gate stands in the database too: raw SQL meets the same answers as the consent rule."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from akva.errors import ReportRefused
from akva.model.actors import Provider
from akva.model.ids import new_id
from akva.storage.consents import StateRow
from akva.storage.database import Database
from akva.storage.reports import ReportRow
from akva.storage.tables.rows import values
from consent import (
    REPORT_TO_KELA,
    Asked,
    Event,
    Granted,
    History,
    Permit,
    Refused,
    Withdrawn,
    decide,
)
from tests.attacks import Raw, answer, drop_trigger
from tests.clocks import MORNING
from tests.consented import add_consent, permitted_course, state_in, verified
from tests.stored import Course, add_course, add_report, report_under

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ACCEPTED_AT = MORNING + 12 * HOUR  # after everything below was recorded


def said(kind: type[Event], course: Course, *, hours: int, **own: Any) -> Event:  # noqa: ANN401
    at = MORNING + hours * HOUR
    valid_from = own.pop("valid_from", at)
    return kind(
        id=new_id(),
        purpose=REPORT_TO_KELA,
        valid_from=valid_from,
        recorded_at=at,
        recorded_by=own.pop("recorded_by", course.recorder),
        **own,
    )


def granted(course: Course, hours: int = 1, **own: Any) -> list[Event]:  # noqa: ANN401
    """Give a grant, by default a written one, and its verification within the same hour."""
    grant = said(Granted, course, hours=hours, **{"written": True, **own})
    return [grant, verified(course, grant, grant.recorded_at)]


HISTORIES: dict[str, Callable[[Course], list[Event]]] = {
    "never asked": lambda _: [],
    "asked": lambda c: [said(Asked, c, hours=1)],
    "granted by word of mouth": lambda c: [said(Granted, c, hours=1, written=False)],
    "by word of mouth, verified": lambda c: granted(c, written=False),
    "not verified": lambda c: [said(Granted, c, hours=1, written=True)],
    "verified by its own recorder": lambda c: [
        grant := said(Granted, c, hours=1, written=True),
        replace(verified(c, grant, grant.recorded_at), recorded_by=c.recorder),
    ],
    "granted": granted,
    "asked and granted": lambda c: [said(Asked, c, hours=0), *granted(c)],
    "granted and asked again": lambda c: [*granted(c), said(Asked, c, hours=2)],
    "from tomorrow on": lambda c: granted(c, valid_from=ACCEPTED_AT + DAY),
    "from this instant on": lambda c: granted(c, valid_from=ACCEPTED_AT),
    "until this instant": lambda c: granted(c, valid_to=ACCEPTED_AT),
    "until the next instant": lambda c: granted(c, valid_to=ACCEPTED_AT + timedelta.resolution),
    "expired": lambda c: granted(c, valid_from=MORNING - DAY, valid_to=MORNING + 2 * HOUR),
    "refused": lambda c: [said(Refused, c, hours=1)],
    "refused, then granted": lambda c: [said(Refused, c, hours=1), *granted(c, 2)],
    "granted, then refused": lambda c: [*granted(c), said(Refused, c, hours=2)],
    "withdrawn": lambda c: [*granted(c), said(Withdrawn, c, hours=2)],
    "withdrawn, asked again": lambda c: [
        *granted(c), said(Withdrawn, c, hours=2), said(Asked, c, hours=3)
    ],
    "withdrawn, granted anew": lambda c: [
        *granted(c), said(Withdrawn, c, hours=2), *granted(c, 3)
    ],
    "withdrawn, granted anew, not verified": lambda c: [
        *granted(c), said(Withdrawn, c, hours=2), said(Granted, c, hours=3, written=True)
    ],
    "renewed, not verified": lambda c: [
        *granted(c), said(Granted, c, hours=3, written=True)
    ],
}  # fmt: skip


def course_with(database: Database, history: str) -> tuple[list[Event], ReportRow]:
    """Store a course with that history, and make the report of one who reads the newest state."""
    code = history.replace(" ", "-").replace(",", "")
    course = database.write(lambda session, now: add_course(session, now, code))
    events = HISTORIES[history](course)
    database.write(lambda session, now: add_consent(session, now, course, events))
    state = database.read(lambda session, _: state_in(session, course)) if events else NO_STATE
    return events, report_under(course, state, ACCEPTED_AT)


NO_STATE = StateRow(
    episode_id=UUID(int=0),
    purpose=REPORT_TO_KELA,
    provider_id=UUID(int=0),
    client_id=UUID(int=0),
    state="granted",
    epoch=1,
    event_id=UUID(int=1),
    valid_from=MORNING,
    valid_to=None,
)


UNSTORED = Course(
    provider=Provider(id=UUID(int=0), code="none", name="None"),
    recorder=UUID(int=1),
    verifier=UUID(int=2),
    client_id=UUID(int=3),
    episode_id=UUID(int=4),
    assessment_id=UUID(int=5),
    subject_id=UUID(int=6),
)


def raw_row(row: ReportRow) -> dict[str, object]:
    return {**values(row), "act_kind": "report.accepted"}


def verdict(events: list[Event]) -> str | None:
    """Give the rule's code, None for a permit."""
    answered = decide(History(tuple(events)), REPORT_TO_KELA, at=ACCEPTED_AT)
    return None if isinstance(answered, Permit) else answered.code


def test_the_trigger_answers_raw_sql_as_the_rule_does(database: Database, raw: Raw) -> None:
    courses = {history: course_with(database, history) for history in HISTORIES}

    answers = {
        history: answer(raw, "reports", raw_row(row)) for history, (_, row) in courses.items()
    }

    assert {history: verdict(events) for history, (events, _) in courses.items()} == answers


def test_the_histories_above_reach_every_answer() -> None:
    """Control: no code of the rule goes unasked."""
    course = UNSTORED

    answers = {verdict(history(course)) for history in HISTORIES.values()}

    assert answers == {
        None,
        "CONSENT_MISSING",
        "CONSENT_NOT_WRITTEN",
        "CONSENT_EVIDENCE_UNVERIFIED",
        "CONSENT_REFUSED_BY_CLIENT",
        "CONSENT_WITHDRAWN",
        "CONSENT_NOT_YET_VALID",
        "CONSENT_EXPIRED",
    }


def test_without_the_trigger_the_same_inserts_would_pass(database: Database, raw: Raw) -> None:
    """Control: it is the trigger that bites, and nothing else does."""
    courses = {history: course_with(database, history) for history in HISTORIES}
    del courses["never asked"]  # no consent event there is, so no foreign key would hold
    drop_trigger(raw, "reports_gate", "reports")

    answers = [answer(raw, "reports", raw_row(row)) for _, row in courses.values()]

    assert [None] * len(courses) == answers


@pytest.mark.parametrize(
    "stale",
    [{"consent_epoch": 1}, {"consent_epoch": 3}, {"consent_event_id": UUID(int=7)}],
)
def test_a_report_under_another_event_or_epoch_than_the_state_s_is_refused(
    database: Database, raw: Raw, stale: dict[str, Any]
) -> None:
    _, row = course_with(database, "granted")

    assert "CONSENT_SUPERSEDED" == answer(raw, "reports", {**raw_row(row), **stale})


def test_a_consent_for_another_purpose_opens_nothing(database: Database, raw: Raw) -> None:
    _, row = course_with(database, "granted")

    other = {**raw_row(row), "purpose": "research-extract"}

    assert "CONSENT_MISSING" == answer(raw, "reports", other)


def test_a_row_without_an_instant_does_not_pass(database: Database, raw: Raw) -> None:
    _, row = course_with(database, "granted")

    with pytest.raises(Exception, match=r"(?i)not.null"):
        answer(raw, "reports", {**raw_row(row), "accepted_at": None})


def test_storage_raises_the_trigger_s_code(database: Database) -> None:
    _, row = course_with(database, "withdrawn")

    with pytest.raises(ReportRefused) as refused:
        database.write(lambda session, now: add_report(session, now, row))

    assert "CONSENT_WITHDRAWN" == refused.value.code


def test_a_permitted_report_is_stored(database: Database) -> None:
    """Control: the whole row passes, with its act and its leaf."""
    course = database.write(permitted_course)

    def report(session: Any, now: datetime) -> None:  # noqa: ANN401
        add_report(session, now, report_under(course, state_in(session, course), now))

    database.write(report)


def test_a_permission_opens_its_own_episode_alone(database: Database, raw: Raw) -> None:
    """Two courses; the one without consent borrows the other's event and epoch."""
    permitted_one = database.write(permitted_course)
    other = database.write(lambda session, now: add_course(session, now, "prov-2"))
    state = database.read(lambda session, _: state_in(session, permitted_one))

    assert "CONSENT_MISSING" == answer(
        raw, "reports", raw_row(report_under(other, state, ACCEPTED_AT))
    )
