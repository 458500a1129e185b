"""Complementary suppression: hides further cells until no hidden cell can be told to be small.

Hidden are first the unsafe cells. For each hidden cell two tables of whole numbers must exist that
agree with everything published and with every sum that is true of a tabulation: one where the
cell is 0, one where it is at least the threshold. Where there is none yet, a linear programme
finds the cheapest further cells to hide (the relaxation of Kelly, Golden and Assad 1992, as in
Fischetti and Salazar 2000). Totals and the cells on which figures rest take no part in this: a
large one could never look empty. Where it does not go without them, services are hidden whole,
those with the fewest figures to lose, until it goes.

How little is hidden is a matter of prices and luck. That it is enough, the audit proves, which
knows nothing of this file.
"""

from collections.abc import Collection
from itertools import accumulate

import numpy as np

from akva.aggregation.moves import Goal, Mask, Whole, solver
from akva.aggregation.tabulation import ALL, TOTAL, Cell, Tabulation
from akva.errors import AuditFailed

# What it costs to move one person in or out of a cell: hardly anything where it is hidden already,
# elsewhere the square of its size, so that small cells are hidden before large ones.
HIDDEN_ALREADY = 1e-4
SPANS_SERVICES = 10.0
STAYS = 1e3  # where it cannot be avoided any more


def protect(
    tabulation: Tabulation, unsafe: Collection[Cell], *, threshold: int, bearing: Collection[Cell]
) -> frozenset[Cell]:
    """Give the unsafe cells and those that must be hidden with them.

    `bearing` are the cells on which figures rest. The same tabulation gives the same answer.
    Raises AuditFailed where nothing but coarser classes would help.
    """
    staying = {cell for cell in tabulation.counts if cell in bearing or is_sum(cell, tabulation)}
    search = Search(tabulation, unsafe, staying, threshold)
    while (goal := search.next_goal()) is not None:
        search.reach(goal)
    return search.found()


class Search:
    """What is hidden so far, and which counts each hidden cell is known to be able to have."""

    def __init__(
        self,
        tabulation: Tabulation,
        unsafe: Collection[Cell],
        staying: Collection[Cell],
        threshold: int,
    ) -> None:
        self.cells = list(tabulation.counts)
        self.counts = np.array(list(tabulation.counts.values()), dtype=np.int64)
        self.cheapest = solver(tabulation)
        self.prices = np.array([price(cell, tabulation, threshold) for cell in self.cells])
        self.hidden = np.array([cell in unsafe for cell in self.cells])
        self.staying = np.array([cell in staying for cell in self.cells])
        self.prices[self.staying] *= STAYS
        self.threshold = threshold
        self.may_be_none = self.counts == 0
        self.may_be_many = self.counts >= threshold
        services = np.array([cell.service for cell in self.cells])
        self.totals = np.array([cell.name == TOTAL for cell in self.cells])
        self.rows = {service: services == service for service in tabulation.services}
        self.order = self.most_telling_first(tabulation)

    def most_telling_first(self, tabulation: Tabulation) -> list[int]:
        """Order the cells: what must stay elsewhere, table by table; then the others by size."""
        place = {table.id: index for index, table in enumerate(tabulation.tables)}
        return sorted(
            range(len(self.cells)),
            key=lambda i: (
                place[self.cells[i].table] if self.staying[i] else len(place),
                -self.counts[i],
            ),
        )

    def next_goal(self) -> Goal | None:
        """Choose a hidden cell that is not known yet to be able to be none, and to be many."""
        unproven = self.hidden & ~(self.may_be_none & self.may_be_many)
        place = next((place for place in self.order if unproven[place]), None)
        if place is None:
            return None
        return Goal(place, 0 if self.may_be_many[place] else self.threshold)

    def reach(self, goal: Goal) -> None:
        """Find a table for the goal and hide what it takes: at worst services, at last all sums."""
        for services in (np.zeros_like(self.hidden), *self.services()):
            shift = self.shift(goal, services)
            if shift is not None:
                self.hidden |= services | (shift != 0)
                self.may_be_none |= self.counts + shift == 0
                self.may_be_many |= self.counts + shift >= self.threshold
                return
        if not self.staying.any():
            raise AuditFailed("not even hiding everything would hide a cell: collapse classes")
        self.staying[:] = False

    def services(self) -> list[Mask]:
        """List what may be hidden whole, the least loss first: a service, or the least together."""
        rows = [row for row in self.rows.values() if not self.hidden[row].all()]
        rows.sort(key=self.loss)
        together = list(accumulate(rows, np.logical_or))
        return sorted([*rows, *together[1:]], key=self.loss)

    def loss(self, services: Mask) -> tuple[int, int]:
        """Count the sums and figures that would go with them, and the people."""
        gone = services & ~self.hidden
        return int((gone & self.staying).sum()), int(self.counts[gone & self.totals].sum())

    def shift(self, goal: Goal, row: Mask) -> Whole | None:
        hidden = self.hidden | row
        prices = np.where(hidden, HIDDEN_ALREADY, self.prices)
        return self.cheapest(goal, hidden | ~self.staying, prices)

    def found(self) -> frozenset[Cell]:
        return frozenset(self.cells[place] for place in np.flatnonzero(self.hidden))


def is_sum(cell: Cell, tabulation: Tabulation) -> bool:
    return cell.name == TOTAL or any(
        table.parent == (cell.table, cell.name) for table in tabulation.tables
    )


def price(cell: Cell, tabulation: Tabulation, threshold: int) -> float:
    size = (max(tabulation.counts[cell], 1) / threshold) ** 2
    return size * SPANS_SERVICES if cell.service == ALL else size
