"""The release: made in one place, of consented reports alone, in bytes that hide what is small."""

import copy
import json
import pickle
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import pytest

from akva.aggregation import audit, body, primary, programmes
from akva.aggregation.disclosure import Release, frame_of, release
from akva.aggregation.figures import figures, rounded
from akva.aggregation.programmes import Round
from akva.aggregation.tabulate import tabulate
from akva.aggregation.tabulation import ALL
from akva.classifications import services
from akva.errors import AuditFailed, NotAllowed
from akva.model.episodes import Occasion
from tests.attack.attacker import CERTAIN, recover
from tests.cohorts import cohort
from tests.register import Row, consented, covered, pair

PROGRAMME, ROUND = programmes.load("akva-services"), Round(2025)
PAIRS = [row for i in range(12) for row in pair(i + 1, 10 + i, 8 + i % 7)]
GOALS = [
    Row(episode=i + 1, instrument="gas", levels=(0, i % 3 - 1), occasion=Occasion.END)
    for i in range(12)
]
ENOUGH = {"not_asked": 12, "refused": 15}


@pytest.fixture(scope="module")
def made() -> Release:
    rows, coverage = cohort(1)
    return release(consented(rows), coverage, PROGRAMME, ROUND)


@pytest.fixture(scope="module")
def plain(made: Release) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(made.body)
    return found


class TestSeal:
    """Only `release` makes a Release."""

    def test_nobody_else_constructs_one(self) -> None:
        with pytest.raises(NotAllowed):
            Release(b"{}", "", {}, object())

    def test_it_does_not_travel(self, made: Release) -> None:
        for attempt in (copy.copy, copy.deepcopy, pickle.dumps):
            with pytest.raises(NotAllowed):
                attempt(made)

    def test_its_digest_is_that_of_its_bytes(self, made: Release) -> None:
        assert sha256(made.body).hexdigest() == made.digest

    def test_its_counts_are_those_of_its_cells(self, made: Release, plain: dict[str, Any]) -> None:
        assert len(plain["cells"]) == made.counts["cells"]
        assert made.counts["cells"] == sum(
            made.counts[word] for word in ("published", "suppressed", "not-collected")
        )

    def test_reports_admitted_for_another_purpose_are_not_counted(self) -> None:
        reports = consented(PAIRS, purpose="research-extract")

        with pytest.raises(NotAllowed):
            release(reports, covered(PAIRS), PROGRAMME, ROUND)


class TestBody:
    """What others read."""

    def test_it_says_what_it_is(self, plain: dict[str, Any]) -> None:
        expected = {"year": 2025, "ended_from": "2025-01-01", "ended_before": "2026-01-01"}
        assert expected == plain["round"]
        assert {"id": "akva-services", "version": 1} == {
            key: plain["programme"][key] for key in ("id", "version")
        }
        policy = {"threshold": 10, "complementary": "linear-programme", "audit": "passed"}
        assert policy == plain["policy"]
        assert "change-not-effect" == plain["note"]

    def test_every_cell_that_could_be_asked_for_has_a_status(self, plain: dict[str, Any]) -> None:
        names = [
            (row, table["id"], name)
            for row in (*plain["services"], ALL)
            for table in plain["tables"]
            for name in ([] if table["parent"] else ["total"]) + table["classes"]
        ]

        assert names == [(c["service"], c["table"], c["class"]) for c in plain["cells"]]

    def test_what_cannot_occur_is_not_collected_and_not_hidden(self, plain: dict[str, Any]) -> None:
        [cell] = [
            each
            for each in plain["cells"]
            if ("kiila", "akv-1/current", "end-not-required")
            == (each["service"], each["table"], each["class"])
        ]

        assert "not-collected" == cell["status"]

    def test_it_names_edition_definition_and_rule(self, plain: dict[str, Any]) -> None:
        assert "complete" == plain["definitions"]["bdi-21"]["rule"]
        assert plain["definitions"]["bdi-21"]["definition"].startswith("sha256:")
        assert [] == plain["definitions"]["bdi-21"]["others"]

    def test_it_says_which_way_is_better(self, plain: dict[str, Any]) -> None:
        better = {t["id"]: t.get("polarity") for t in plain["tables"]}

        assert ("lower", "higher", None) == tuple(
            better[name] for name in ("bdi-21/total", "akv-1/current", "coverage")
        )

    def test_its_bytes_are_canonical(self, made: Release, plain: dict[str, Any]) -> None:
        assert body.canonical(plain) == made.body

    def test_a_number_that_is_none_is_never_written(self) -> None:
        with pytest.raises(ValueError, match="JSON"):
            body.canonical({"value": float("nan")})


