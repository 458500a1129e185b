"""The counts of one round by service, table and class, and the sums that are true of them.

What is true of every tabulation, and therefore known to whoever reads it:

1. In the row of a service, the classes of a root table add up to its cell `total`.
2. In the row of a service, the classes of a nested table add up to the parent cell of that row.
3. The row `all` of a table in episodes is the sum over the services that collect it, cell by cell,
   and obeys 1 and 2 like the row of a service.
4. The row `all` of a table in people counts a subject once across services. It is the sum over
   the services minus an overlap: a constant of at least 0 for each cell, which the strictest
   attacker knows. Such a row need not add up to a parent that counts episodes.
5. A cell that `counts` does not hold can concern nobody, and everybody knows it: a class that
   cannot occur in that service, or a table of `absent`. Sums pass over it.
6. Cells that stand together in `ties` hold one and the same count: the scales of one instrument
   lose the same episodes when it was not answered at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass

ALL = "all"  # the row that spans services
TOTAL = "total"  # the one cell of a root table that is no class
EPISODES = "episodes"
PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Table:
    """Disjoint classes that add up to the parent, or, without a parent, to the table's `total`.

    `parent` is (table id, class); `unit` is what the row `all` counts: "episodes" or "people".
    """

    id: str
    parent: tuple[str, str] | None
    classes: tuple[str, ...]
    unit: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names that the table's cells may have in any row."""
        return self.classes if self.parent else (TOTAL, *self.classes)


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One count: of a service (or ALL), a table, and a class (or, in a root table, TOTAL)."""

    service: str
    table: str
    name: str


@dataclass(frozen=True, slots=True)
class Tabulation:
    """Whole numbers for every cell that exists, in the rows of `services` and in ALL.

    `absent` are the (service, table) that this service does not collect: none of their cells is
    in `counts`. Tables stand after their parents.
    """

    services: tuple[str, ...]
    tables: tuple[Table, ...]
    counts: Mapping[Cell, int]
    absent: frozenset[tuple[str, str]]
    ties: tuple[tuple[Cell, ...], ...] = ()
