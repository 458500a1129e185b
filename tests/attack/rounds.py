"""Small rounds to attack: tabulations, and bodies as they would be published."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from akva.aggregation.tabulation import ALL, EPISODES, PEOPLE, TOTAL, Cell, Table, Tabulation

COVERAGE = Table("coverage", None, ("refused", "not-asked", "consented"), EPISODES)
CHANGE = Table("bdi-21/total", ("coverage", "consented"), ("paired", "no-end"), PEOPLE)

Rows = Mapping[str, Mapping[str, Sequence[int | None]]]


def tabulate(
    tables: Sequence[Table],
    rows: Rows,
    *,
    again: Mapping[tuple[str, str], int] | None = None,
    ties: tuple[tuple[Cell, ...], ...] = (),
) -> Tabulation:
    """Fill in totals and the row ALL.

    `rows` gives service → table → the counts of its classes; a table left out is not collected,
    None cannot occur. `again` is how many a cell (table, class) of ALL counted once instead of
    twice.
    """
    counts: dict[Cell, int] = {}
    for service, row in rows.items():
        for table in tables:
            for name, n in zip(table.classes, row.get(table.id, ()), strict=False):
                if n is not None:
                    counts[Cell(service, table.id, name)] = n
            if table.parent is None and table.id in row:
                counts[Cell(service, table.id, TOTAL)] = sum(n or 0 for n in row[table.id])
    for cell in sorted(counts):
        whole = Cell(ALL, cell.table, cell.name)
        counts[whole] = counts.get(whole, 0) + counts[cell]
    for (table_id, name), n in (again or {}).items():
        counts[Cell(ALL, table_id, name)] -= n
    absent = {(s, table.id) for s, row in rows.items() for table in tables if table.id not in row}
    return Tabulation(tuple(rows), tuple(tables), counts, frozenset(absent), ties)


def coverage(**rows: tuple[int, int, int]) -> Tabulation:
    """Tabulate services by (refused, not asked, consented) alone."""
    return tabulate([COVERAGE], {service: {"coverage": row} for service, row in rows.items()})


def cells(service: str, table: str, *names: str) -> frozenset[Cell]:
    return frozenset(Cell(service, table, name) for name in names)


def below(tabulation: Tabulation, threshold: int) -> frozenset[Cell]:
    """Hide the small cells and nothing else: primary suppression."""
    return frozenset(cell for cell, n in tabulation.counts.items() if n < threshold)


def body(
    tabulation: Tabulation,
    hidden: Iterable[Cell],
    *,
    threshold: int = 10,
    figures: Sequence[Mapping[str, object]] = (),
) -> dict[str, Any]:
    """Publish a tabulation but for what is hidden."""
    hidden = frozenset(hidden)
    return {
        "policy": {"threshold": threshold},
        "services": list(tabulation.services),
        "tables": [
            {"id": t.id, "parent": t.parent, "classes": list(t.classes), "unit": t.unit}
            for t in tabulation.tables
        ],
        "ties": [[_named(cell) for cell in tie] for tie in tabulation.ties],
        "cells": [
            _published(tabulation, hidden, Cell(row, table.id, name))
            for row in (*tabulation.services, ALL)
            for table in tabulation.tables
            for name in table.names
        ],
        "figures": list(figures),
    }


def mean(cell: Cell, value: float, n: int) -> dict[str, object]:
    """Publish a mean change."""
    return _named(cell) | {"statistic": "mean_change", "value": value, "n": n}


def _named(cell: Cell) -> dict[str, object]:
    return {"service": cell.service, "table": cell.table, "class": cell.name}


def _published(tabulation: Tabulation, hidden: frozenset[Cell], cell: Cell) -> dict[str, object]:
    if cell not in tabulation.counts:
        return _named(cell) | {"status": "not-collected"}
    if cell in hidden:
        return _named(cell) | {"status": "suppressed"}
    return _named(cell) | {"status": "published", "n": tabulation.counts[cell]}
