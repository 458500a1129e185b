"""The simulated cohort agrees with the published facts that it claims to be calibrated to."""

from collections import Counter
from collections.abc import Iterable
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from akva.demo.cohort import Cohort, Course, simulate
from akva.demo.cohort.calibration import (
    GOALS_AT_LEAST_EXPECTED,
    MENTAL_IN_VOCATIONAL,
    MINIMAL_AT_END,
    MINIMAL_AT_END_WOMEN,
    MINIMAL_AT_START,
    MINIMAL_AT_START_MEN,
    MINIMAL_AT_START_WOMEN,
)
from akva.demo.cohort.draws import quotas
from akva.demo.cohort.lines import LINES
from akva.model.clients import Sex
from akva.model.episodes import Occasion

MINIMAL = 9  # the highest BDI total without symptoms
NEAR = 0.04  # three standard errors of a share among some 1,200


@cache
def large() -> Cohort:
    return simulate(clients=5000, seed=20250331)


def vocational(courses: Iterable[Course]) -> list[Course]:
    return [course for course in courses if LINES[course.service].vocational]


def totals(courses: Iterable[Course], occasion: Occasion) -> list[int]:
    """Give the complete BDI totals of an occasion."""
    found = [
        measure.answers.values()
        for course in courses
        for measure in course.measures
        if measure.instrument == "bdi-21" and measure.occasion is occasion and measure.answers
    ]
    return [sum(filter(None, answers)) for answers in found if None not in answers]


def minimal_share(courses: Iterable[Course], occasion: Occasion) -> float:
    return float(np.mean(np.array(totals(courses, occasion)) <= MINIMAL))


def of_sex(courses: Iterable[Course], sex: Sex) -> list[Course]:
    return [course for course in courses if course.client.person.sex is sex]


@pytest.mark.parametrize(
    ("occasion", "published"),
    [(Occasion.START, MINIMAL_AT_START), (Occasion.END, MINIMAL_AT_END)],
)
def test_vocational_clients_without_symptoms_are_as_many_as_published(
    occasion: Occasion, published: float
) -> None:
    found = minimal_share(vocational(large().courses), occasion)

    assert published == pytest.approx(found, abs=NEAR)


@pytest.mark.parametrize(
    ("sex", "occasion", "published"),
    [
        (Sex.MALE, Occasion.START, MINIMAL_AT_START_MEN),
        (Sex.FEMALE, Occasion.START, MINIMAL_AT_START_WOMEN),
        (Sex.FEMALE, Occasion.END, MINIMAL_AT_END_WOMEN),
    ],
)
def test_men_and_women_without_symptoms_are_as_many_as_published(
    sex: Sex, occasion: Occasion, published: float
) -> None:
    found = minimal_share(of_sex(vocational(large().courses), sex), occasion)

    assert published == pytest.approx(found, abs=NEAR)


def test_over_half_of_the_goals_are_reached_at_least_as_expected() -> None:
    levels = [
        goal.attained
        for course in large().courses
        for measure in course.measures
        for goal in measure.goals or ()
        if goal.attained is not None
    ]
    reached = float(np.mean(np.array(levels) >= 0))

    assert GOALS_AT_LEAST_EXPECTED + 0.03 < reached < GOALS_AT_LEAST_EXPECTED + 0.15


def test_vocational_rehabilitation_rests_on_mental_diagnoses_as_often_as_published() -> None:
    diagnosed = [c for c in vocational(large().courses) if c.diagnosis != "none-required"]
    mental = float(np.mean([course.diagnosis == "F00-F99" for course in diagnosed]))

    assert MENTAL_IN_VOCATIONAL == pytest.approx(mental, abs=NEAR)


def test_akse_clients_under_40_have_mental_diagnoses_more_often_than_older_ones() -> None:
    """The listed diagnoses alone: F 59 % under 40, 25 % from 40 on; M none and 20 %."""
    akse = [c for c in large().courses if c.service == "akse" and c.law_basis == "6"]
    young = [c for c in akse if c.decided_on.year - c.client.person.birth_year < 39]
    older = [c for c in akse if c.decided_on.year - c.client.person.birth_year > 41]

    assert np.mean([course.diagnosis == "F00-F99" for course in young]) > 0.59
    assert np.mean([course.diagnosis == "M00-M99" for course in older]) > 0.20
    assert np.mean([course.diagnosis == "F00-F99" for course in older]) > 0.25


def test_start_and_end_totals_correlate_as_real_ones_do() -> None:
    pairs = [
        (start[0], end[0])
        for course in large().courses
        if (start := totals([course], Occasion.START)) and (end := totals([course], Occasion.END))
    ]

    assert np.corrcoef(np.array(pairs).T)[0, 1] == pytest.approx(0.6, abs=0.06)


def test_two_services_are_too_small_to_publish_and_the_large_ones_are_not() -> None:
    counts = Counter(course.service for course in simulate(clients=1500, seed=1).courses)
    small = {service for service, count in counts.items() if count < 20}

    assert {"taito", "diabeteskurssi"} == small
    assert min(count for service, count in counts.items() if service not in small) > 100


@given(st.integers(0, 5000))
def test_quotas_add_up(total: int) -> None:
    weights = {service: line.persons for service, line in LINES.items()}

    assert total == sum(quotas(total, weights).values())
