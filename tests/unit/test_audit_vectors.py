"""Audit and attacker agree with the intervals that others computed for published tables."""

import json
from pathlib import Path
from typing import Any

import pytest

from akva.aggregation.audit import verify_release
from akva.aggregation.tabulation import EPISODES, Cell, Table, Tabulation
from akva.errors import AuditFailed
from tests.attack.attacker import Key, intervals, read, recover
from tests.attack.rounds import body, tabulate

FILE = Path(__file__).parents[1] / "vectors" / "sdc.json"
TABLES = json.loads(FILE.read_text(encoding="utf-8"))["tables"]

each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table["id"])
each_mask = pytest.mark.parametrize("mask", ["hidden", "small"])


def published(table: dict[str, Any], mask: str) -> tuple[Tabulation, dict[Cell, list[int]]]:
    """Read a vector: the counts, and what can be told of each cell that the mask hides."""
    two_way = Table("t", None, tuple(table["classes"]), EPISODES)
    tabulation = tabulate([two_way], {row: {"t": ns} for row, ns in table["counts"].items()})
    told = {named(key): reach for key, reach in table[mask].items()}
    return tabulation, told


def named(key: str) -> Cell:
    row, name = key.split("|")
    return Cell(row, "t", name)


def key(cell: Cell) -> Key:
    return cell.service, cell.table, cell.name


@each_mask
@each_table
def test_the_intervals_are_those_of_the_vectors(table: dict[str, Any], mask: str) -> None:
    tabulation, told = published(table, mask)
    release = read(body(tabulation, told, threshold=table["smallest_safe"]))

    reach = intervals(release.certain, release.shown)

    assert {key(cell): pytest.approx(tuple(ends)) for cell, ends in told.items()} == reach


@each_mask
@each_table
def test_the_audit_passes_what_leaves_nothing_to_tell(table: dict[str, Any], mask: str) -> None:
    tabulation, told = published(table, mask)
    threshold = table["smallest_safe"]
    untold = all(least == 0 and most >= threshold for least, most in told.values())

    try:
        verify_release(tabulation, frozenset(told), threshold=threshold)
    except AuditFailed:
        passed = False
    else:
        passed = True

    assert untold == passed


@each_table
def test_small_cells_hidden_alone_are_recovered(table: dict[str, Any]) -> None:
    tabulation, told = published(table, "small")

    found = recover(body(tabulation, told, threshold=table["smallest_safe"]))

    exact = {f"{one.service}|{one.name}" for one in found if one.low == one.high}
    assert set(table["recoverable"]) == exact


@each_table
def test_nothing_that_the_tool_hides_is_recovered_exactly(table: dict[str, Any]) -> None:
    tabulation, told = published(table, "hidden")

    found = recover(body(tabulation, told, threshold=table["smallest_safe"]))

    assert [] == [one for one in found if one.low == one.high]


def test_both_verdicts_occur_among_the_vectors() -> None:
    def untold(table: dict[str, Any]) -> bool:
        reach = table["hidden"].values()
        return all(least == 0 and most >= table["smallest_safe"] for least, most in reach)

    assert {True, False} == {untold(table) for table in TABLES}
