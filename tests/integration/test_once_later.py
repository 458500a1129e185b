"""What is sent again later is answered as it was then, whatever has happened in between."""

from dataclasses import replace
from uuid import UUID

import pytest

from akva.errors import Conflict
from akva.model.episodes import Occasion
from akva.service.courses import CourseReceipt
from akva.service.once import Once
from consent import REPORT_TO_KELA
from tests.house import EVIDENCE, House, a_course, bdi, reportable

ONCE = Once("k-1", b"POST /v1/something {}")


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
    receipt = house.akva.courses.submit(house.recorder, a_course(None))
    about = (house.recorder, receipt.episode_id, REPORT_TO_KELA)
    first = house.akva.consents.grant(*about, EVIDENCE, once=ONCE)
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
    receipt = reportable(house)
    house.akva.courses.submit(house.recorder, a_course())
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
