"""Complementary suppression: hides further cells until no hidden cell can be told to be small.

Hidden are first the unsafe cells. For each hidden cell two tables of whole numbers must exist that
agree with everything published and with every sum that is true of a tabulation: one where the
cell is 0, one where it is at least the threshold. Where there is none yet, a linear programme
finds the cheapest further cells to hide (the relaxation of Kelly, Golden and Assad 1992, as in
Fischetti and Salazar 2000). Totals and the cells on which figures rest take no part in this: a
large one could never look empty. Where it does not go without them, a whole service is hidden.

How little is hidden is a matter of prices and luck. That it is enough, the audit proves, which
knows nothing of this file.
"""

from collections.abc import Collection

import numpy as np

from akva.aggregation.moves import Goal, Whole, solver
from akva.aggregation.tabulation import ALL, TOTAL, Cell, Tabulation
from akva.errors import AuditFailed

# What it costs to move one person in or out of a cell: hardly anything where it is hidden already,
# elsewhere the square of its size, so that small cells are hidden before large ones.
HIDDEN_ALREADY = 1e-4
SPANS_SERVICES = 10.0


def protect(
    tabulation: Tabulation, unsafe: Collection[Cell], *, threshold: int, bearing: Collection[Cell]
) -> frozenset[Cell]:
    """Give the unsafe cells and those that must be hidden with them.

    `bearing` are the cells on which figures rest. The same tabulation gives the same answer.
    Raises AuditFailed where nothing but coarser classes would help.
    """
    search = Search(tabulation, unsafe, threshold)
    cheapest = solver(tabulation)
    staying = np.array([cell in bearing or is_sum(cell, tabulation) for cell in search.cells])
    prices = np.array([price(cell, tabulation, threshold) for cell in search.cells])
    while (goal := search.next_goal()) is not None:
        movable = search.hidden | ~staying
        shift = cheapest(goal, movable, np.where(search.hidden, HIDDEN_ALREADY, prices))
        if shift is not None:
            search.learn(shift)
        elif not search.hide_a_service(search.cells[goal.place].service):
            if not staying.any():
                raise AuditFailed("not even hiding everything would hide a cell: collapse classes")
            staying[:] = False
    return search.found()


class Search:
    """What is hidden so far, and which counts each hidden cell is known to be able to have."""

    def __init__(self, tabulation: Tabulation, unsafe: Collection[Cell], threshold: int) -> None:
        self.cells = list(tabulation.counts)
        self.counts = np.array(list(tabulation.counts.values()), dtype=np.int64)
        self.hidden = np.array([cell in unsafe for cell in self.cells], dtype=np.bool_)
        self.threshold = threshold
        self.may_be_none = self.counts == 0
        self.may_be_many = self.counts >= threshold
        services = np.array([cell.service for cell in self.cells])
        self.rows = {service: services == service for service in tabulation.services}

    def next_goal(self) -> Goal | None:
        """Choose the largest hidden cell that is not known to be able to be none, and many."""
        open_ = self.hidden & ~(self.may_be_none & self.may_be_many)
        if not open_.any():
            return None
        place = int(np.argmax(np.where(open_, self.counts, -1)))
        return Goal(place, 0 if self.may_be_many[place] else self.threshold)

    def learn(self, shift: Whole) -> None:
        """Hide every cell that the other table changes, and note what that table proves."""
        self.hidden |= shift != 0
        self.may_be_none |= self.counts + shift == 0
        self.may_be_many |= self.counts + shift >= self.threshold

    def hide_a_service(self, service: str) -> bool:
        """Hide this service whole or, where it is or spans all, the smallest; tell if one was."""
        shown = {name: row for name, row in self.rows.items() if not self.hidden[row].all()}
        if not shown:
            return False
        smallest = min(shown, key=lambda name: self.counts[shown[name]].max())
        self.hidden |= shown.get(service, shown[smallest])
        return True

    def found(self) -> frozenset[Cell]:
        return frozenset(self.cells[place] for place in np.flatnonzero(self.hidden))


def is_sum(cell: Cell, tabulation: Tabulation) -> bool:
    return cell.name == TOTAL or any(
        table.parent == (cell.table, cell.name) for table in tabulation.tables
    )


def price(cell: Cell, tabulation: Tabulation, threshold: int) -> float:
    size = (max(tabulation.counts[cell], 1) / threshold) ** 2
    return size * SPANS_SERVICES if cell.service == ALL else size