class TestFigures:
    """What rests on a cell, with its method and interval."""

    def found(self, rows: Sequence[Row]) -> dict[tuple[str, str], dict[str, Any]]:
        counted = tabulate(consented(rows), covered(rows, **ENOUGH), PROGRAMME, services.load())
        return {
            (each.cell.table, each.statistic): body.figure_of(each)
            for each in figures(counted, PROGRAMME)
            if each.cell.service == "kiila"
        }

    def test_a_change_is_the_end_less_the_start_with_its_interval(self) -> None:
        figure = self.found(PAIRS)["bdi-21/total", "mean_change"]

        mean = sum(8 + i % 7 - 10 - i for i in range(12)) / 12
        assert (round(mean, 1), 12, 0.95) == (figure["value"], figure["n"], figure["confidence"])
        assert figure["lower"] < figure["value"] < figure["upper"]
        assert "paired t" == figure["method"]

    def test_a_mean_has_no_interval_and_says_so(self) -> None:
        figure = self.found(PAIRS)["bdi-21/total", "mean_start"]

        assert 15.5 == figure["value"]
        assert (None, None, None) == (figure["lower"], figure["upper"], figure["confidence"])

    def test_a_share_of_goals_counts_goals_beside_people(self) -> None:
        figure = self.found(GOALS)["gas/t", "share_at_least_expected"]

        assert (round(20 / 24, 3), 12, 24) == (figure["value"], figure["n"], figure["goals"])

    def test_a_share_of_clients_counts_people_alone(self) -> None:
        figure = self.found(GOALS)["gas/t", "share_of_clients_all_at_least_expected"]

        assert (round(8 / 12, 3), 12) == (figure["value"], figure["n"])
        assert "goals" not in figure

    def test_without_pairs_there_is_no_figure_and_never_a_zero(self) -> None:
        assert {} == self.found([Row(instrument="akv-1", scale="future", value=4)])

    def test_a_single_pair_has_means_and_no_spread(self) -> None:
        found = {name for table, name in self.found(PAIRS[:2]) if table == "bdi-21/total"}

        assert {"mean_start", "mean_end", "mean_change"} == found

    @pytest.mark.parametrize(
        ("value", "expected"), [(-0.04, "0.0"), (0.25, "0.2"), (-3.449, "-3.4"), (12, "12.0")]
    )
    def test_rounded_figures_have_no_noise_and_no_negative_zero(
        self, value: float, expected: str
    ) -> None:
        assert expected == repr(rounded(value, 1))


class TestDefinitions:
    """Scores of another definition of the same edition are counted, and said to be."""

    def test_another_definition_is_named(self) -> None:
        reports = consented(PAIRS)
        object.__setattr__(reports.block.rows[0].content, "definition", "sha256:older")

        frame = frame_of(reports.block.rows, PROGRAMME, ROUND)

        assert ["sha256:older"] == frame.definitions["bdi-21"]["others"]


class TestAttack:
    """A stranger with the published bytes and a linear programme."""

    def test_he_recovers_nothing(self, plain: dict[str, Any]) -> None:
        assert [] == recover(plain)

    def test_with_the_small_cells_alone_hidden_he_recovers_some(self) -> None:
        """The negative control."""
        rows, coverage = cohort(1)
        reports = consented(rows)
        counted = tabulate(reports, coverage, PROGRAMME, services.load())
        small = primary.unsafe(counted, PROGRAMME.policy)
        frame = frame_of(reports.block.rows, PROGRAMME, ROUND)

        frozen = body.freeze(counted.tabulation, figures(counted, PROGRAMME), small, frame)

        assert [one for one in recover(json.loads(frozen)) if one.basis == CERTAIN]

    def test_the_audit_stops_a_release_of_the_small_cells_alone(self) -> None:
        rows, coverage = cohort(1)
        counted = tabulate(consented(rows), coverage, PROGRAMME, services.load())
        small = primary.unsafe(counted, PROGRAMME.policy)

        with pytest.raises(AuditFailed):
            audit.verify_release(counted.tabulation, small, threshold=10)
