"""Without a written, verified consent in force nothing is reported; the refusal is a leaf."""

from datetime import date

import pytest

from akva.errors import Conflict, InvalidRequest, NotFound
from akva.model.episodes import Occasion
from akva.service.submissions import Answer
from consent import REPORT_TO_KELA, Evidence
from tests.house import (
    ASKED,
    EVIDENCE,
    GRANTED,
    REFUSED,
    STARTED,
    House,
    a_course,
    bdi,
    reportable,
)

UNSIGNED = Answer(
    asked_on=STARTED,
    evidence=Evidence(form_version="2025-1", signed_on=STARTED, signer=None, archive_number="A-1"),
)
CLOSED = {
    "never asked": (None, "CONSENT_MISSING"),
    "asked without an answer": (ASKED, "CONSENT_MISSING"),
    "refused by the client": (REFUSED, "CONSENT_REFUSED_BY_CLIENT"),
    "a paper without a signer": (UNSIGNED, "CONSENT_NOT_WRITTEN"),
    "a paper that nobody verified": (GRANTED, "CONSENT_EVIDENCE_UNVERIFIED"),
}


@pytest.mark.parametrize("name", CLOSED)
def test_a_report_is_refused_with_its_code_and_leaves_no_measure(house: House, name: str) -> None:
    answer, code = CLOSED[name]
    receipt = house.akva.courses.submit(house.recorder, a_course(answer))
    before = house.akva.auditing.verify().size

    outcomes = house.akva.reporting.report(house.recorder, receipt.assessment_ids)

    assert {code} == {outcome.code for outcome in outcomes}
    assert {None} == {outcome.report_id for outcome in outcomes}
    assert before + len(outcomes) == house.akva.auditing.verify().size


def test_a_verified_permission_lets_every_assessment_of_the_episode_pass(house: House) -> None:
    receipt = reportable(house)

    outcomes = house.akva.reporting.report(house.recorder, receipt.assessment_ids)

    assert [None] * 4 == [outcome.code for outcome in outcomes]
    assert list(receipt.assessment_ids) == [outcome.assessment_id for outcome in outcomes]


def test_a_permission_covers_no_other_episode(house: House) -> None:
    reportable(house)
    other = house.akva.courses.submit(house.recorder, a_course(None))

    [outcome, *_] = house.akva.reporting.report(house.recorder, other.assessment_ids)

    assert "CONSENT_MISSING" == outcome.code


def test_without_an_identity_code_nothing_can_be_reported(house: House) -> None:
    receipt = reportable(house, a_course(GRANTED, bdi(), hetu=None))

    [outcome] = house.akva.reporting.report(house.recorder, receipt.assessment_ids)

    assert "IDENTITY_NEEDED" == outcome.code


def test_who_withdrew_and_permits_anew_must_be_verified_anew(house: House) -> None:
    receipt = reportable(house)
    akva, recorder = house.akva, house.recorder
    akva.consents.withdraw(recorder, receipt.episode_id, REPORT_TO_KELA)
    again = akva.consents.grant(recorder, receipt.episode_id, REPORT_TO_KELA, EVIDENCE)

    [before, *_] = akva.reporting.report(recorder, receipt.assessment_ids)
    akva.consents.verify(house.verifier, again.id)
    after = akva.reporting.report(recorder, receipt.assessment_ids)

    # The paper is of the day before the withdrawal: it does not displace it.
    assert "CONSENT_WITHDRAWN" == before.code
    assert {"CONSENT_WITHDRAWN"} == {outcome.code for outcome in after}


def test_another_providers_assessment_is_as_unknown_as_none(house: House) -> None:
    receipt = reportable(house)

    with pytest.raises(NotFound, match="no such assessment"):
        house.akva.reporting.report(house.stranger, receipt.assessment_ids)


def test_a_later_report_of_the_same_occasion_takes_the_earlier_ones_place(house: House) -> None:
    """A second start, sent by mistake, blocks nobody's figures."""
    receipt = reportable(house, a_course(GRANTED, bdi(), bdi(Occasion.END)))
    house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    again = house.akva.intake.record(house.recorder, receipt.episode_id, bdi())

    [outcome] = house.akva.reporting.report(house.recorder, [again.id])
    draft = house.akva.releases.draft(house.drafter, "akva-services", 2025)

    assert outcome.code is None
    assert 2 == draft.reports


def test_a_permission_is_verified_once(house: House) -> None:
    receipt = reportable(house)
    assert receipt.grant_id is not None

    with pytest.raises(Conflict):
        house.akva.consents.verify(house.verifier, receipt.grant_id)


def test_a_day_long_ago_is_refused_like_one_to_come(house: House) -> None:
    receipt = reportable(house)

    with pytest.raises(InvalidRequest):
        house.akva.consents.ask(house.recorder, receipt.episode_id, REPORT_TO_KELA, on=date.min)
