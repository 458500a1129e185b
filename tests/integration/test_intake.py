"""What a provider sends is scored, sealed and logged, or refused with every fault at once."""

from dataclasses import replace
from datetime import date

import pytest

from akva.errors import Conflict, InvalidRequest, SamePerson
from akva.model.assessments import Mode, NotScored
from akva.model.episodes import Occasion
from tests.house import ENDED, GRANTED, STARTED, House, a_course, bdi, gas


def faults(house: House, course: object) -> set[tuple[str, str]]:
    with pytest.raises(InvalidRequest) as refused:
        house.akva.courses.submit(house.recorder, course)  # type: ignore[arg-type]
    return {(fault.code, fault.where) for fault in refused.value.faults}


def test_all_faults_of_all_parts_come_at_once(house: House) -> None:
    whole = a_course(None, bdi(answers={"q1": 7, "q2": 1}), gas(answered_on=date(2027, 1, 1)))
    course = replace(
        whole,
        client=replace(whole.client, area="99"),
        episode=replace(whole.episode, service="none", law_basis="5"),
    )

    found = faults(house, course)

    assert {
        ("unknown-code", "/client/area"),
        ("unknown-code", "/episode/service"),
        ("unknown-code", "/episode/law_basis"),
        ("value-out-of-range", "/assessments/0/answers/q1"),
        ("days-out-of-order", "/assessments/1/answered_on"),
    } <= found


def test_a_faulty_course_leaves_nothing_behind(house: House) -> None:
    before = house.akva.auditing.verify().size

    faults(house, a_course(GRANTED, bdi(answers={"q1": 7})))

    assert before == house.akva.auditing.verify().size


def test_an_alert_is_told_at_once_whatever_was_consented(house: House) -> None:
    receipt = house.akva.courses.submit(house.recorder, a_course(None, bdi()))

    assert {"item-9", "total-30"} == {alert for _, alert in receipt.alerts}


def test_the_end_is_judged_by_the_goals_of_the_start(house: House) -> None:
    other = ({"id": "g1", "weight": 3, "baseline": -1, "attained": 0},)

    found = faults(house, a_course(None, gas(), gas(Occasion.END, goals=other)))

    assert {("goals-differ", "/assessments/1/goals")} == found


def test_goals_recorded_later_are_held_to_those_of_the_start_too(house: House) -> None:
    receipt = house.akva.courses.submit(house.recorder, a_course(None, gas()))
    other = ({"id": "g2", "weight": 2, "baseline": -1, "attained": 0},)

    with pytest.raises(InvalidRequest, match="not those set at the start"):
        house.akva.intake.record(house.recorder, receipt.episode_id, gas(Occasion.END, goals=other))
    kept = house.akva.intake.record(house.recorder, receipt.episode_id, gas(Occasion.END))

    assessment = house.akva.intake.assessment(house.recorder, kept.id)
    assert assessment.result is not None
    assert 60 == assessment.result["scores"]["t"]["value"]


def test_an_assessment_that_was_not_scored_keeps_its_reason_and_no_score(house: House) -> None:
    silent = bdi(answers=None, not_scored=NotScored.SCORING_MEANINGLESS, mode=Mode.SIGN_LANGUAGE)
    receipt = house.akva.courses.submit(house.recorder, a_course(None, silent))

    assessment = house.akva.intake.assessment(house.recorder, receipt.assessment_ids[0])

    assert NotScored.SCORING_MEANINGLESS == assessment.not_scored
    assert assessment.result is not None
    assert "scores" not in assessment.result


def test_a_decision_outside_the_service_dates_is_refused_and_a_late_measure_is_not(
    house: House,
) -> None:
    """Taito ended with 2025: who was decided in time may be measured later."""
    whole = a_course(None, bdi())
    late = replace(whole.episode, service="taito", decided_on=date(2026, 1, 1))
    in_time = replace(
        whole.episode,
        service="taito",
        decided_on=date(2025, 12, 31),
        started_on=date(2026, 1, 7),
        ended_on=date(2026, 9, 1),
    )

    found = faults(
        house, replace(whole, episode=replace(late, started_on=date(2026, 1, 7), ended_on=None))
    )
    receipt = house.akva.courses.submit(
        house.recorder, replace(whole, episode=in_time, assessments=(bdi(answered_on=ENDED),))
    )

    assert {("service-not-offered", "/episode/decided_on")} == found
    assert 1 == len(receipt.assessment_ids)


def test_a_client_is_registered_once_at_a_provider(house: House) -> None:
    house.akva.intake.register(house.recorder, a_course().client)

    with pytest.raises(Conflict):
        house.akva.intake.register(house.recorder, a_course().client)


def test_a_second_course_finds_the_client_again(house: House) -> None:
    first = house.akva.courses.submit(house.recorder, a_course(None))
    second = house.akva.courses.submit(house.recorder, a_course(None))

    assert first.client_id == second.client_id
    assert first.episode_id != second.episode_id


def test_who_recorded_a_permission_does_not_verify_it(house: House) -> None:
    receipt = house.akva.courses.submit(house.recorder, a_course())
    alone = replace(house.verifier, id=house.recorder.id)
    assert receipt.grant_id is not None

    with pytest.raises(SamePerson):
        house.akva.consents.verify(alone, receipt.grant_id)


def test_a_day_to_come_is_refused(house: House) -> None:
    evidence = GRANTED.evidence
    assert evidence is not None
    course = a_course(replace(GRANTED, evidence=replace(evidence, signed_on=date(2027, 1, 1))))

    assert {("days-out-of-order", "/evidence/signed_on")} == faults(house, course)
    assert STARTED < date(2027, 1, 1)


def test_a_rule_that_the_instrument_does_not_have_is_a_fault_like_any_other(house: House) -> None:
    assert {("unknown-rule", "/assessments/0/rule")} == faults(
        house, a_course(None, bdi(rule="guess"))
    )


def test_a_goal_without_an_id_cannot_be_found_again_at_the_end(house: House) -> None:
    unnamed = ({"weight": 1, "baseline": -1},)

    assert {("goal-without-id", "/assessments/0/goals")} == faults(
        house, a_course(None, gas(goals=unnamed))
    )


def test_a_clients_faults_come_at_once_and_register_nobody(house: House) -> None:
    wrong = replace(a_course().client, area="99", hetu="010594Y9033", birth_year=1800)

    with pytest.raises(InvalidRequest) as refused:
        house.akva.intake.register(house.recorder, wrong)

    assert {"/area", "/hetu", "/birth_year"} == {fault.where for fault in refused.value.faults}
    house.akva.intake.register(house.recorder, a_course().client)
