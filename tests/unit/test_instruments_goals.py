"""Goals as matrices: the same T as one by one, whatever the order, neighbours and weights' unit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import instruments
from instruments import REASONS, InvalidMatrix, InvalidResponse, UnknownRule, ValueOutOfRange

GAS = instruments.load("gas")
GOALS = st.lists(
    st.tuples(st.floats(0.01, 100), st.one_of(st.none(), st.integers(-2, 2))),
    min_size=1,
    max_size=10,
)
Sent = list[tuple[float, int | None]]
Floats = NDArray[np.float64]


def sent(goals: Sent) -> list[dict[str, float | None]]:
    return [{"weight": weight, "attained": level} for weight, level in goals]


def padded(responses: list[Sent]) -> tuple[Floats, Floats]:
    weights, levels = np.full((2, len(responses), 10), np.nan)
    for row, goals in enumerate(responses):
        weights[row, : len(goals)] = [weight for weight, _ in goals]
        levels[row, : len(goals)] = [np.nan if x is None else x for _, x in goals]
    return weights, levels


@settings(max_examples=100, deadline=None)
@given(st.lists(GOALS, min_size=1, max_size=4))
def test_matrix_block_and_single_response_agree_to_the_last_bit(responses: list[Sent]) -> None:
    scores = GAS.score(*padded(responses))
    block = GAS.score_all(map(sent, responses))

    for row, goals in enumerate(responses):
        one = GAS.score_one(sent(goals))
        assert one == block[row]
        for scale, score in one.scores.items():
            value = scores.value[scale][row]
            assert score.value == (None if np.isnan(value) else value)
            assert score.answered == scores.answered[scale][row]
            assert score.reason == REASONS[scores.reason[scale][row]]


@settings(max_examples=60, deadline=None)
@given(GOALS, st.floats(0.001, 1000))
def test_t_does_not_notice_the_order_of_goals_or_the_unit_of_weights(
    goals: Sent, unit: float
) -> None:
    other = [(weight * unit, level) for weight, level in reversed(goals)]

    expected, got = (GAS.score_one(sent(each)).scores["t"].value for each in (goals, other))

    assert (expected is None) == (got is None)
    assert pytest.approx(expected) == got


@settings(max_examples=60, deadline=None)
@given(GOALS)
def test_t_lies_in_its_attainable_range(goals: Sent) -> None:
    scored = GAS.score_one(sent([(weight, level or 0) for weight, level in goals]))

    t = scored.scores["t"].value
    assert t is not None
    assert scored.extras["t_lowest"] - 1e-9 <= t <= scored.extras["t_highest"] + 1e-9


@pytest.mark.parametrize("weight", [1e-300, 1e300])
def test_the_largest_and_smallest_weights_do_not_overflow(weight: float) -> None:
    assert pytest.approx(60.0) == GAS.score_one(sent([(weight, 1)])).scores["t"].value


def test_a_row_without_goals_says_so() -> None:
    blank = np.full((1, 3), np.nan)

    scores = GAS.score(blank, blank)

    assert "no-goals" == REASONS[scores.reason["t"][0]]
    assert np.isnan(scores.value["t"][0])


def test_no_rows_give_no_scores() -> None:
    none = np.empty((0, 3))

    assert 0 == len(GAS.score(none, none).value["t"])


def test_a_refused_response_stops_no_other() -> None:
    block = GAS.score_all([sent([(1, 0)]), [], sent([(1, 1)])])

    assert [False, True, False] == [isinstance(each, InvalidResponse) for each in block]


def test_a_block_may_be_empty() -> None:
    assert [] == GAS.score_all([])


@pytest.mark.parametrize(
    ("weight", "level"),
    [(0, 1), (-1, 1), (np.inf, 1), (1, 3), (1, 0.5), (np.nan, 1)],
)
def test_the_rows_with_an_impossible_goal_are_named(weight: float, level: float) -> None:
    weights, levels = np.ones((3, 2)), np.zeros((3, 2))
    weights[1, 0], levels[1, 0] = weight, level

    with pytest.raises(ValueOutOfRange) as refusal:
        GAS.score(weights, levels)

    assert (1,) == refusal.value.rows


def test_a_row_with_too_many_goals_is_named() -> None:
    with pytest.raises(ValueOutOfRange) as refusal:
        GAS.score(np.ones((1, 11)), np.zeros((1, 11)))

    assert (0,) == refusal.value.rows


@pytest.mark.parametrize(
    "matrices",
    [
        (np.ones((2, 3)),),
        (np.ones((2, 3)), np.ones((2, 2))),
        (np.ones(3), np.ones(3)),
        (np.full((1, 1), "1"), np.zeros((1, 1))),
    ],
)
def test_two_matrices_of_one_shape_are_asked_for(matrices: tuple[NDArray[np.generic], ...]) -> None:
    with pytest.raises(InvalidMatrix):
        GAS.score(*matrices)


@pytest.mark.parametrize("call", [{"rule": "sum"}, {"coding": "turned"}, {"level": "expected"}])
def test_an_unknown_rule_coding_or_level_is_refused(call: dict[str, str]) -> None:
    with pytest.raises(UnknownRule):
        GAS.score_one(
            sent([(1, 0)]),
            rule=call.get("rule"),
            coding=call.get("coding", "raw"),
            level=call.get("level", "attained"),
        )
