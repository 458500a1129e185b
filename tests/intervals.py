"""What a reader can tell of the hidden cells of a tabulation: least and most of each, by LP.

Written from the sums that `tabulation.py` lists, and from nothing of the suppression or the audit.
"""

from collections.abc import Collection, Iterator

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from akva.aggregation.tabulation import ALL, PEOPLE, TOTAL, Cell, Table, Tabulation

Sum = tuple[dict[Cell, int], int]  # signs, and what they come to


def sums(tabulation: Tabulation) -> Iterator[Sum]:
    for table in tabulation.tables:
        above = table.parent or (table.id, TOTAL)
        rows = [*tabulation.services, *([] if table.unit == PEOPLE else [ALL])]
        for row in (row for row in rows if (row, table.id) not in tabulation.absent):
            classes = {Cell(row, table.id, name): 1 for name in table.classes}
            yield classes | {Cell(row, *above): -1}, 0
        yield from over_services(tabulation, table)
    for first, *others in tabulation.ties:
        yield from (({first: 1, other: -1}, 0) for other in others)


def over_services(tabulation: Tabulation, table: Table) -> Iterator[Sum]:
    for name in table.names:
        of = [Cell(service, table.id, name) for service in tabulation.services]
        parts = {cell: 1 for cell in of if cell in tabulation.counts}
        whole = Cell(ALL, table.id, name)
        if parts:
            overlap = sum(tabulation.counts[c] for c in parts) - tabulation.counts[whole]
            yield parts | {whole: -1}, overlap


def intervals(tabulation: Tabulation, hidden: Collection[Cell]) -> dict[Cell, tuple[float, float]]:
    """Give for each hidden cell the least and the most that all that is known leaves open."""
    cells = list(tabulation.counts)
    place = {cell: index for index, cell in enumerate(cells)}
    known = list(sums(tabulation))
    matrix = np.zeros((len(known), len(cells)))
    for row, (signs, _) in enumerate(known):
        for cell in signs.keys() & place:
            matrix[row, place[cell]] = signs[cell]
    numbers = np.array([n for _, n in known])
    shown = np.array([cell not in hidden for cell in cells])
    values = np.array([tabulation.counts[cell] for cell in cells])
    bounds = Bounds(np.where(shown, values, 0), np.where(shown, values, np.inf))
    truths = LinearConstraint(matrix, numbers, numbers)

    def end(cell: Cell, sign: int) -> float:
        aim = np.zeros(len(cells))
        aim[place[cell]] = sign
        found = milp(aim, constraints=truths, bounds=bounds)
        return np.inf if found.x is None else float(np.round(found.x[place[cell]], 6))

    return {cell: (end(cell, 1), end(cell, -1)) for cell in sorted(hidden)}


def exact(tabulation: Tabulation, hidden: Collection[Cell]) -> set[Cell]:
    """Give the hidden cells that a reader knows exactly."""
    return {cell for cell, (least, most) in intervals(tabulation, hidden).items() if least == most}


def pinned(tabulation: Tabulation, hidden: Collection[Cell], threshold: int) -> set[Cell]:
    """Give the hidden cells of which a reader knows that they are some, or that they are few."""
    found = intervals(tabulation, hidden)
    return {cell for cell, (least, most) in found.items() if least > 0 or most < threshold}
