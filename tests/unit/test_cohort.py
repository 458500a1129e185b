"""The simulated cohort: the same from the same seed, and true to the rules of the field."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akva.classifications import classification, services
from akva.demo.cohort import Cohort, Course, Measure, Story, simulate
from akva.demo.cohort.calibration import YEAR
from akva.model.assessments import Mode, NotScored
from akva.model.clients import Sex
from akva.model.days import months_later
from akva.model.episodes import Occasion
from akva.model.hetu import Hetu

QUESTIONNAIRES = {"bdi-21", "whoqol-bref", "akv-1"}


@cache
def large() -> Cohort:
    return simulate(clients=5000, seed=20250331)


def measured_at(course: Course, occasion: Occasion) -> Sequence[Measure]:
    return [
        measure
        for measure in course.measures
        if measure.occasion is occasion and measure.instrument in QUESTIONNAIRES
    ]


def test_the_same_seed_makes_the_same_cohort() -> None:
    assert simulate(clients=60, seed=4) == simulate(clients=60, seed=4)


def test_another_seed_makes_another_cohort() -> None:
    assert simulate(clients=60, seed=4) != simulate(clients=60, seed=5)


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 200), st.integers(0, 2**32))
def test_a_cohort_has_as_many_clients_as_asked(clients: int, seed: int) -> None:
    assert clients == len(simulate(clients=clients, seed=seed).clients)


def test_an_empty_cohort_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        simulate(clients=0, seed=1)


def test_every_identity_code_is_valid_in_the_test_range_and_of_that_birth_year() -> None:
    for client in large().clients:
        text = client.person.hetu.text

        assert client.person.hetu == Hetu.parse(text)
        assert int(text[7:10]) in range(900, 1000)
        assert client.person.birth_year == client.person.hetu.born_on.year


def test_the_identity_code_tells_the_sex() -> None:
    odd = {client.person.sex: int(client.person.hetu.text[9]) % 2 for client in large().clients}

    assert {Sex.MALE: 1, Sex.FEMALE: 0} == odd


def test_a_code_belongs_to_one_person_alone() -> None:
    persons = {client.person for client in large().clients}

    assert len(persons) == len({person.hetu.text for person in persons})


def test_some_persons_are_known_to_two_providers() -> None:
    at = {(client.provider, client.person.hetu.text) for client in large().clients}
    persons = {text for _, text in at}

    assert len(large().clients) - len(persons) == 60
    assert len(at) == len(large().clients)


def test_some_clients_have_two_courses_of_different_services() -> None:
    counts = Counter(course.client for course in large().courses)
    twice = [client for client, count in counts.items() if count > 1]
    served = {
        client: {c.service for c in large().courses if c.client == client} for client in twice
    }

    assert len(twice) == 100
    assert all(len(found) == 2 for found in served.values())


def test_every_code_is_one_of_the_classifications() -> None:
    for course in large().courses:
        assert services.load()[course.service].may_be_decided(course.decided_on)
        for name, code in (
            ("law_bases", course.law_basis),
            ("diagnoses", course.diagnosis),
            ("end_reasons", course.end_reason),
            ("areas", course.client.person.area),
        ):
            assert classification.read(name)[code].is_valid(course.decided_on)


def test_a_7a_decision_needs_no_diagnosis_and_every_other_one_does() -> None:
    by_law = {(c.law_basis == "7a", c.diagnosis == "none-required") for c in large().courses}

    assert {(True, True), (False, False)} == by_law


def test_a_7a_client_is_young() -> None:
    ages = [
        course.decided_on.year - course.client.person.birth_year
        for course in large().courses
        if course.law_basis == "7a"
    ]

    assert min(ages) >= 16
    assert max(ages) <= 30


def test_the_days_of_a_course_are_in_order() -> None:
    for course in large().courses:
        assert course.decided_on < course.started_on < course.ended_on
        for measure in course.measures:
            assert course.started_on <= measure.answered_on <= course.ended_on


def test_most_courses_end_in_the_year_of_the_round() -> None:
    within = [
        date(YEAR, 1, 1) <= course.ended_on < date(YEAR + 1, 1, 1) for course in large().courses
    ]

    assert 0.9 < np.mean(within) < 0.96


def test_no_questionnaire_is_scored_at_an_end_that_is_not_due() -> None:
    for course in large().courses:
        starts = {m.instrument: m.answered_on for m in measured_at(course, Occasion.START)}
        for measure in measured_at(course, Occasion.END):
            if (started := starts.get(measure.instrument)) is None:
                continue
            due = measure.answered_on >= months_later(started, 3)
            assert due is (measure.not_scored is not NotScored.NOT_DUE)


def test_a_measure_is_answered_or_rated_or_not_scored() -> None:
    for course in large().courses:
        for measure in course.measures:
            given_parts = [measure.answers, measure.goals, measure.not_scored]
            assert sum(part is not None for part in given_parts) == 1


def test_answers_are_options_of_the_instrument_or_blank() -> None:
    options: dict[str, set[int | None]] = {
        "bdi-21": {0, 1, 2, 3, None},
        "whoqol-bref": {1, 2, 3, 4, 5, None},
        "akv-1": {*range(11), None},
    }
    items = {"bdi-21": 21, "whoqol-bref": 26, "akv-1": 3}

    for course in large().courses:
        for measure in course.measures:
            if measure.answers:
                assert items[measure.instrument] == len(measure.answers)
                assert options[measure.instrument].issuperset(measure.answers.values())


def test_sign_language_is_not_scored_and_says_why() -> None:
    reasons = {
        measure.not_scored
        for course in large().courses
        for measure in measured_at(course, Occasion.START)
        if measure.mode is Mode.SIGN_LANGUAGE
    }

    assert {NotScored.SCORING_MEANINGLESS} == reasons


def test_akse_is_mostly_measured_at_the_start_alone() -> None:
    akse = [course for course in large().courses if course.service == "akse"]
    ended = [bool(measured_at(course, Occasion.END)) for course in akse]

    assert 0.03 < np.mean(ended) < 0.15


def test_the_goals_at_the_end_are_the_goals_of_the_start() -> None:
    for course in large().courses:
        kept = [
            [(goal.id, goal.text, goal.weight, goal.baseline) for goal in measure.goals]
            for measure in course.measures
            if measure.goals
        ]
        assert all(found == kept[0] for found in kept)


def test_goals_are_unrated_at_the_start_and_rated_at_the_end() -> None:
    rated = {
        (measure.occasion, goal.attained is None)
        for course in large().courses
        for measure in course.measures
        for goal in measure.goals or ()
    }

    assert {(Occasion.START, True), (Occasion.END, False)} == rated


def test_every_consent_story_is_told() -> None:
    assert set(Story) == {course.consent.story for course in large().courses}


def test_a_paper_is_whole_unless_the_story_says_it_lacks_something() -> None:
    for course in large().courses:
        evidence = course.consent.evidence
        signed = course.consent.story not in {Story.NEVER_ASKED, Story.REFUSED}
        assert signed is (evidence is not None)
        if evidence is not None:
            assert evidence.written is (course.consent.story is not Story.INCOMPLETE)


def test_canaries_are_each_their_own() -> None:
    texts = [
        goal.text
        for course in large().courses
        for measure in course.measures
        if measure.occasion is Occasion.START
        for goal in measure.goals or ()
    ]
    references = [client.reference for client in large().clients]
    signers = [c.consent.evidence.signer for c in large().courses if c.consent.evidence]

    assert len(texts) == len(set(texts))
    assert len(references) == len(set(references))
    assert len([name for name in signers if name]) == len(set(signers) - {None})


def test_no_repr_shows_a_canary_or_an_answer() -> None:
    shown = repr(simulate(clients=80, seed=7))

    assert "KANARIA" not in shown
    assert "Kanaria" not in shown
    assert "q1" not in shown
