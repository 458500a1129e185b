"""No number stands on a hidden cell, and no mean of one follows from the others."""

import pytest

from akva.aggregation.tabulation import ALL, PEOPLE, Cell, Table
from tests.attack.attacker import CERTAIN, GUESSED, Recovered, recover
from tests.attack.rounds import below, body, coverage, mean, tabulate

LEAKING = coverage(akse=(3, 20, 30), kiila=(50, 21, 31))
SMALL = Cell("akse", "coverage", "refused")


def test_a_figure_on_a_hidden_cell_is_a_leak() -> None:
    figures = [mean(SMALL, -3.4, 3)]
    everything = frozenset(LEAKING.counts)

    found = recover(body(LEAKING, everything, figures=figures))

    stands = "stands there: ['n', 'value']"
    assert Recovered("akse", "coverage", "refused", 3, 3, stands, CERTAIN) in found


def test_a_count_left_on_a_hidden_cell_is_a_leak() -> None:
    published = body(LEAKING, frozenset(LEAKING.counts))
    published["cells"][1]["of"] = 53

    (leak,) = recover(published)

    assert (leak.name, leak.how) == ("refused", "stands there: ['of']")


def test_a_hidden_figure_without_numbers_is_no_leak() -> None:
    figure = {
        "service": "akse",
        "table": "coverage",
        "class": "refused",
        "statistic": "mean_change",
    }
    figure |= {"status": "suppressed"}
    figures = [{**figure, "confidence": 0.95, "value": None}]

    assert recover(body(LEAKING, frozenset(LEAKING.counts), figures=figures)) == []


@pytest.mark.parametrize(("unit", "basis"), [("episodes", CERTAIN), (PEOPLE, GUESSED)])
def test_a_hidden_mean_follows_from_the_mean_of_all(unit: str, basis: str) -> None:
    """44 people at -3.0 and 40 of them at -2.8: the other four changed by -5."""
    table = Table("change", None, ("paired",), unit)
    tabulation = tabulate([table], {"akse": {"change": (4,)}, "kiila": {"change": (40,)}})
    figures = [
        mean(Cell(ALL, "change", "paired"), -3.0, 44),
        mean(Cell("kiila", "change", "paired"), -2.8, 40),
    ]

    found = recover(body(tabulation, frozenset(tabulation.counts), figures=figures))

    how = "mean_change -5.0 over 4 by difference"
    assert Recovered("akse", "change", "paired", 4, 4, how, basis) in found


def test_the_mean_of_a_small_hidden_group_follows_as_well() -> None:
    rows = {"akse": {"change": (4,)}, "kiila": {"change": (40,)}, "teak": {"change": (3,)}}
    tabulation = tabulate([Table("change", None, ("paired",), "episodes")], rows)
    figures = [
        mean(Cell(ALL, "change", "paired"), -3.0, 47),
        mean(Cell("kiila", "change", "paired"), -2.8, 40),
    ]

    found = recover(body(tabulation, below(tabulation, 10), figures=figures))

    by_mean = {(one.service, one.low, one.high) for one in found if "difference" in one.how}
    assert by_mean == {("akse", 0, 7), ("teak", 0, 7)}
