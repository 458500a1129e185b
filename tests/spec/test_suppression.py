"""Hidden cells stay hidden: whoever adds and subtracts what is published learns of none of them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akva.aggregation.suppression import protect
from akva.aggregation.tabulation import (
    ALL,
    EPISODES,
    PEOPLE,
    TOTAL,
    Cell,
    Table,
    Tabulation,
)
from akva.errors import AuditFailed
from tests.attack.rounds import COVERAGE, below, tabulate
from tests.intervals import exact, pinned

SDC = json.loads(Path(__file__).parent.with_name("vectors").joinpath("sdc.json").read_text("utf-8"))
CHANGE = Table("bdi-21/total", ("coverage", "consented"), ("no-start", "no-end", "paired"), PEOPLE)
OTHER = Table("akv-1/current", ("coverage", "consented"), ("no-start", "no-end", "paired"), PEOPLE)
THREE = {  # consented, then its classes; the refusals of kiila are few
    "akse": {"coverage": (40, 30, 100), CHANGE.id: (20, 20, 60)},
    "kiila": {"coverage": (4, 26, 90), CHANGE.id: (14, 16, 60)},
    "teak": {"coverage": (31, 29, 110), CHANGE.id: (15, 25, 70)},
}


def bearing(tabulation: Tabulation) -> set[Cell]:
    return {cell for cell in tabulation.counts if cell.name == "paired"}


def protected(tabulation: Tabulation, threshold: int = 10) -> frozenset[Cell]:
    unsafe = below(tabulation, threshold)
    return protect(tabulation, unsafe, threshold=threshold, bearing=bearing(tabulation))


def three() -> Tabulation:
    return tabulate([COVERAGE, CHANGE], THREE)


def test_hiding_the_small_cell_alone_gives_it_away() -> None:
    """The negative control: the total less what is published is the hidden number."""
    assert {Cell("kiila", "coverage", "refused")} == exact(three(), below(three(), 10))


def test_with_complementary_cells_nothing_is_known_of_any_hidden_cell() -> None:
    assert set() == pinned(three(), protected(three()), 10)


def test_totals_and_figures_are_not_what_is_given_up() -> None:
    hidden = protected(three())

    assert set() == hidden & bearing(three())
    assert set() == {cell for cell in hidden if cell.name in {TOTAL, "consented"}}


def test_what_is_safe_is_left_as_it_is() -> None:
    rows = {name: row | {"coverage": (40, 30, 90 + 10)} for name, row in THREE.items()}
    rows = {name: row | {CHANGE.id: (20, 20, 60)} for name, row in rows.items()}

    assert frozenset() == protected(tabulate([COVERAGE, CHANGE], rows))


def test_a_service_too_small_is_hidden_whole_with_another() -> None:
    rows = THREE | {"taito": {"coverage": (1, 2, 3), CHANGE.id: (0, 1, 2)}}
    tabulation = tabulate([COVERAGE, CHANGE], rows)

    hidden = protected(tabulation)

    whole = {s for s in rows if all(c in hidden for c in tabulation.counts if c.service == s)}
    assert "taito" in whole
    assert 2 == len(whole)
    assert Cell(ALL, "coverage", TOTAL) not in hidden
    assert set() == pinned(tabulation, hidden, 10)


def test_of_two_services_the_one_with_fewer_figures_to_lose_goes_with_the_small_one() -> None:
    rows = {
        "akse": {"coverage": (40, 30, 100), CHANGE.id: (45, 47, 8)},  # no figure of its own
        "kiila": {"coverage": (40, 26, 90), CHANGE.id: (14, 16, 60)},
        "teak": {"coverage": (31, 29, 110), CHANGE.id: (15, 25, 70)},
        "taito": {"coverage": (1, 2, 4), CHANGE.id: (0, 1, 3)},
    }
    tabulation = tabulate([COVERAGE, CHANGE], rows)

    hidden = protected(tabulation)

    assert {Cell("kiila", CHANGE.id, "paired"), Cell("teak", CHANGE.id, "paired")} == (
        bearing(tabulation) - hidden - {Cell(ALL, CHANGE.id, "paired")}
    )


def test_a_single_service_stands_for_all() -> None:
    rows = {"akse": THREE["akse"] | {"coverage": (4, 30, 100)}}
    tabulation = tabulate([COVERAGE, CHANGE], rows)

    hidden = protected(tabulation)

    assert Cell(ALL, "coverage", "refused") in hidden
    assert set() == pinned(tabulation, hidden, 10)


def test_a_round_of_few_is_hidden_altogether() -> None:
    tabulation = tabulate([COVERAGE], {"akse": {"coverage": (1, 2, 3)}})

    assert frozenset(tabulation.counts) == protected(tabulation)


def test_figures_over_all_are_hidden_only_where_no_service_is_left_to_hide() -> None:
    """Nobody of the one service was lost, and its pairs are those over all."""
    rows = {"akse": {"coverage": (12, 12, 12), CHANGE.id: (0, 0, 12)}}
    tabulation = tabulate([COVERAGE, CHANGE], rows)

    hidden = protected(tabulation)

    assert Cell(ALL, CHANGE.id, "paired") in hidden
    assert Cell(ALL, "coverage", "consented") not in hidden
    assert set() == pinned(tabulation, hidden, 10)


def test_people_who_are_counted_once_over_all_give_nothing_away() -> None:
    again = {(CHANGE.id, "paired"): 3, (CHANGE.id, "no-end"): 1}
    rows = THREE | {"taito": {"coverage": (1, 2, 13), CHANGE.id: (3, 4, 6)}}
    tabulation = tabulate([COVERAGE, CHANGE], rows, again=again)

    assert set() == pinned(tabulation, protected(tabulation), 10)


def test_where_nothing_could_look_empty_the_release_stops() -> None:
    """One service, and yet somebody counted twice in it: the attacker knows that it is not 0."""
    tabulation = tabulate(
        [COVERAGE, CHANGE], {"akse": THREE["akse"]}, again={(CHANGE.id, "no-start"): 15}
    )

    with pytest.raises(AuditFailed, match="collapse classes"):
        protected(tabulation)


class TestTies:
    """Cells that are one count are hidden so that neither gives the other away."""

    def round(self) -> Tabulation:
        """Lose few at the start in both tables, and at the end in one or the other."""
        rows = {
            "akse": {"coverage": (40, 30, 100), CHANGE.id: (12, 3, 85), OTHER.id: (12, 28, 60)},
            "kiila": {"coverage": (40, 26, 90), CHANGE.id: (14, 16, 60), OTHER.id: (14, 16, 60)},
            "teak": {"coverage": (31, 29, 110), CHANGE.id: (15, 25, 70), OTHER.id: (15, 25, 70)},
        }
        tables = (CHANGE, OTHER)
        ties = tuple(tuple(Cell(s, table.id, "no-start") for table in tables) for s in rows)
        return tabulate([COVERAGE, *tables], rows, ties=ties)

    def test_a_count_hidden_in_one_table_is_hidden_in_the_other(self) -> None:
        tabulation = self.round()

        hidden = protected(tabulation)

        assert set() == pinned(tabulation, hidden, 10)
        assert all(len(hidden & set(tie)) in {0, 2} for tie in tabulation.ties)

    def test_who_overlooks_the_tie_gives_a_small_cell_away(self) -> None:
        """The negative control: each table is safe by itself, and both together are not."""
        tabulation = self.round()

        hidden = protected(replace(tabulation, ties=()))

        assert Cell("akse", CHANGE.id, "no-end") in pinned(tabulation, hidden, 10)


@pytest.mark.parametrize("vector", SDC["tables"], ids=lambda vector: vector["id"])
def test_no_cell_of_the_vectors_tables_is_recoverable(vector: dict[str, object]) -> None:
    """Tables of SSBtools: with their small cells alone most give some away, protected none."""
    classes, rows = vector["classes"], vector["counts"]
    assert isinstance(classes, list)
    assert isinstance(rows, dict)
    threshold = int(str(vector["smallest_safe"]))
    table = Table("t", None, tuple(classes), EPISODES)
    tabulation = tabulate([table], {row: {"t": numbers} for row, numbers in rows.items()})
    recoverable = {tuple(key.split("|")) for key in vector["recoverable"]}  # type: ignore[attr-defined]

    found = exact(tabulation, below(tabulation, threshold))

    assert recoverable == {(cell.service, cell.name) for cell in found}
    assert set() == pinned(tabulation, protected(tabulation, threshold), threshold)


def numbers(most: int) -> st.SearchStrategy[int]:
    return st.one_of(st.integers(0, 3), st.integers(0, most))


@st.composite
def rounds(draw: st.DrawFn) -> Tabulation:
    """Draw up to four services, some of them small, with a funnel, its losses, and overlaps."""
    rows: dict[str, dict[str, tuple[int, ...]]] = {}
    for service in ("akse", "kiila", "taito", "teak")[: draw(st.integers(1, 4))]:
        losses = (draw(numbers(30)), draw(numbers(40)), draw(numbers(60)))
        refused, not_asked = draw(numbers(30)), draw(numbers(30))
        rows[service] = {"coverage": (refused, not_asked, sum(losses)), CHANGE.id: losses}
    first = rows["akse"]["coverage"]  # a round that lost nobody, with overlaps, cannot be hidden
    rows["akse"]["coverage"] = (first[0] + 10, first[1] + 10, first[2])
    again = {}
    for index, name in enumerate(CHANGE.classes):
        held = sorted(row[CHANGE.id][index] for row in rows.values())
        again[CHANGE.id, name] = draw(st.integers(0, sum(held[:-1]) // 8))
    return tabulate([COVERAGE, CHANGE], rows, again=again)


@settings(max_examples=25, deadline=None)
@given(tabulation=rounds(), threshold=st.sampled_from([3, 10]))
def test_whatever_was_counted_no_hidden_cell_is_known_to_be_small(
    tabulation: Tabulation, threshold: int
) -> None:
    hidden = protected(tabulation, threshold)

    assert below(tabulation, threshold) <= hidden
    assert set() == pinned(tabulation, hidden, threshold)


@settings(max_examples=10, deadline=None)
@given(tabulation=rounds())
def test_the_same_round_is_hidden_in_the_same_way(tabulation: Tabulation) -> None:
    assert protected(tabulation) == protected(tabulation)
