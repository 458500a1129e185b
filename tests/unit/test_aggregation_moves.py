"""Moves: the other tables that a reader could hold, in whole people."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akva.aggregation.moves import Goal, equations, solver
from akva.aggregation.tabulation import ALL, EPISODES, Cell, Table, Tabulation
from tests.attack.rounds import tabulate

TABLE = Table("t", None, ("p", "a", "b", "c"), EPISODES)
P, A, B, C = (Cell("akse", "t", name) for name in TABLE.classes)
PRICES = {"p": 1.0, "a": 1.0, "b": 1.0, "c": 10.0}


def move(tabulation: Tabulation, goal: tuple[Cell, int], movable: str) -> dict[Cell, int] | None:
    """Give what changes when the cell comes to that count, and only these classes may change."""
    cells = list(tabulation.counts)
    free = np.array([cell.name in movable for cell in cells])
    prices = np.array([PRICES.get(cell.name, 100.0) for cell in cells])
    shift = solver(tabulation)(Goal(cells.index(goal[0]), goal[1]), free, prices)
    return None if shift is None else {c: int(n) for c, n in zip(cells, shift, strict=True) if n}


def one(*counts: int, tied: bool = False) -> Tabulation:
    return tabulate([TABLE], {"akse": {"t": counts}}, ties=((A, B),) if tied else ())


def test_a_goal_is_reached_by_the_cheapest_cells() -> None:
    found = move(one(1, 5, 5, 20), (P, 3), "pac")

    of_all = {Cell(ALL, "t", "p"): 2, Cell(ALL, "t", "a"): -2}
    assert {P: 2, A: -2, **of_all} == found


def test_no_count_falls_below_nobody() -> None:
    assert {P: 9, A: -5, C: -4} == {
        cell: n
        for cell, n in (move(one(1, 5, 5, 20), (P, 10), "pac") or {}).items()
        if cell.service != ALL
    }


def test_where_nothing_else_may_change_there_is_no_move() -> None:
    assert move(one(1, 5, 5, 20), (P, 3), "p") is None


def test_nobody_is_split_in_halves() -> None:
    """Half a person less in each of two tied cells would be cheaper, and would prove nothing."""
    found = move(one(2, 5, 5, 20, tied=True), (P, 3), "pabc")

    assert {P: 1, C: -1} == {cell: n for cell, n in (found or {}).items() if cell.service != ALL}


def test_where_only_halves_would_do_there_is_no_move() -> None:
    assert move(one(2, 5, 5, 20, tied=True), (P, 3), "pab") is None


def test_tied_cells_move_together() -> None:
    found = move(one(2, 5, 5, 20, tied=True), (P, 4), "pab")

    assert {P: 2, A: -1, B: -1} == {c: n for c, n in (found or {}).items() if c.service != ALL}


@pytest.mark.parametrize("goal", [0, 1, 7, 30])
@settings(max_examples=20, deadline=None)
@given(counts=st.tuples(*[st.integers(0, 20)] * 4), tied=st.booleans())
def test_after_a_move_every_sum_is_still_true(
    goal: int, counts: tuple[int, ...], *, tied: bool
) -> None:
    if tied:
        counts = (counts[0], counts[1], counts[1], counts[3])
    tabulation = one(*counts, tied=tied)

    found = move(tabulation, (P, goal), "pabc total")

    assert found is not None
    moved = {cell: n + found.get(cell, 0) for cell, n in tabulation.counts.items()}
    assert goal == moved[P]
    assert min(moved.values()) >= 0
    assert all(0 == sum(k * moved[c] for c, k in each.items()) for each in equations(tabulation))
