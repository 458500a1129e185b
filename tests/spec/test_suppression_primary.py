"""What is unsafe by itself: too few people, or a figure that speaks of each of them."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from akva.aggregation import primary, programmes
from akva.aggregation.programmes import Policy
from akva.aggregation.tabulate import Tabulated, tabulate
from akva.aggregation.tabulation import ALL, EPISODES, TOTAL, Cell, Table, Tabulation
from akva.classifications import services
from akva.model.episodes import Occasion
from tests.register import Row, consented, covered, pair

PROGRAMME = programmes.load("akva-services")
PAIRED = Cell("kiila", "bdi-21/total", "paired")
RATED = Cell("kiila", "gas/t", "rated")
SDC = json.loads(Path(__file__).parent.with_name("vectors").joinpath("sdc.json").read_text("utf-8"))


def policy(threshold: int) -> Policy:
    return Policy(threshold=threshold, least_in_share=3, least_spread=0.1, confidence=0.95)


def unsafe(rows: Sequence[Row]) -> frozenset[Cell]:
    counted = tabulate(consented(rows), covered(rows), PROGRAMME, services.load())
    return primary.unsafe(counted, PROGRAMME.policy)


def pairs(n: int) -> list[Row]:
    return [row for i in range(n) for row in pair(i + 1, 10 + i % 5, 8 + i % 7)]


def rated(*levels: tuple[int, ...]) -> list[Row]:
    return [
        Row(episode=i, instrument="gas", levels=of, occasion=Occasion.END)
        for i, of in enumerate(levels, 1)
    ]


@pytest.mark.parametrize(("people", "expected"), [(9, True), (10, False)])
def test_fewer_people_than_the_threshold_are_unsafe(people: int, *, expected: bool) -> None:
    assert expected == (PAIRED in unsafe(pairs(people)))


def test_nobody_at_all_is_unsafe_too() -> None:
    assert Cell("kiila", "bdi-21/total", "unmatched") in unsafe(pairs(10))


def test_ten_episodes_of_nine_people_are_unsafe() -> None:
    rows = pairs(9) + [Row(episode=10, subject=1, value=v, occasion=o) for v, o in LAST]

    assert PAIRED in unsafe(rows)


LAST = ((12.0, Occasion.START), (6.0, Occasion.END))


@pytest.mark.parametrize(
    ("missed", "expected"), [(0, True), (2, True), (3, False), (9, False), (10, True), (12, True)]
)
def test_a_share_with_fewer_than_three_people_on_a_side_is_unsafe(
    missed: int, *, expected: bool
) -> None:
    levels = [(0, -1)] * missed + [(0, 1)] * (12 - missed)

    assert expected == (RATED in unsafe(rated(*levels)))


def test_the_sides_of_a_share_count_people_and_not_goals() -> None:
    levels = [(-1,) * 10, (-2,) * 10, *[(0,)] * 10]

    assert RATED in unsafe(rated(*levels))


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        pytest.param([14.0] * 12, list(range(12)), id="one start"),
        pytest.param(list(range(12)), [3.0] * 12, id="one end"),
        pytest.param(list(range(12)), [i + 2.0 for i in range(12)], id="one change"),
    ],
)
def test_a_spread_of_nothing_tells_what_everybody_answered(
    starts: list[float], ends: list[float]
) -> None:
    rows = [row for i in range(12) for row in pair(i + 1, starts[i], ends[i])]

    assert PAIRED in unsafe(rows)


def test_a_threshold_of_ten_is_below_ten_as_in_acro() -> None:
    """Sizes of groups, and whether agg_threshold of acro 0.4.8 (default 10) calls them unsafe."""
    acro = {1: True, 2: True, 5: True, 9: True, 10: False, 11: False, 12: False, 40: False}

    found = {n: bool(few(counts(("A",), ("x",), [[n]]), 10) & {Cell("A", "t", "x")}) for n in acro}

    assert acro == found


@pytest.mark.parametrize("vector", SDC["tables"], ids=lambda vector: vector["id"])
def test_the_small_cells_are_those_of_gausssuppression(vector: dict[str, object]) -> None:
    rows, classes = vector["counts"], vector["classes"]
    assert isinstance(rows, dict)
    assert isinstance(classes, list)
    table = counts(tuple(rows), tuple(classes), list(rows.values()))

    found = few(table, int(str(vector["smallest_safe"])))

    assert {tuple(key.split("|")) for key in vector["small"]} == {  # type: ignore[attr-defined]
        (cell.service, cell.name) for cell in found
    }


def few(tabulation: Tabulation, threshold: int) -> frozenset[Cell]:
    counted = Tabulated(tabulation, {}, tabulation.counts)
    return primary.unsafe(counted, policy(threshold))


def counts(
    rows: tuple[str, ...], classes: tuple[str, ...], numbers: Sequence[Sequence[int]]
) -> Tabulation:
    found: dict[Cell, int] = {}
    for row, of_row in zip(rows, numbers, strict=True):
        for name, n in zip((*classes, TOTAL), (*of_row, sum(of_row)), strict=True):
            found[Cell(row, "t", name)] = n
            found[Cell(ALL, "t", name)] = found.get(Cell(ALL, "t", name), 0) + n
    return Tabulation(rows, (Table("t", None, classes, EPISODES),), found, frozenset())
