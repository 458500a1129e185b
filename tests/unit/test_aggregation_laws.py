"""Laws that hold of every round: sums, disjoint classes, no hidden figure, no order."""

import json
from collections import Counter
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akva.aggregation import disclosure, programmes
from akva.aggregation.disclosure import Release
from akva.aggregation.tabulate import Tabulated, tabulate
from akva.aggregation.tabulation import ALL, PEOPLE, TOTAL, Cell
from akva.classifications import services
from tests.cohorts import SIZES, cohort
from tests.intervals import sums
from tests.register import consented

PROGRAMME = programmes.load("akva-services")
ROUND = programmes.Round(2025)
SMALL = {"akse": 6, "kiila": 9, "taito": 2}


@cache
def released(seed: int) -> Release:
    rows, coverage = cohort(seed)
    return disclosure.release(consented(rows), coverage, PROGRAMME, ROUND)


def counted(seed: int, sizes: dict[str, int]) -> Tabulated:
    rows, coverage = cohort(seed, sizes)
    return tabulate(consented(rows), coverage, PROGRAMME, services.load())


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_sums_that_a_tabulation_promises_are_true(seed: int) -> None:
    tabulation = counted(seed, SMALL).tabulation

    assert [] == [
        (signs, n)
        for signs, n in sums(tabulation)
        if n != sum(sign * tabulation.counts.get(cell, 0) for cell, sign in signs.items())
    ]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_an_overlap_is_never_less_than_nothing(seed: int) -> None:
    tabulation = counted(seed, SMALL).tabulation
    over: Counter[Cell] = Counter()
    for cell, n in tabulation.counts.items():
        over[Cell(ALL, cell.table, cell.name)] += n if cell.service != ALL else -n

    units = {table.id: table.unit for table in tabulation.tables}
    assert all(n >= 0 for n in over.values())
    assert all(n == 0 for cell, n in over.items() if units[cell.table] != PEOPLE)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_every_episode_ends_in_one_class_of_each_table(seed: int) -> None:
    found = counted(seed, SMALL)

    for service in found.tabulation.services:
        for scale in PROGRAMME.scales:
            members = [
                outcome.course.episode_id
                for cell, of in found.members.items()
                if (cell.service, cell.table) == (service, scale.table)
                for outcome in of
            ]
            assert len(set(members)) == len(members)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_no_cell_concerns_more_people_than_it_counts(seed: int) -> None:
    found = counted(seed, SMALL)

    assert all(found.people[cell] <= n for cell, n in found.tabulation.counts.items())


@pytest.mark.parametrize("seed", [1, 2])
def test_no_published_cell_is_below_the_threshold(seed: int) -> None:
    body = json.loads(released(seed).body)

    shown = [cell["n"] for cell in body["cells"] if cell["status"] == "published"]
    assert shown
    assert min(shown) >= PROGRAMME.policy.threshold
    assert any(cell["status"] == "suppressed" for cell in body["cells"])


@pytest.mark.parametrize("seed", [1, 2])
def test_no_hidden_cell_carries_a_number_or_a_figure(seed: int) -> None:
    body = json.loads(released(seed).body)

    place = ("service", "table", "class")
    hidden = [cell for cell in body["cells"] if cell["status"] != "published"]
    assert all({*place, "status"} == set(cell) for cell in hidden)
    bearing = {tuple(figure[key] for key in place) for figure in body["figures"]}
    assert bearing
    assert set() == bearing & {tuple(cell[key] for key in place) for cell in hidden}


def test_the_order_of_the_rows_changes_no_byte() -> None:
    rows, coverage = cohort(1)
    shuffled, turned = list(rows), list(reversed(coverage))
    Random(1).shuffle(shuffled)  # noqa: S311 - no secret

    other = disclosure.release(consented(shuffled), turned, PROGRAMME, ROUND)

    assert released(1).body == other.body
    assert released(1).digest == other.digest


def test_the_totals_over_all_are_what_the_coverage_says() -> None:
    rows, coverage = cohort(6)

    counts = tabulate(consented(rows), coverage, PROGRAMME, services.load()).tabulation.counts

    assert sum(each.episodes for each in coverage) == counts[Cell(ALL, "coverage", TOTAL)]
    assert set(SIZES) == {cell.service for cell in counts} - {ALL}
