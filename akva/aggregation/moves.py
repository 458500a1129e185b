"""Moves: how people could stand otherwise in a tabulation, so that no reader would notice.

A move is the difference of two tables of whole numbers for which all the same sums hold.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from akva.aggregation.tabulation import ALL, TOTAL, Cell, Table, Tabulation

ROUNDING = 1e-6  # of the solver

Whole: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]
Prices: TypeAlias = npt.NDArray[np.float64]
Equation: TypeAlias = dict[Cell, int]  # coefficients of a sum that is 0


@dataclass(frozen=True, slots=True)
class Goal:
    """A cell, by its place among the counts, and the number that it should come to."""

    place: int
    count: int


Cheapest: TypeAlias = Callable[[Goal, Mask, Prices], Whole | None]


def equations(tabulation: Tabulation) -> list[Equation]:
    """List what is true of every table that a reader could hold for this one, as sums of 0.

    An overlap is a known constant, and so drops out of the difference of two tables.
    """
    found: list[Equation] = []
    for table in tabulation.tables:
        found += sums_of_classes(tabulation, table)
        found += sums_of_services(tabulation, table)
    found += [{first: 1, other: -1} for first, *others in tabulation.ties for other in others]
    return [{c: k for c, k in each.items() if c in tabulation.counts} for each in found]


def sums_of_classes(tabulation: Tabulation, table: Table) -> list[Equation]:
    above = table.parent or (table.id, TOTAL)
    return [
        {Cell(service, *above): -1} | {Cell(service, table.id, name): 1 for name in table.classes}
        for service in tabulation.services
        if (service, table.id) not in tabulation.absent
    ]


def sums_of_services(tabulation: Tabulation, table: Table) -> list[Equation]:
    return [
        {Cell(ALL, table.id, name): -1} | {Cell(s, table.id, name): 1 for s in tabulation.services}
        for name in table.names
    ]


def solver(tabulation: Tabulation) -> Cheapest:
    """Set the linear programme up once; from one goal to the next, bounds and prices change."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - lazily: slow to load
    from scipy.sparse import csc_array, hstack  # noqa: PLC0415 - lazily: as above

    counts = np.array(list(tabulation.counts.values()), dtype=np.int64)
    column = {cell: index for index, cell in enumerate(tabulation.counts)}
    true = equations(tabulation)
    entries = [(row, column[c], k) for row, each in enumerate(true) for c, k in each.items()]
    rows, columns, coefficients = np.array(entries, dtype=np.int64).T
    sums = csc_array((coefficients, (rows, columns)), shape=(len(true), len(counts)))
    moves = hstack([sums, -sums], format="csc")  # the people who come to each cell, who leave it
    stays_true = LinearConstraint(moves, 0, 0)
    size = len(counts)

    def cheapest(goal: Goal, movable: Mask, prices: Prices) -> Whole | None:
        """Reach the goal by changing movable cells alone, at a price for each person moved."""
        least = np.zeros(2 * size)
        most = np.concatenate([np.where(movable, np.inf, 0), np.where(movable, counts, 0)])
        step = goal.count - counts[goal.place]
        both = [goal.place, size + goal.place]
        least[both] = most[both] = max(step, 0), max(-step, 0)
        costs, bounds = np.concatenate([prices, prices]), Bounds(least, most)
        found = milp(costs, constraints=stays_true, bounds=bounds)
        if found.x is not None and not are_whole(found.x):
            # People are whole; to ask it of the solver takes time, and is seldom needed.
            whole = np.ones(2 * size, dtype=np.int64)
            found = milp(costs, constraints=stays_true, bounds=bounds, integrality=whole)
        if found.x is None:
            return None
        people = np.rint(found.x).astype(np.int64)
        return people[:size] - people[size:]

    return cheapest


def are_whole(numbers: Prices) -> bool:
    return np.allclose(np.rint(numbers), numbers, rtol=0, atol=ROUNDING)
