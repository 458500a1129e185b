"""The audit fails closed: what contradicts itself, is undeclared or undecided is refused."""

from dataclasses import replace

import pytest

from akva.aggregation.audit import verify_release
from akva.aggregation.tabulation import ALL, EPISODES, PEOPLE, Cell, Table, Tabulation
from akva.errors import AuditFailed
from tests.attack.rounds import cells, coverage, tabulate

SOUND = coverage(akse=(40, 20, 30), kiila=(50, 21, 31))
REFUSED = Cell("akse", "coverage", "refused")


def changed(cell: Cell, by: int) -> Tabulation:
    return replace(SOUND, counts=dict(SOUND.counts) | {cell: SOUND.counts[cell] + by})


@pytest.mark.parametrize("by", [-1, 1])
@pytest.mark.parametrize("cell", sorted(SOUND.counts))
def test_counts_that_contradict_each_other_are_refused(cell: Cell, by: int) -> None:
    with pytest.raises(AuditFailed, match="contradicts the cells it adds up with"):
        verify_release(changed(cell, by), frozenset(), threshold=10)


def test_counts_that_contradict_each_other_are_refused_when_all_is_hidden() -> None:
    tabulation = changed(REFUSED, 1)

    with pytest.raises(AuditFailed, match="contradicts the cells it adds up with"):
        verify_release(tabulation, frozenset(tabulation.counts), threshold=10)


def test_tied_cells_that_differ_are_refused() -> None:
    tabulation = replace(SOUND, ties=((REFUSED, Cell("kiila", "coverage", "refused")),))

    with pytest.raises(AuditFailed, match="contradicts the cells it adds up with"):
        verify_release(tabulation, frozenset(), threshold=10)


@pytest.mark.parametrize("all_row", [0, 71, None])
def test_an_all_row_of_people_counts_no_more_than_the_services_and_not_nothing(
    all_row: int | None,
) -> None:
    table = Table("change", None, ("paired",), PEOPLE)
    sound = tabulate([table], {"akse": {"change": (30,)}, "kiila": {"change": (40,)}})
    counts = {cell: n for cell, n in sound.counts.items() if cell.service != ALL}
    if all_row is not None:
        counts |= {Cell(ALL, "change", name): all_row for name in table.names}

    with pytest.raises(AuditFailed):
        verify_release(replace(sound, counts=counts), frozenset(), threshold=10)


@pytest.mark.parametrize("threshold", [-1, 0, 1])
def test_a_threshold_that_would_publish_a_single_person_is_refused(threshold: int) -> None:
    with pytest.raises(AuditFailed, match="protects nobody"):
        verify_release(SOUND, frozenset(), threshold=threshold)


def test_a_count_below_nothing_is_refused() -> None:
    with pytest.raises(AuditFailed, match="akse, coverage, refused has a count below 0"):
        verify_release(changed(REFUSED, -41), frozenset({REFUSED}), threshold=10)


def test_a_hidden_cell_that_is_none_is_refused() -> None:
    with pytest.raises(AuditFailed, match="akse, coverage, Refused is hidden but not counted"):
        verify_release(SOUND, cells("akse", "coverage", "Refused"), threshold=10)


@pytest.mark.parametrize(
    "cell", [Cell("teak", "coverage", "refused"), Cell("akse", "gas", "refused")]
)
def test_a_counted_cell_of_no_declared_row_or_table_is_refused(cell: Cell) -> None:
    tabulation = replace(SOUND, counts=dict(SOUND.counts) | {cell: 20})

    with pytest.raises(AuditFailed, match="is counted but not declared"):
        verify_release(tabulation, frozenset(), threshold=10)


def test_a_counted_cell_of_a_table_said_to_be_absent_is_refused() -> None:
    tabulation = replace(SOUND, absent=frozenset({("akse", "coverage")}))

    with pytest.raises(AuditFailed, match="akse, coverage, consented is counted but not declared"):
        verify_release(tabulation, frozenset(), threshold=10)


@pytest.mark.parametrize("services", [("akse", "kiila", "akse"), ("akse", "kiila", ALL)])
def test_a_row_that_stands_twice_is_refused(services: tuple[str, ...]) -> None:
    with pytest.raises(AuditFailed, match="stands twice"):
        verify_release(replace(SOUND, services=services), frozenset(), threshold=10)


def test_a_table_that_stands_twice_is_refused() -> None:
    with pytest.raises(AuditFailed, match="stands twice"):
        verify_release(replace(SOUND, tables=SOUND.tables * 2), frozenset(), threshold=10)


def test_counts_too_large_for_the_solver_to_be_exact_are_refused() -> None:
    """No table of floating point adds up in whole numbers here, though the solver is content."""
    size = 2**60 + 1
    table = Table("t", None, ("a", "b"), EPISODES)
    tabulation = tabulate([table], {s: {"t": (size + 3, size + 7)} for s in ("x", "y", "z")})
    hidden = frozenset(c for s in tabulation.services for c in cells(s, "t", "a", "b"))

    with pytest.raises(AuditFailed, match="has no table that holds in whole numbers"):
        verify_release(tabulation, hidden, threshold=10)


def test_the_refusal_tells_no_count() -> None:
    tabulation = coverage(akse=(3, 20, 30), kiila=(50, 21, 31))

    with pytest.raises(AuditFailed) as refused:
        verify_release(tabulation, frozenset({REFUSED}), threshold=10)

    assert not any(character.isdigit() for character in str(refused.value))
