"""Paired statistics and shares: held against other people's programs, and never NaN."""

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akva.aggregation.statistics import NO_PAIRS, NO_SPREAD, TOO_FEW, change, noncentral, wilson

VECTORS = Path(__file__).parent.with_name("vectors").joinpath("effect_sizes.json")
CASES = json.loads(VECTORS.read_text("utf-8"))["cases"]
ENDS = ("srm_lower", "srm_upper")
SCORES = st.lists(st.tuples(st.integers(0, 63), st.integers(0, 63)), max_size=40)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_figures_are_those_of_r(case: dict[str, Any]) -> None:
    found = asdict(change(case["start"], case["end"]))

    assert {} == {
        name: (value, found[name])
        for name, value in case["expected"].items()
        if found[name] != pytest.approx(value, rel=1e-6 if name in ENDS else 1e-9, abs=1e-12)
    }


def test_without_pairs_every_figure_says_so() -> None:
    found = change([], [])

    assert {NO_PAIRS} == set(found.notes.values())
    assert set(asdict(found)) - {"n"} == set(found.notes)


def test_one_pair_has_means_alone() -> None:
    found = change([20], [12])

    assert (20, 12, -8) == (found.mean_start, found.mean_end, found.mean_change)
    assert {TOO_FEW} == set(found.notes.values())


def test_two_pairs_have_no_small_sample_factor() -> None:
    notes = change([20, 14], [12, 10]).notes

    assert {"hedges_g": TOO_FEW, "ses_corrected": TOO_FEW} == notes


def test_where_all_change_alike_nothing_is_divided_by_their_spread() -> None:
    found = change([1, 2, 4], [2, 3, 5])

    assert 0 == found.sd_change
    unspread = ("mean_change_lower", "mean_change_upper", "srm", *ENDS, "hedges_g")
    assert dict.fromkeys(unspread, NO_SPREAD) == found.notes


def test_where_all_start_alike_there_is_no_effect_by_the_start() -> None:
    notes = change([5, 5, 5], [4, 2, 1]).notes

    assert {"ses": NO_SPREAD, "ses_corrected": NO_SPREAD} == notes


def test_where_nobody_differs_there_is_no_effect_at_all() -> None:
    assert NO_SPREAD == change([5, 5], [5, 5]).notes["d_av"]


def test_a_spread_that_is_a_rest_of_rounding_is_none() -> None:
    found = change([0.1, 0.2, 0.3], [0.1 + 0.7, 0.2 + 0.7, 0.3 + 0.7])

    assert 0 == found.sd_change
    assert found.srm is None


def test_sides_of_different_length_are_no_pairs() -> None:
    with pytest.raises(ValueError, match="zip"):
        change([1, 2], [1])


@settings(max_examples=50, deadline=None)
@given(pairs=SCORES, rotation=st.integers(0, 40))
def test_the_order_of_the_pairs_changes_no_bit(pairs: list[tuple[int, int]], rotation: int) -> None:
    turned = pairs[rotation:] + pairs[:rotation]

    one, other = (change([s for s, _ in of], [e for _, e in of]) for of in (pairs, turned))

    assert one == other


@settings(max_examples=50, deadline=None)
@given(pairs=SCORES)
def test_a_figure_is_a_finite_number_or_has_a_reason(pairs: list[tuple[int, int]]) -> None:
    found = change([s for s, _ in pairs], [e for _, e in pairs])

    figures = asdict(found)
    assert {name for name, value in figures.items() if value is None} == set(found.notes)
    assert all(math.isfinite(value) for value in figures.values() if value is not None)


@settings(max_examples=50, deadline=None)
@given(pairs=SCORES)
def test_turning_start_and_end_turns_the_sign(pairs: list[tuple[int, int]]) -> None:
    starts, ends = [s for s, _ in pairs], [e for _, e in pairs]

    there, back = change(starts, ends), change(ends, starts)

    for name, other in (("mean_change",) * 2, ("srm",) * 2, ENDS):
        forth, turned = getattr(there, name), getattr(back, other)
        assert (forth is None) == (turned is None)
        assert forth is None or forth == pytest.approx(-turned, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("t", "df"), [(0, 1), (100, 1), (-9.9, 91), (35, 10_000), (-800, 3), (5000, 20)]
)
def test_the_noncentral_interval_holds_the_observed_t(t: float, df: int) -> None:
    lower, upper = noncentral(t, df, confidence=0.95)

    assert lower < t * 1.001 + 1
    assert lower < upper
    assert math.isfinite(lower)
    assert math.isfinite(upper)


@pytest.mark.parametrize(
    ("hits", "n", "expected"),
    [
        (0, 10, (0.0, 0.278)),
        (5, 10, (0.237, 0.763)),
        (7, 20, (0.181, 0.567)),
        (52, 100, (0.423, 0.615)),
        (10, 10, (0.722, 1.0)),
    ],
)
def test_wilsons_interval(hits: int, n: int, expected: tuple[float, float]) -> None:
    lower, upper = wilson(hits, n)

    assert expected == (round(lower, 3), round(upper, 3))
