"""The audit refuses every release whose hidden cells a reader can tell to be small."""

from dataclasses import replace

import pytest

from akva.aggregation.audit import verify_release
from akva.aggregation.tabulation import ALL, PEOPLE, TOTAL, Cell, Table, Tabulation
from akva.errors import AuditFailed
from tests.attack.rounds import CHANGE, COVERAGE, Rows, below, cells, coverage, tabulate

SMALL = ("refused", "not-asked")


def refusal(tabulation: Tabulation, hidden: frozenset[Cell], *, threshold: int = 10) -> str | None:
    """Return what the audit says against a release; None when it passes."""
    try:
        verify_release(tabulation, hidden, threshold=threshold)
    except AuditFailed as failed:
        return str(failed)
    return None


def three_services() -> tuple[Tabulation, frozenset[Cell]]:
    """Rows of 20 hidden people each in columns of 25 and 35: all of a row may stand on one side."""
    tabulation = coverage(akse=(4, 16, 90), kiila=(12, 8, 90), teak=(9, 11, 90))
    return tabulation, frozenset[Cell]().union(
        *(cells(s, "coverage", *SMALL) for s in tabulation.services)
    )


def test_a_release_whose_hidden_cells_may_all_be_nothing_or_enough_passes() -> None:
    assert refusal(*three_services()) is None


def test_groups_and_reach_of_exactly_the_threshold_are_enough() -> None:
    tabulation = coverage(akse=(4, 6, 90), kiila=(3, 7, 90), teak=(9, 1, 90))
    hidden = frozenset[Cell]().union(*(cells(s, "coverage", *SMALL) for s in tabulation.services))

    assert refusal(tabulation, hidden) is None
    assert refusal(tabulation, hidden, threshold=11) is not None


def test_a_release_with_everything_hidden_passes() -> None:
    tabulation, _ = three_services()

    assert refusal(tabulation, frozenset(tabulation.counts)) is None


def test_a_release_with_nothing_small_hides_nothing() -> None:
    assert refusal(coverage(akse=(10, 20, 30), kiila=(11, 21, 31)), frozenset()) is None


@pytest.mark.parametrize("n", [0, 1, 9])
def test_nothing_below_the_threshold_is_published(n: int) -> None:
    tabulation = coverage(akse=(n, 20, 30), kiila=(50, 21, 31))

    assert (
        refusal(tabulation, frozenset())
        == "akse, coverage, refused is published below the threshold"
    )


def test_a_small_cell_hidden_alone_follows_from_its_total() -> None:
    tabulation = coverage(akse=(3, 20, 30), kiila=(50, 21, 31))

    assert refusal(tabulation, below(tabulation, 10)) == (
        "akse, coverage, refused is in a hidden group whose size below the threshold is known"
    )


def test_a_large_cell_hidden_alone_follows_from_its_total() -> None:
    tabulation = coverage(akse=(40, 20, 30), kiila=(50, 21, 31))

    assert refusal(tabulation, cells("akse", "coverage", "refused")) == (
        "akse, coverage, refused is not shown to be out of a reader's reach"
    )


def test_two_hidden_cells_whose_sum_is_below_the_threshold_are_refused() -> None:
    tabulation = coverage(akse=(2, 4, 90), kiila=(2, 14, 90), teak=(20, 6, 90))
    hidden = frozenset[Cell]().union(*(cells(s, "coverage", *SMALL) for s in tabulation.services))

    assert refusal(tabulation, hidden) == (
        "akse, coverage, not-asked is in a hidden group whose size below the threshold is known"
    )


def test_hidden_cells_that_are_known_to_be_nothing_are_refused() -> None:
    tabulation = coverage(akse=(0, 0, 90), kiila=(20, 14, 90))

    assert refusal(tabulation, cells("akse", "coverage", *SMALL)) == (
        "akse, coverage, not-asked is in a hidden group whose size below the threshold is known"
    )


def test_a_hidden_service_follows_from_all_less_the_others() -> None:
    tabulation = coverage(akse=(1, 2, 3), kiila=(20, 14, 90), teak=(30, 16, 80))

    assert refusal(tabulation, cells("akse", "coverage", TOTAL, *COVERAGE.classes)) == (
        "akse, coverage, total is in a hidden group whose size below the threshold is known"
    )


def test_a_small_sum_that_only_two_sums_together_give_is_refused() -> None:
    """Refused and consented are 59 together; 50 of these are paired: 9 refused or have no end."""
    row = {"coverage": (3, 20, 56), "bdi-21/total": (50, 6)}
    tabulation = tabulate([COVERAGE, CHANGE], {"akse": row, "kiila": row})
    hidden = frozenset[Cell]().union(
        *(cells(s, "coverage", "refused", "consented") for s in ("akse", "kiila", ALL)),
        *(cells(s, "bdi-21/total", "no-end") for s in ("akse", "kiila", ALL)),
    )

    assert refusal(tabulation, hidden) == (
        "akse, bdi-21/total, no-end is not shown to be out of a reader's reach"
    )


