"""Every write of the service, sent twice under one key: the same answer, and nothing written."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from akva.errors import Conflict, KeyReused
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


def granted(house: House) -> UUID:
    receipt = house.akva.courses.submit(house.recorder, a_course())
    assert receipt.grant_id is not None
    return receipt.grant_id


def test_a_verification_is_done_once(house: House) -> None:
    grant_id, verify = granted(house), house.akva.consents.verify
    first = verify(house.verifier, grant_id, once=ONCE)

    second = verify(house.verifier, grant_id, once=ONCE)

    assert (first, "granted") == (second, second.state)
    with pytest.raises(Conflict):
        verify(house.verifier, grant_id)


def test_an_approval_is_done_once_for_each_audience(house: House) -> None:
    receipt = reportable(house)
    house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    releases = house.akva.releases
    draft = releases.draft(house.drafter, "akva-services", 2025)
    wanted = {audience: Once(audience, b"POST") for audience in ("researchers", "public")}

    first, second = (
        [
            releases.approve(house.approver, draft.release_id, audience, once=once)
            for audience, once in wanted.items()
        ]
        for _ in range(2)
    )

    assert first == second
    assert first[0].log_index != first[1].log_index


def test_the_state_is_told_as_it_was_then(house: House) -> None:
    """A grant sent again after the withdrawal: the answer is still that of the grant."""
    receipt, consents = house.akva.courses.submit(house.recorder, a_course(None)), house.akva
    about = (house.recorder, receipt.episode_id, REPORT_TO_KELA)
    first = consents.consents.grant(*about, EVIDENCE, once=ONCE)
    house.akva.consents.verify(house.verifier, first.id)
    house.akva.consents.withdraw(*about)

    second = house.akva.consents.grant(*about, EVIDENCE, once=ONCE)

    assert (first, "unverified") == (second, second.state)


def test_a_withdrawal_sent_again_leaves_a_later_permission_alone(house: House) -> None:
    receipt = reportable(house)
    about = (house.recorder, receipt.episode_id, REPORT_TO_KELA)
    first = house.akva.consents.withdraw(*about, once=ONCE)
    grant = house.akva.consents.grant(*about, EVIDENCE)
    house.akva.consents.verify(house.verifier, grant.id)
    house.akva.reporting.report(house.recorder, receipt.assessment_ids)

    second = house.akva.consents.withdraw(*about, once=ONCE)

    assert first == second
    exported = house.akva.intake.export(house.recorder, receipt.client_id)
    assert all(report["content"] for report in exported.reports)


def test_a_withdrawal_of_all_is_told_without_the_episodes_that_came_later(house: House) -> None:
    receipt = prepared(house)
    close = house.akva.consents.withdraw_all
    first = close(house.recorder, receipt.client_id, REPORT_TO_KELA, once=ONCE)
    house.akva.courses.submit(house.recorder, a_course())
    close(house.recorder, receipt.client_id, REPORT_TO_KELA)

    second = close(house.recorder, receipt.client_id, REPORT_TO_KELA, once=ONCE)

    assert 2 == len(first)
    assert first == second


def test_a_course_is_told_without_what_was_added_later(house: House) -> None:
    course = a_course(None)
    first = house.akva.courses.submit(house.recorder, course, once=ONCE)
    house.akva.intake.correct(house.recorder, first.assessment_ids[0], bdi(), "Väärä lomake")
    house.akva.intake.record(house.recorder, first.episode_id, bdi())
    house.akva.consents.grant(house.recorder, first.episode_id, REPORT_TO_KELA, EVIDENCE)

    second = house.akva.courses.submit(house.recorder, course, once=ONCE)

    assert first == second


def test_reports_are_told_as_they_were_refused_first(house: House) -> None:
    """Refused, then permitted and reported: the first key still tells of the refusal."""
    receipt = house.akva.courses.submit(house.recorder, a_course())
    assert receipt.grant_id is not None
    ids, report = receipt.assessment_ids, house.akva.reporting.report
    refused = report(house.recorder, ids, once=ONCE)
    house.akva.consents.verify(house.verifier, receipt.grant_id)
    accepted = report(house.recorder, ids, once=replace(ONCE, key="k-2"))

    again = [report(house.recorder, ids, once=replace(ONCE, key=key)) for key in ("k-1", "k-2")]

    assert [refused, accepted] == again
    assert {"CONSENT_EVIDENCE_UNVERIFIED"} == {one.code for one in again[0]}


def test_refused_for_want_of_an_identity_is_told_again(house: House) -> None:
    receipt = reportable(house, a_course(hetu=None))
    first = house.akva.reporting.report(house.recorder, receipt.assessment_ids, once=ONCE)

    second = house.akva.reporting.report(house.recorder, receipt.assessment_ids, once=ONCE)

    assert first == second
    assert {"IDENTITY_NEEDED"} == {one.code for one in second}


def test_an_assessment_named_twice_is_told_twice(house: House) -> None:
    receipt = reportable(house)
    ids = (receipt.assessment_ids[1], receipt.assessment_ids[0], receipt.assessment_ids[1])
    first = house.akva.reporting.report(house.recorder, ids, once=ONCE)

    second = house.akva.reporting.report(house.recorder, ids, once=ONCE)

    assert first == second
    assert list(ids) == [one.assessment_id for one in second]


def test_a_write_that_failed_leaves_its_key_free(house: House) -> None:
    receipt = reportable(house)
    ids, report = receipt.assessment_ids, house.akva.reporting.report
    report(house.recorder, ids)

    with pytest.raises(Conflict):
        report(house.recorder, ids, once=ONCE)
    first = report(house.recorder, (record(house, receipt),), once=ONCE)

    assert first[0].report_id is not None


def record(house: House, receipt: CourseReceipt) -> UUID:
    return house.akva.intake.record(house.recorder, receipt.episode_id, bdi(Occasion.END)).id
