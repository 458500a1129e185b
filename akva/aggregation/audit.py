"""The last check before a release: no reader can tell that a hidden cell is small.

The reader is assumed to know everything published, every sum that is true of a tabulation, and how
often a row ALL counted once whom several services had counted. For each hidden cell the audit finds
two whole tables that agree with all of this, one where the cell is 0 and one where it is at least
the threshold, and checks them in integers: nothing rests on the solver's word. That is the audit
of integer ranges, for all cells and without sampling, and that of real ranges with it, as tables of
whole numbers are tables. Finding none, whatever the solver's reason, is a failure.

Every hidden cell owes both tables, also one hidden only to protect another: the audit does not
know why a cell is hidden, and the reader must not find out. If all but one of some hidden cells
were known to be large, the last would be known to be the small one that they protect.

The audit of small sums follows where people are sums of cells. Tables that divide the same parent
are never crossed, so a group whose size can be derived is made of disjoint cells. Each hidden one
may be at least the threshold while the size stays the same: that size is no smaller.
`_verify_groups` repeats it for single sums by plain subtraction; `_verify_people` is for groups
that are no sums.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from akva.aggregation.tabulation import ALL, EPISODES, TOTAL, Cell, Tabulation
from akva.errors import AuditFailed

LEAST_THRESHOLD = 2  # below it a single person would be published
SECONDS = 20.0  # for one question to the solver; undecided by then is a failure

_Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Sum:
    """What is known of some cells: the counts, each times its sign, add up to `value`."""

    signs: Mapping[Cell, int]
    value: int


@dataclass(frozen=True, slots=True)
class _Block:
    """Hidden cells tied by sums to each other and to no others: matrix @ counts == values."""

    cells: tuple[Cell, ...]
    matrix: Any  # scipy.sparse.csr_array of int64: a row for each sum, a column for each cell
    values: _Counts


def verify_release(tabulation: Tabulation, hidden: frozenset[Cell], *, threshold: int) -> None:
    """Raise AuditFailed, naming the first cell at fault, if `hidden` does not hide enough.

    `threshold` is the fewest that a published cell may count. Attacker model: every count of this
    release that is published, exact, and no other source; providers' own records are not granted.
    """
    if threshold < LEAST_THRESHOLD:
        raise AuditFailed("this threshold protects nobody")
    _verify_declared(tabulation, hidden)
    sums = list(_sums(tabulation))
    _verify_true(sums, tabulation.counts)
    _verify_published(tabulation.counts, hidden, threshold)
    left = list(_left(sums, tabulation.counts, hidden))
    _verify_groups(left, threshold)
    for block in _blocks(left, hidden):
        _verify_block(block, tabulation.counts, threshold)
    _verify_people(sums, tabulation.counts, hidden, threshold)


def _verify_declared(tabulation: Tabulation, hidden: frozenset[Cell]) -> None:
    rows, ids = (*tabulation.services, ALL), [table.id for table in tabulation.tables]
    if len(set(rows)) < len(rows) or len(set(ids)) < len(ids):
        raise AuditFailed("a row or a table stands twice in the tabulation")
    declared = {
        Cell(row, table.id, name)
        for row in rows
        for table in tabulation.tables
        if (row, table.id) not in tabulation.absent
        for name in table.names
    }
    _refuse(tabulation.counts.keys() - declared, "is counted but not declared")
    _refuse(hidden - tabulation.counts.keys(), "is hidden but not counted")
    _refuse((cell for cell, n in tabulation.counts.items() if n < 0), "has a count below 0")


def _sums(tabulation: Tabulation) -> Iterator[_Sum]:
    """Yield every sum that is true; those within the row ALL follow from these."""
    counts = tabulation.counts
    for table in tabulation.tables:
        for service in tabulation.services:
            whole = Cell(service, *(table.parent or (table.id, TOTAL)))
            parts = [Cell(service, table.id, name) for name in table.classes]
            if (service, table.id) not in tabulation.absent:
                yield _sum(counts, whole, parts)
        for name in table.names:
            whole = Cell(ALL, table.id, name)
            parts = [Cell(service, table.id, name) for service in tabulation.services]
            known = _sum(counts, whole, parts)
            if (ALL, table.id) not in tabulation.absent:
                yield known if table.unit == EPISODES else _once(known, counts, whole)
    for tie in tabulation.ties:
        yield from (_sum(counts, other, [tie[0]]) for other in tie[1:])


def _sum(counts: Mapping[Cell, int], whole: Cell, parts: Iterable[Cell]) -> _Sum:
    """State that the parts add up to the whole, passing over cells that concern nobody."""
    signs = dict.fromkeys(parts, 1) | {whole: -1}
    return _Sum({cell: sign for cell, sign in signs.items() if cell in counts}, 0)


def _once(known: _Sum, counts: Mapping[Cell, int], whole: Cell) -> _Sum:
    """Grant the reader how many the services counted again, where ALL counts each subject once."""
    again = _added(known.signs, counts)
    if again < 0 or whole not in counts:
        return known  # contradicts itself, unless nobody is concerned
    return _Sum(known.signs, again)


def _added(signs: Mapping[Cell, int], counts: Mapping[Cell, int]) -> int:
    return sum(sign * counts[cell] for cell, sign in signs.items())


def _verify_true(sums: Iterable[_Sum], counts: Mapping[Cell, int]) -> None:
    for known in sums:
        if _added(known.signs, counts) != known.value:
            _refuse(known.signs, "contradicts the cells it adds up with")


def _verify_published(counts: Mapping[Cell, int], hidden: frozenset[Cell], threshold: int) -> None:
    small = (cell for cell, n in counts.items() if n < threshold and cell not in hidden)
    _refuse(small, "is published below the threshold")


def _left(
    sums: Iterable[_Sum], counts: Mapping[Cell, int], hidden: frozenset[Cell]
) -> Iterator[_Sum]:
    """Take all that is published off the sums.

    Where ALL is itself hidden, nobody can read how many it did not count again. Granting that
    number would leave the services no table with 0, however much is hidden.
    """
    for known in sums:
        signs = {cell: sign for cell, sign in known.signs.items() if cell in hidden}
        shown = {cell: sign for cell, sign in known.signs.items() if cell not in hidden}
        if signs and not (known.value and _whole(known) in hidden):
            yield _Sum(signs, known.value - _added(shown, counts))


def _whole(known: _Sum) -> Cell:
    return next(cell for cell, sign in known.signs.items() if sign < 0)


def _verify_groups(left: Iterable[_Sum], threshold: int) -> None:
    for known in left:
        if len(set(known.signs.values())) == 1 and abs(known.value) < threshold:
            _refuse(known.signs, "is in a hidden group whose size below the threshold is known")


def _verify_people(
    sums: Iterable[_Sum], counts: Mapping[Cell, int], hidden: frozenset[Cell], threshold: int
) -> None:
    """Refuse a row ALL from which the size of a small set of subjects follows.

    Where services share subjects, ALL less one service is those whom it never saw, and the
    services less ALL is those seen again elsewhere. No cell stands for either set.
    """
    for known in sums:
        if known.value == 0 or (whole := _whole(known)) in hidden:
            continue
        shown = known.signs.keys() - hidden - {whole}
        few = (cell for cell in shown if 0 < counts[whole] - counts[cell] < threshold)
        _refuse(few, "leaves too few subjects outside it")
        if known.value < threshold and hidden.isdisjoint(known.signs):
            _refuse([whole], "shows that too few subjects are counted in several services")


def _blocks(left: list[_Sum], hidden: frozenset[Cell]) -> Iterator[_Block]:
    from scipy.sparse import csr_array  # noqa: PLC0415  # lazily: only a release needs SciPy

    tied = {cell: {cell} for cell in hidden}
    for known in left:
        together = set().union(*(tied[cell] for cell in known.signs))
        tied |= dict.fromkeys(together, together)
    for cells in sorted({tuple(sorted(together)) for together in tied.values()}):
        column = {cell: index for index, cell in enumerate(cells)}
        own = [known for known in left if not column.keys().isdisjoint(known.signs)]
        entries = [(r, column[c], sign) for r, k in enumerate(own) for c, sign in k.signs.items()]
        row, col, sign = np.array(entries, dtype=np.int64).reshape(-1, 3).T
        matrix = csr_array((sign, (row, col)), shape=(len(own), len(cells)))
        yield _Block(cells, matrix, np.array([known.value for known in own], dtype=np.int64))


def _verify_block(block: _Block, counts: Mapping[Cell, int], threshold: int) -> None:
    """Show for each cell a table with 0 and one with the threshold; one table may serve many."""
    true = np.array([counts[cell] for cell in block.cells], dtype=np.int64)
    least = most = true  # the least and the most that any table so far has in each cell
    for position in range(len(block.cells)):
        for low, high in ((0, 0), (threshold, np.inf)):
            if least[position] > high or most[position] < low:
                table = _table(block, position, low, high)
                least, most = np.minimum(least, table), np.maximum(most, table)


def _table(block: _Block, position: int, low: float, high: float) -> _Counts:
    """Find a table of whole numbers that agrees with all that is known, its cell in [low, high]."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  # lazily: see above

    size = len(block.cells)
    floor, ceiling = np.zeros(size), np.full(size, np.inf)
    floor[position], ceiling[position] = low, high
    answer = milp(
        np.zeros(size),
        integrality=np.ones(size, dtype=np.int64),
        bounds=Bounds(floor, ceiling),
        constraints=LinearConstraint(block.matrix, block.values, block.values),
        options={"time_limit": SECONDS},
    )
    if answer.status != 0 or answer.x is None:  # infeasible, out of time or failed: all alike
        raise _fault(block.cells[position], "is not shown to be out of a reader's reach")
    table: _Counts = np.rint(answer.x).astype(np.int64)
    agrees = np.array_equal(block.matrix @ table, block.values) and table.min() >= 0
    if not (agrees and low <= table[position] <= high):
        raise _fault(block.cells[position], "has no table that holds in whole numbers")
    return table


def _refuse(cells: Iterable[Cell], why: str) -> None:
    for cell in sorted(cells)[:1]:
        raise _fault(cell, why)


def _fault(cell: Cell, why: str) -> AuditFailed:
    """Name a cell by what anyone may know of it: never its count."""
    return AuditFailed(f"{cell.service}, {cell.table}, {cell.name} {why}")
