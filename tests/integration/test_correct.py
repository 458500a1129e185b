"""A correction is a new version with its reason: the earlier one stays, and the newest counts."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest

from akva.errors import Conflict, InvalidRequest, NotFound
from akva.model.assessments import NotScored
from akva.model.episodes import Occasion
from akva.model.ids import new_id
from akva.service.submissions import NewAssessment
from tests.house import BDI, BDI_LATER, House, a_course, bdi, gas, reportable

WHY = "Väärä lomake"
RIGHT = bdi(answers=BDI_LATER)
SENDERS = 4


def test_the_next_version_is_read_with_its_reason_and_the_first_stays(house: House) -> None:
    receipt = house.akva.courses.submit(house.recorder, a_course(None, bdi()))
    [first_id], read = receipt.assessment_ids, house.akva.intake.assessment
    before = read(house.recorder, first_id)

    corrected = house.akva.intake.correct(house.recorder, first_id, RIGHT, WHY)

    after = read(house.recorder, corrected.id)
    assert (2, first_id, WHY, BDI_LATER) == (
        after.version,
        after.root_id,
        after.reason,
        after.answers,
    )
    assert before == read(house.recorder, first_id)
    assert (1, None, BDI) == (before.version, before.reason, before.answers)
    house.akva.auditing.verify()


def test_a_version_that_is_not_the_newest_is_not_corrected(house: House) -> None:
    receipt = house.akva.courses.submit(house.recorder, a_course(None, bdi()))
    [first_id], correct = receipt.assessment_ids, house.akva.intake.correct
    second = correct(house.recorder, first_id, RIGHT, WHY)

    with pytest.raises(Conflict, match="newest"):
        correct(house.recorder, first_id, RIGHT, WHY)
    third = correct(house.recorder, second.id, bdi(), WHY)

    assessment = house.akva.intake.assessment(house.recorder, third.id)
    assert (3, first_id) == (assessment.version, assessment.root_id)


def test_of_corrections_at_one_moment_one_is_made(house: House) -> None:
    receipt = house.akva.courses.submit(house.recorder, a_course(None, bdi()))
    together = Barrier(SENDERS)

    def correct(_: int) -> bool:
        together.wait()
        try:
            house.akva.intake.correct(house.recorder, receipt.assessment_ids[0], RIGHT, WHY)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(SENDERS) as pool:
        made = list(pool.map(correct, range(SENDERS)))

    assert 1 == sum(made)
    house.akva.auditing.verify()


@pytest.mark.parametrize(
    ("new", "reason", "fault"),
    [
        (gas(), WHY, ("contradiction", "/instrument")),
        (bdi(Occasion.END), WHY, ("contradiction", "/occasion")),
        (RIGHT, " ", ("field-missing", "/reason")),
        (RIGHT, "x" * 501, ("value-out-of-range", "/reason")),
        (bdi(answers={**BDI, "q1": 7}), WHY, ("value-out-of-range", "/answers/q1")),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    house: House, new: NewAssessment, reason: str, fault: tuple[str, str]
) -> None:
    receipt = house.akva.courses.submit(house.recorder, a_course(None, bdi()))

    with pytest.raises(InvalidRequest) as refused:
        house.akva.intake.correct(house.recorder, receipt.assessment_ids[0], new, reason)

    assert [fault] == [(one.code, one.where) for one in refused.value.faults]


def test_all_faults_of_a_correction_come_at_once(house: House) -> None:
    receipt = house.akva.courses.submit(house.recorder, a_course(None, bdi()))
    late = bdi(Occasion.END, answered_on=date(2027, 1, 1))

    with pytest.raises(InvalidRequest) as refused:
        house.akva.intake.correct(house.recorder, receipt.assessment_ids[0], late, "")

    assert {"/occasion", "/reason", "/answered_on"} == {one.where for one in refused.value.faults}


def test_a_correction_may_say_that_there_was_no_score(house: House) -> None:
    receipt = house.akva.courses.submit(house.recorder, a_course(None, bdi()))
    none = bdi(answers=None, not_scored=NotScored.DECLINED)

    corrected = house.akva.intake.correct(house.recorder, receipt.assessment_ids[0], none, WHY)

    assessment = house.akva.intake.assessment(house.recorder, corrected.id)
    assert (NotScored.DECLINED, None) == (assessment.not_scored, assessment.answers)


def test_the_end_is_judged_by_the_goals_of_the_corrected_start(house: House) -> None:
    receipt = house.akva.courses.submit(house.recorder, a_course(None, gas()))
    other = ({"id": "g2", "weight": 2, "baseline": -1},)
    ending = replace(gas(Occasion.END), goals=({**other[0], "attained": 0},))
    with pytest.raises(InvalidRequest, match="not those set at the start"):
        house.akva.intake.record(house.recorder, receipt.episode_id, ending)

    house.akva.intake.correct(house.recorder, receipt.assessment_ids[0], gas(goals=other), WHY)

    recorded = house.akva.intake.record(house.recorder, receipt.episode_id, ending)
    assessment = house.akva.intake.assessment(house.recorder, recorded.id)
    assert ending.goals == assessment.goals


def test_another_provider_s_assessment_is_as_unknown_as_none(house: House) -> None:
    receipt = house.akva.courses.submit(house.recorder, a_course(None, bdi()))

    for assessment_id in (receipt.assessment_ids[0], new_id()):
        with pytest.raises(NotFound, match="no such assessment"):
            house.akva.intake.correct(house.stranger, assessment_id, RIGHT, WHY)


def test_a_version_that_was_corrected_is_not_reported(house: House) -> None:
    receipt = reportable(house, a_course(a_course().consent, bdi()))
    corrected = house.akva.intake.correct(house.recorder, receipt.assessment_ids[0], RIGHT, WHY)

    with pytest.raises(Conflict, match="newest"):
        house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    [outcome] = house.akva.reporting.report(house.recorder, [corrected.id])

    assert outcome.report_id is not None


def test_a_corrected_assessment_is_reported_anew_and_supersedes(house: House) -> None:
    receipt = reportable(house, a_course(a_course().consent, bdi()))
    [first] = house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    corrected = house.akva.intake.correct(house.recorder, receipt.assessment_ids[0], RIGHT, WHY)

    [second] = house.akva.reporting.report(house.recorder, [corrected.id])

    earlier, later = house.akva.intake.export(house.recorder, receipt.client_id).reports
    assert (str(first.report_id), None) == (earlier["id"], earlier["supersedes"])
    assert (str(second.report_id), str(first.report_id)) == (later["id"], later["supersedes"])
    assert sum(BDI_LATER.values()) == later["content"]["scales"]["total"]["value"]
    draft = house.akva.releases.draft(house.drafter, "akva-services", 2025)
    assert 1 == draft.reports
