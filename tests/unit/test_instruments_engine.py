"""The engine takes any layout and kind of numbers, and refuses what is no option, row by row."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

import instruments
from instruments import InvalidMatrix, InvalidResponse, UnknownRule, ValueOutOfRange
from instruments.engine import BLOCK
from instruments.plan import MISSING
from tests.unit.drawn_matrices import Matrix, draw_matrix

WHOQOL = instruments.load("whoqol-bref")


def as_floats(matrix: Matrix) -> NDArray[np.float64]:
    return np.where(matrix == MISSING, np.nan, matrix)


LAYOUTS: list[Callable[[Matrix], NDArray[np.generic]]] = [
    np.asfortranarray,
    np.ascontiguousarray,
    lambda matrix: np.repeat(matrix, 2, axis=0)[::2],
    as_floats,
    lambda matrix: as_floats(matrix).astype(np.float32, order="F"),
]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_and_kind_of_numbers_do_not_matter(
    layout: Callable[[Matrix], NDArray[np.generic]],
) -> None:
    matrix = draw_matrix("whoqol-bref", 7, rows=BLOCK + 100)

    expected, scores = WHOQOL.score(matrix), WHOQOL.score(layout(matrix))

    for scale in expected.value:
        np.testing.assert_array_equal(expected.value[scale], scores.value[scale])
        np.testing.assert_array_equal(expected.reason[scale], scores.reason[scale])


def test_whole_numbers_of_any_size_may_stand_for_options() -> None:
    matrix = np.full((2, 26), 3, np.int64)

    assert [50.0, 50.0] == WHOQOL.score(matrix).value["physical"].tolist()


@pytest.mark.parametrize("wrong", [0, 6, 127, 128, 254])
def test_the_rows_with_a_value_that_is_no_option_are_named(wrong: int) -> None:
    matrix = np.full((BLOCK + 5, 26), 3, np.uint8)
    matrix[[4, BLOCK + 1], [0, 25]] = wrong

    with pytest.raises(ValueOutOfRange) as refusal:
        WHOQOL.score(matrix)

    assert (4, BLOCK + 1) == refusal.value.rows


@pytest.mark.parametrize("wrong", [2.5, -1, 255, 256, 259, np.inf, -np.inf, 1e300])
def test_a_float_that_is_no_option_is_not_cut_down_to_one(wrong: float) -> None:
    matrix = np.full((3, 26), 3.0)
    matrix[1, 5] = wrong

    with pytest.raises(ValueOutOfRange) as refusal:
        WHOQOL.score(matrix)

    assert (1,) == refusal.value.rows


@pytest.mark.parametrize("wrong", [-1, 255, 259])
def test_a_whole_number_that_is_no_option_does_not_wrap_around_to_one(wrong: int) -> None:
    matrix = np.full((3, 26), 3, np.int32)
    matrix[2, 0] = wrong

    with pytest.raises(ValueOutOfRange) as refusal:
        WHOQOL.score(matrix)

    assert (2,) == refusal.value.rows


@pytest.mark.parametrize(("column", "number"), [(1, 5), (2, 0), (2, 6), (0, 11)])
def test_options_with_gaps_are_held_too(column: int, number: int) -> None:
    matrix = np.array([[5, 7, 2], [5, 7, 2]], np.uint8)
    matrix[1, column] = number

    with pytest.raises(ValueOutOfRange) as refusal:
        instruments.load("akv-1").score(matrix)

    assert (1,) == refusal.value.rows


@pytest.mark.parametrize(
    "matrix",
    [
        np.zeros((3, 25), np.uint8),
        np.zeros(26, np.uint8),
        np.full((2, 26), "3"),
        np.ones((2, 26), np.bool_),
    ],
)
def test_a_matrix_of_another_shape_or_kind_is_refused(matrix: NDArray[np.generic]) -> None:
    with pytest.raises(InvalidMatrix):
        WHOQOL.score(matrix)


def test_a_questionnaire_takes_one_matrix() -> None:
    matrix = np.full((2, 26), 3, np.uint8)

    with pytest.raises(InvalidMatrix):
        WHOQOL.score(matrix, matrix)


def test_no_rows_give_no_scores() -> None:
    scores = WHOQOL.score(np.empty((0, 26), np.uint8))

    assert [0] * 6 == [len(scores.value[scale]) for scale in scores.value]


def test_an_array_is_made_once_and_only_for_a_scale_that_is_there() -> None:
    scores = WHOQOL.score(np.full((2, 26), 3, np.uint8))

    assert scores.value["social"] is scores.value["social"]
    assert 6 == len(scores.value)
    with pytest.raises(KeyError):
        scores.value["total"]


def test_the_matrix_is_left_as_it_was() -> None:
    matrix = draw_matrix("akv-1", 3, rows=50)
    before = matrix.copy()

    instruments.load("akv-1").score(matrix)

    np.testing.assert_array_equal(before, matrix)


@pytest.mark.parametrize("call", [{"rule": "mean"}, {"coding": "turned"}])
def test_an_unknown_rule_or_coding_is_refused(call: dict[str, str]) -> None:
    with pytest.raises(UnknownRule):
        WHOQOL.score(
            np.full((1, 26), 3, np.uint8), rule=call.get("rule"), coding=call.get("coding", "raw")
        )


def test_a_refused_response_stops_no_other() -> None:
    complete = {f"q{item}": 3 for item in range(1, 27)}

    block = WHOQOL.score_all([complete, complete | {"q3": 6}, complete])

    assert [False, True, False] == [isinstance(each, InvalidResponse) for each in block]
