"""Every write of the service, sent twice under one key: the same answer, and nothing written."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from akva.errors import KeyReused
from akva.model.episodes import Occasion
from akva.service.courses import CourseReceipt
from akva.service.once import Once
from akva.service.submissions import EpisodeChange
from akva.storage.tables.types import metadata
from consent import REPORT_TO_KELA
from tests.house import (
    BDI_LATER,
    ENDED,
    EVIDENCE,
    OTHER_HETU,
    REFUSED,
    STARTED,
    House,
    a_course,
    bdi,
    gas,
    reportable,
)

Use = Callable[[House, CourseReceipt, Once | None], Any]
ONCE = Once("k-1", b"POST /v1/something {}")
OTHER = a_course(hetu=OTHER_HETU, reference="R-2")
CHANGE = EpisodeChange(end_reason="as-planned")
ALERTING = bdi(answers=dict.fromkeys(BDI_LATER, 3))

USES: dict[str, Use] = {
    "register": lambda h, _, o: h.akva.intake.register(h.recorder, OTHER.client, once=o),
    "open": lambda h, r, o: h.akva.intake.open(h.recorder, r.client_id, OTHER.episode, once=o),
    "amend": lambda h, r, o: h.akva.intake.amend(
        h.recorder, r.episode_id, CHANGE, version=1, once=o
    ),
    "record": lambda h, r, o: h.akva.intake.record(h.recorder, r.episode_id, ALERTING, once=o),
    "record reversed": lambda h, r, o: h.akva.intake.record(
        h.recorder, r.episode_id, replace(ALERTING, coding="reversed"), once=o
    ),
    "record a score": lambda h, r, o: h.akva.intake.record(
        h.recorder, r.episode_id, bdi(answers=None, scores={"total": 40}), once=o
    ),
    "record goals": lambda h, r, o: h.akva.intake.record(
        h.recorder, r.episode_id, gas(Occasion.END), once=o
    ),
    "correct": lambda h, r, o: h.akva.intake.correct(
        h.recorder, r.assessment_ids[0], ALERTING, "Väärä lomake", once=o
    ),
    "submit": lambda h, _, o: h.akva.courses.submit(h.recorder, OTHER, once=o),
    "submit a refusal": lambda h, _, o: h.akva.courses.submit(
        h.recorder, replace(OTHER, consent=REFUSED), once=o
    ),
    "submit without a word": lambda h, _, o: h.akva.courses.submit(
        h.recorder, replace(OTHER, consent=None, assessments=()), once=o
    ),
    "ask": lambda h, r, o: h.akva.consents.ask(
        h.recorder, r.episode_id, REPORT_TO_KELA, on=STARTED, once=o
    ),
    "refuse": lambda h, r, o: h.akva.consents.refuse(
        h.recorder, r.episode_id, REPORT_TO_KELA, on=ENDED, once=o
    ),
    "grant": lambda h, r, o: h.akva.consents.grant(
        h.recorder, r.episode_id, REPORT_TO_KELA, EVIDENCE, once=o
    ),
    "withdraw": lambda h, r, o: h.akva.consents.withdraw(
        h.recorder, r.episode_id, REPORT_TO_KELA, once=o
    ),
    "withdraw all": lambda h, r, o: h.akva.consents.withdraw_all(
        h.recorder, r.client_id, REPORT_TO_KELA, once=o
    ),
    "report": lambda h, r, o: h.akva.reporting.report(
        h.recorder, tuple(reversed(r.assessment_ids)), once=o
    ),
    "report nothing": lambda h, _, o: h.akva.reporting.report(h.recorder, (), once=o),
    "draft": lambda h, _, o: h.akva.releases.draft(h.drafter, "akva-services", 2025, once=o),
}


def rows(house: House) -> dict[str, int]:
    """Count the rows of every table."""
    return house.akva.database.read(
        lambda session, _: {
            table.name: session.scalars(select(func.count()).select_from(table)).one()
            for table in metadata.sorted_tables
        }
    )


def prepared(house: House) -> CourseReceipt:
    """Send two courses of one client, the first with a permission that was verified."""
    receipt = reportable(house)
    house.akva.courses.submit(house.recorder, a_course())
    return receipt


@pytest.mark.parametrize("name", USES)
def test_the_second_sending_gets_the_first_s_answer_and_writes_nothing(
    house: House, name: str
) -> None:
    receipt = prepared(house)
    first = USES[name](house, receipt, ONCE)
    before = rows(house)

    second = USES[name](house, receipt, ONCE)

    assert first == second
    assert before == rows(house)
    house.akva.auditing.verify()


@pytest.mark.parametrize("name", [name for name in USES if name != "report nothing"])
def test_something_else_under_the_same_key_is_refused(house: House, name: str) -> None:
    receipt = prepared(house)
    USES[name](house, receipt, ONCE)
    before = rows(house)

    with pytest.raises(KeyReused):
        USES[name](house, receipt, replace(ONCE, content=b"POST /v1/something {'else': 1}"))

    assert before == rows(house)


@pytest.mark.parametrize("name", ["record", "ask", "submit a refusal", "draft"])
def test_without_a_key_it_is_written_again(house: House, name: str) -> None:
    """The negative control: what stays the same above grows here."""
    receipt = prepared(house)
    USES[name](house, receipt, None)
    before = rows(house)

    USES[name](house, receipt, None)

    assert before != rows(house)
