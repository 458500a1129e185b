"""Complementary suppression: hides further cells until no hidden cell can be told to be small.

Hidden are first the unsafe cells. For each hidden cell two tables of whole numbers must exist that
agree with everything published and with every sum that is true of a tabulation: one where the
cell is 0, one where it is at least the threshold. Where there is none yet, a linear programme
finds the cheapest further cells to hide (the relaxation of Kelly, Golden and Assad 1992, as in
Fischetti and Salazar 2000). How little is hidden is a matter of luck and prices; that it is
enough, the audit proves, which knows nothing of this file.
"""

from collections.abc import Callable, Collection
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from akva.aggregation.tabulation import ALL, TOTAL, Cell, Table, Tabulation
from akva.errors import AuditFailed

# What it costs to move one person in or out of a cell: nothing to speak of where it is hidden
# already; elsewhere the square of its size, so that several small cells are hidden before a large
# one, more for what spans services, and most for what figures rest on.
HIDDEN_ALREADY = 1e-4
SPANS_SERVICES = 10.0
BEARS_FIGURES = 100.0
AT_MOST = 1e5
ROUNDING = 1e-6  # of the solver
MUST_STAY = 1e6  # what all readers look for: totals and figures over all services

Whole: TypeAlias = npt.NDArray[np.int64]
Prices: TypeAlias = npt.NDArray[np.float64]
Equation: TypeAlias = dict[Cell, int]  # coefficients of a sum that is 0
Cheapest: TypeAlias = Callable[[int, int, Prices], Whole | None]


def protect(
    tabulation: Tabulation, unsafe: Collection[Cell], *, threshold: int, bearing: Collection[Cell]
) -> frozenset[Cell]:
    """Give the unsafe cells and those that must be hidden with them.

    `bearing` are the cells on which figures rest. The same tabulation gives the same answer.
    Raises AuditFailed where nothing but coarser classes would help.
    """
    cells = list(tabulation.counts)
    counts = np.array([tabulation.counts[cell] for cell in cells], dtype=np.int64)
    hidden = np.array([cell in unsafe for cell in cells], dtype=np.bool_)
    prices = np.array([price(cell, tabulation, threshold, bearing) for cell in cells])
    cheapest = solver(equations(tabulation), cells, counts)
    may_be_none, may_be_many = counts == 0, counts >= threshold
    while (unproven := hidden & ~(may_be_none & may_be_many)).any():
        cell = int(np.argmax(np.where(unproven, counts, -1)))  # the largest first
        goal = 0 if may_be_many[cell] else threshold
        shift = cheapest(cell, goal, np.where(hidden, HIDDEN_ALREADY, prices))
        if shift is None:
            raise AuditFailed(f"nothing hides a cell of {cells[cell].table}: collapse its classes")
        hidden |= shift != 0
        may_be_none |= counts + shift == 0
        may_be_many |= counts + shift >= threshold
    return frozenset(cell for cell, is_hidden in zip(cells, hidden, strict=True) if is_hidden)


def price(cell: Cell, tabulation: Tabulation, threshold: int, bearing: Collection[Cell]) -> float:
    spans = cell.service == ALL
    if spans and (cell.name == TOTAL or cell in bearing):
        return MUST_STAY
    size = (max(tabulation.counts[cell], 1) / threshold) ** 2
    weight = (SPANS_SERVICES if spans else 1) * (BEARS_FIGURES if cell in bearing else 1)
    return min(size * weight, AT_MOST)


def equations(tabulation: Tabulation) -> list[Equation]:
    """List what is true of every table that a reader could hold for this one, as sums of 0.

    An overlap is a known constant, and so drops out of the difference of two tables.
    """
    counts = tabulation.counts
    found = [
        {**dict.fromkeys(parts, 1), whole: -1}
        for table in tabulation.tables
        for whole, parts in (
            *sums_of_classes(tabulation, table),
            *sums_of_services(tabulation, table),
        )
    ]
    found += [{first: 1, other: -1} for first, *others in tabulation.ties for other in others]
    return [{c: k for c, k in each.items() if c in counts} for each in found]


def sums_of_classes(tabulation: Tabulation, table: Table) -> list[tuple[Cell, list[Cell]]]:
    above = table.parent or (table.id, TOTAL)
    return [
        (Cell(service, *above), [Cell(service, table.id, name) for name in table.classes])
        for service in tabulation.services
        if (service, table.id) not in tabulation.absent
    ]


def sums_of_services(tabulation: Tabulation, table: Table) -> list[tuple[Cell, list[Cell]]]:
    return [
        (Cell(ALL, table.id, name), [Cell(s, table.id, name) for s in tabulation.services])
        for name in table.names
    ]


def solver(equations: list[Equation], cells: list[Cell], counts: Whole) -> Cheapest:
    """Set the programme up once; what changes from one goal to the next are bounds and prices."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - lazily: slow to load
    from scipy.sparse import csc_array, hstack  # noqa: PLC0415 - lazily: as above

    column = {cell: index for index, cell in enumerate(cells)}
    entries = [(r, column[c], k) for r, each in enumerate(equations) for c, k in each.items()]
    rows, columns, coefficients = np.array(entries, dtype=np.int64).T
    sums = csc_array((coefficients, (rows, columns)), shape=(len(equations), len(cells)))
    moves = hstack([sums, -sums], format="csc")  # the people who come to each cell, who leave it
    stays_true = LinearConstraint(moves, 0, 0)
    size = len(cells)

    def cheapest(cell: int, goal: int, prices: Prices) -> Whole | None:
        """Change the count of `cell` to `goal`, and others so that every sum stays true."""
        least, most = np.zeros(2 * size), np.concatenate([np.full(size, np.inf), counts])
        step = goal - counts[cell]
        least[[cell, size + cell]] = most[[cell, size + cell]] = max(step, 0), max(-step, 0)
        for whole in (0, 1):  # people are whole, but it costs time, and seldom matters, to say so
            found = milp(
                np.concatenate([prices, prices]),
                constraints=stays_true,
                bounds=Bounds(least, most),
                integrality=np.full(2 * size, whole),
            )
            if found.x is None:
                return None
            people = np.rint(found.x).astype(np.int64)
            if np.allclose(people, found.x, rtol=0, atol=ROUNDING):
                break
        return people[:size] - people[size:]

    return cheapest
