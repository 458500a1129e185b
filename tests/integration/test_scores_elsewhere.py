"""Scores that a provider computed itself: taken where they stand alone, compared beside answers."""

import math
from collections.abc import Mapping
from typing import Any

import pytest

from akva.errors import InvalidRequest
from akva.model.episodes import Occasion
from akva.service.submissions import NewAssessment
from tests.house import BDI, GRANTED, House, a_course, bdi, gas, reportable

TOTAL = sum(BDI.values())


def alone(scores: Mapping[str, float], **changes: Any) -> NewAssessment:  # noqa: ANN401
    return bdi(answers=None, scores=scores, **changes)


def faults(house: House, new: NewAssessment) -> set[tuple[str, str]]:
    with pytest.raises(InvalidRequest) as refused:
        house.akva.courses.submit(house.recorder, a_course(None, new))
    return {(one.code, one.where) for one in refused.value.faults}


def test_scores_alone_are_kept_and_marked(house: House) -> None:
    receipt = house.akva.courses.submit(house.recorder, a_course(None, alone({"total": 25})))

    assessment = house.akva.intake.assessment(house.recorder, receipt.assessment_ids[0])

    assert assessment.answers is None
    assert assessment.result is not None
    assert assessment.result["scored_elsewhere"] is True
    assert 25 == assessment.result["scores"]["total"]["value"]
    assert {"total"} == set(assessment.result["bands"])


def test_an_alert_of_a_score_is_told_whoever_computed_it(house: House) -> None:
    low, high = (
        house.akva.courses.submit(house.recorder, a_course(None, alone({"total": total})))
        for total in (29, 30)
    )

    assert ((), ("total-30",)) == (low.alerts, tuple(alert for _, alert in high.alerts))


def test_the_bands_are_those_that_the_answers_would_give(house: House) -> None:
    receipt = house.akva.courses.submit(
        house.recorder, a_course(None, bdi(), alone({"total": TOTAL}, occasion=Occasion.END))
    )

    ours, theirs = (
        house.akva.intake.assessment(house.recorder, assessment_id).result or {}
        for assessment_id in receipt.assessment_ids
    )

    assert ours["bands"] == theirs["bands"]
    assert ours["definition"] == theirs["definition"]
    assert ours["scores"]["total"]["rule"] == theirs["scores"]["total"]["rule"]


def test_scores_beside_answers_are_compared_and_not_marked(house: House) -> None:
    same = bdi(scores={"total": TOTAL + 1e-10})

    receipt = house.akva.courses.submit(house.recorder, a_course(None, same))

    assessment = house.akva.intake.assessment(house.recorder, receipt.assessment_ids[0])
    assert assessment.result is not None
    assert TOTAL == assessment.result["scores"]["total"]["value"]
    assert "scored_elsewhere" not in assessment.result


@pytest.mark.parametrize("wrong", [TOTAL + 1e-8, TOTAL - 1, math.nan])
def test_another_score_than_the_answers_give_is_a_fault(house: House, wrong: float) -> None:
    found = faults(house, bdi(scores={"total": wrong}))

    assert {("scores-differ", "/assessments/0/scores/total")} == found


@pytest.mark.parametrize(
    ("scores", "code", "scale"),
    [
        ({"total": 64}, "value-out-of-range", "total"),
        ({"total": -1}, "value-out-of-range", "total"),
        ({"total": math.nan}, "value-out-of-range", "total"),
        ({"total": math.inf}, "value-out-of-range", "total"),
        ({"sum": 1}, "unknown-code", "sum"),
        ({"a/b~": 1}, "unknown-code", "a~1b~0"),
    ],
)
def test_a_score_that_cannot_be_is_a_fault(
    house: House, scores: dict[str, float], code: str, scale: str
) -> None:
    assert {(code, f"/assessments/0/scores/{scale}")} == faults(house, alone(scores))


def test_a_scale_that_answers_do_not_have_is_a_fault(house: House) -> None:
    found = faults(house, bdi(scores={"sum": 1}))

    assert {("unknown-code", "/assessments/0/scores/sum")} == found


@pytest.mark.parametrize(
    "new",
    [gas(goals=None, scores={"t": 50}), gas(scores={"t": 50})],
    ids=["alone", "beside goals"],
)
def test_goals_are_scored_here_alone(house: House, new: NewAssessment) -> None:
    assert ("invalid-assessment", "/assessments/0/scores") in faults(house, new)


def test_no_score_at_all_is_no_assessment(house: House) -> None:
    assert ("invalid-assessment", "/assessments/0") in faults(house, alone({}))


def test_a_rule_that_is_none_is_refused(house: House) -> None:
    found = faults(house, alone({"total": 1}, rule="guess"))

    assert {("unknown-rule", "/assessments/0/rule")} == found


def test_only_like_and_like_make_a_pair(house: House) -> None:
    """A start scored here and an end scored elsewhere are reported and never paired."""
    course = a_course(GRANTED, bdi(), alone({"total": 10}, occasion=Occasion.END))
    receipt = reportable(house, course)

    house.akva.reporting.report(house.recorder, receipt.assessment_ids)

    reports = house.akva.intake.export(house.recorder, receipt.client_id).reports
    marks = {one["occasion"]: one["content"]["scored_elsewhere"] for one in reports}
    assert {"start": False, "end": True} == marks
    assert 2 == house.akva.releases.draft(house.drafter, "akva-services", 2025).reports
