"""Goal attainment: T as the erratum has it, and no score unless every goal is rated."""

from typing import Any

import pytest

import instruments
from instruments import InvalidResponse

GAS = instruments.load("gas")
WEIGHTS, LEVELS = (3, 5, 1, 4, 2, 6), (-2, 0, -1, 2, 0, 1)


def goals(*levels: int | None, **also: object) -> list[dict[str, Any]]:
    return [{"weight": 1, "attained": level, **also} for level in levels]


def faults_of(response: Any) -> list[tuple[str, str]]:  # noqa: ANN401  (anything may be sent)
    with pytest.raises(InvalidResponse) as refusal:
        GAS.score_one(response)
    return [(fault.code, fault.where) for fault in refusal.value.faults]


def test_the_erratums_form_is_used_not_the_misprint() -> None:
    """Without the square of the sum the same goals would give 58.77."""
    sent = [{"weight": w, "attained": x} for w, x in zip(WEIGHTS, LEVELS, strict=True)]

    assert pytest.approx(55.0, abs=1e-12) == GAS.score_one(sent).scores["t"].value


@pytest.mark.parametrize(
    ("number", "lowest", "highest"),
    [(1, 30.0, 70.0), (2, 25.2, 74.8), (3, 22.6, 77.4), (5, 19.8, 80.2), (7, 18.4, 81.6)],
)
def test_the_attainable_range_stands_beside_t(number: int, lowest: float, highest: float) -> None:
    extras = GAS.score_one(goals(*[0] * number)).extras

    rounded = {name: round(value, 1) for name, value in extras.items()}
    assert {"goals": number, "t_lowest": lowest, "t_highest": highest} == rounded


def test_one_goal_that_is_not_rated_leaves_no_score_of_a_smaller_set() -> None:
    scored = GAS.score_one(goals(2, None, 2))

    told = {
        (score.value, score.reason, score.answered, score.items) for score in scored.scores.values()
    }
    assert {(None, "goal-not-rated", 2, 3)} == told


def test_the_baseline_is_scored_when_it_is_asked_for() -> None:
    sent = [{"baseline": -1, "attained": 2}, {"baseline": -1, "attained": None}]

    score = GAS.score_one(sent, level="baseline").scores["t"]

    assert pytest.approx(50 - 12.403473458920846) == score.value


def test_a_weight_that_is_not_given_is_one() -> None:
    sent = [{"attained": 1}, {"weight": None, "attained": -1}, {"weight": 1, "attained": 2}]

    assert GAS.score_one(goals(1, -1, 2)) == GAS.score_one(sent)


def test_the_expected_level_counts_as_reached() -> None:
    score = GAS.score_one(goals(0, -1, 1, -2)).scores["share_at_least_expected"]

    assert 0.5 == score.value


@pytest.mark.parametrize("weight", [0, -1, float("nan"), float("inf"), "1", True, [1]])
def test_a_weight_is_a_number_above_zero(weight: object) -> None:
    sent = [{"weight": weight, "attained": 0}]

    assert [("weight-not-positive", "/goals/0/weight")] == faults_of(sent)


@pytest.mark.parametrize("level", [-3, 3, 0.5, "0", True, [0]])
@pytest.mark.parametrize("name", ["attained", "baseline"])
def test_a_level_is_one_of_five(name: str, level: object) -> None:
    sent = [{"attained": 0}, {name: level}]

    assert [("value-out-of-range", f"/goals/1/{name}")] == faults_of(sent)


@pytest.mark.parametrize("codes", [["b152"], ("d850", "e1101", "D4"), [], None])
def test_icf_codes_are_let_through(codes: object) -> None:
    assert 50 == GAS.score_one(goals(0, icf=codes)).scores["t"].value


@pytest.mark.parametrize("codes", ["b152", ["152"], ["b0"], [152], ["b152 pain"]])
def test_what_is_no_list_of_icf_codes_is_refused(codes: object) -> None:
    assert [("icf-code-invalid", "/goals/0/icf")] == faults_of(goals(0, icf=codes))


def test_a_misspelt_field_is_never_read_as_absent() -> None:
    assert [("unknown-field", "/goals/0")] == faults_of([{"wieght": 2, "attained": 0}])


@pytest.mark.parametrize("number", [0, 11])
def test_a_response_has_one_to_ten_goals(number: int) -> None:
    assert [("goals-miscounted", "/goals")] == faults_of(goals(*[0] * number))


@pytest.mark.parametrize("sent", [None, "goals", {"weight": 1}, 7])
def test_goals_that_are_no_list_are_refused(sent: object) -> None:
    assert [("goals-missing", "/goals")] == faults_of(sent)


def test_every_fault_of_every_goal_is_told_at_once() -> None:
    assert [
        ("weight-not-positive", "/goals/0/weight"),
        ("value-out-of-range", "/goals/0/attained"),
        ("goal-malformed", "/goals/1"),
    ] == faults_of([{"weight": 0, "attained": 9}, "a goal"])