def test_a_hidden_cell_that_cannot_be_nothing_is_refused() -> None:
    """Hidden for the sake of another, and known to be at least 10: the reader would find out."""
    tabulation = coverage(akse=(3, 12, 90), kiila=(15, 10, 90))
    hidden = cells("akse", "coverage", *SMALL) | cells("kiila", "coverage", *SMALL)

    assert refusal(tabulation, hidden) == (
        "kiila, coverage, not-asked is not shown to be out of a reader's reach"
    )


def test_a_nested_table_gives_its_hidden_parent_away() -> None:
    rows = {
        "akse": {"coverage": (4, 16, 60), "bdi-21/total": (40, 20)},
        "kiila": {"coverage": (12, 8, 60), "bdi-21/total": (40, 20)},
    }
    hidden = cells("akse", "coverage", "refused", "consented", TOTAL)
    hidden |= cells("kiila", "coverage", "not-asked", "consented", TOTAL)
    hidden |= cells(ALL, "coverage", *COVERAGE.classes, TOTAL)

    assert refusal(tabulate([COVERAGE, CHANGE], rows), hidden) == (
        "akse, coverage, consented is not shown to be out of a reader's reach"
    )


def test_how_often_all_counts_once_is_no_protection() -> None:
    """Whoever knows that 5 were seen in both services knows the hidden one from ALL."""
    people = Table("change", None, ("paired", "no-end"), PEOPLE)
    rows = {"akse": {"change": (30, 25)}, "kiila": {"change": (40, 35)}}
    tabulation = tabulate([people], rows, again={("change", "paired"): 5})

    assert refusal(tabulation, cells("akse", "change", "paired", TOTAL)) == (
        "akse, change, paired is not shown to be out of a reader's reach"
    )


def counted_once(*, again: int) -> Tabulation:
    people = Table("change", None, ("paired", "no-end"), PEOPLE)
    rows = {"akse": {"change": (130, 100)}, "kiila": {"change": (30, 20)}}
    both = {("change", "paired"): again, ("change", TOTAL): again}
    return tabulate([people], rows, again=both)


def test_few_subjects_seen_by_two_services_are_not_shown() -> None:
    assert refusal(counted_once(again=9), frozenset()) == (
        "all, change, total shows that too few subjects are counted in several services"
    )


def test_few_subjects_outside_one_service_are_not_shown() -> None:
    assert refusal(counted_once(again=25), frozenset()) == (
        "akse, change, paired leaves too few subjects outside it"
    )


@pytest.mark.parametrize("again", [0, 10, 20, 30])
def test_enough_subjects_or_none_seen_again_may_be_shown(again: int) -> None:
    assert refusal(counted_once(again=again), frozenset()) is None


def test_a_hidden_all_shows_nothing_of_subjects_seen_again() -> None:
    tabulation = counted_once(again=9)

    assert refusal(tabulation, cells(ALL, "change", "paired", TOTAL)) is None


def test_a_hidden_all_follows_when_nobody_was_seen_again() -> None:
    assert refusal(counted_once(again=0), cells(ALL, "change", "paired")) == (
        "all, change, paired is not shown to be out of a reader's reach"
    )


@pytest.mark.parametrize("again", [0, 1, 12])
def test_people_with_everything_hidden_pass_however_often_they_were_seen(again: int) -> None:
    tabulation = counted_once(again=again)

    assert refusal(tabulation, frozenset(tabulation.counts)) is None


def test_a_hidden_cell_tied_to_a_published_one_is_refused() -> None:
    tables = [
        COVERAGE,
        Table("whoqol/physical", ("coverage", "consented"), ("paired", "no-end"), PEOPLE),
        Table("whoqol/social", ("coverage", "consented"), ("paired", "no-end"), PEOPLE),
    ]
    row = {"coverage": (20, 20, 60), "whoqol/physical": (40, 20), "whoqol/social": (40, 20)}
    rows: Rows = {"akse": row}
    tie = tuple(Cell("akse", table.id, "no-end") for table in tables[1:])
    hidden = frozenset(c for s in ("akse", ALL) for c in cells(s, "whoqol/social", *CHANGE.classes))

    assert refusal(tabulate(tables, rows), hidden) is None
    assert refusal(tabulate(tables, rows, ties=(tie,)), hidden) == (
        "akse, whoqol/social, no-end is not shown to be out of a reader's reach"
    )


def test_what_is_not_collected_or_cannot_occur_is_no_cell() -> None:
    rows: Rows = {
        "akse": {"coverage": (20, None, 60), "bdi-21/total": (40, 20)},
        "kiila": {"coverage": (12, 18, 60)},
    }

    assert refusal(tabulate([COVERAGE, CHANGE], rows), frozenset()) is None


def test_a_table_without_a_row_all_needs_none() -> None:
    whole = tabulate([COVERAGE], {"akse": {"coverage": (20, 20, 60)}})
    counts = {cell: n for cell, n in whole.counts.items() if cell.service != ALL}
    alone = replace(whole, counts=counts, absent=frozenset({(ALL, "coverage")}))

    assert refusal(alone, frozenset()) is None
    assert refusal(whole, cells("akse", "coverage", "refused", "consented")) is not None
    assert refusal(alone, cells("akse", "coverage", "refused", "consented")) is None
