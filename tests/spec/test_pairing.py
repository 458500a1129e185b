"""Where a course ends in the funnel: one start and one end make a pair, or the loss has a name."""

from datetime import date

import pytest

from akva.aggregation import pairing, programmes
from akva.aggregation.pairing import Outcome
from akva.errors import Conflict
from akva.model.assessments import Mode
from akva.model.episodes import Occasion
from tests.register import ENDED, Row

END = Occasion.END
SCALES = {scale.table: scale for scale in programmes.load("akva-services").scales}


def outcome(*rows: Row, table: str = "bdi-21/total", end_required: bool = True) -> Outcome:
    [course] = pairing.courses([row.report() for row in rows])
    return pairing.outcome(course, SCALES[table], end_required=end_required)


def test_a_start_and_an_end_of_one_kind_are_a_pair() -> None:
    found = outcome(Row(value=20), Row(value=12, occasion=END))

    assert ("paired", (20, 12)) == (found.name, found.pair)


def test_a_pair_carries_the_band_of_its_start_and_of_its_end() -> None:
    found = outcome(Row(value=20), Row(value=9, occasion=END))

    assert ("moderate", "minimal") == found.bands


def test_an_instrument_that_was_never_reported_is_not_reported() -> None:
    found = outcome(Row(instrument="akv-1", scale="current", value=5))

    assert "not-reported" == found.name


def test_an_end_without_a_start_has_no_start() -> None:
    assert "no-start" == outcome(Row(occasion=END)).name


def test_a_start_without_an_end_has_no_end() -> None:
    assert "no-end" == outcome(Row()).name


def test_where_an_end_is_only_allowed_its_absence_is_not_called_missing() -> None:
    assert "end-not-required" == outcome(Row(), end_required=False).name


def test_a_follow_up_is_no_end() -> None:
    assert "no-end" == outcome(Row(), Row(occasion=Occasion.FOLLOW_UP, on=ENDED)).name


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2025, 1, 15), date(2025, 4, 14), "not-due"),
        (date(2025, 1, 15), date(2025, 4, 15), "paired"),
        (date(2024, 11, 30), date(2025, 2, 27), "not-due"),
        (date(2024, 11, 30), date(2025, 2, 28), "paired"),  # February has no 30th
        (date(2025, 1, 15), date(2025, 1, 15), "not-due"),
    ],
)
def test_an_end_is_due_three_calendar_months_after_the_start(
    start: date, end: date, expected: str
) -> None:
    assert expected == outcome(Row(on=start), Row(on=end, occasion=END)).name


def test_an_end_that_the_provider_calls_not_due_is_not_due() -> None:
    assert "not-due" == outcome(Row(), Row(occasion=END, not_scored="not-due")).name


@pytest.mark.parametrize("lost", [{"value": None}, {"not_scored": "declined"}])
@pytest.mark.parametrize("occasion", [Occasion.START, END])
def test_a_side_without_a_score_is_not_scored_and_never_zero(
    occasion: Occasion, lost: dict[str, object]
) -> None:
    other = Row(occasion=END if occasion == Occasion.START else Occasion.START)
    found = outcome(other, Row(occasion=occasion, **lost))  # type: ignore[arg-type]

    assert ("not-scored", None) == (found.name, found.pair)


def test_a_scale_that_the_report_lacks_is_not_scored() -> None:
    rows = [
        Row(instrument="whoqol-bref", scale="physical", occasion=o) for o in (Occasion.START, END)
    ]

    assert "not-scored" == outcome(*rows, table="whoqol-bref/social").name


@pytest.mark.parametrize(
    "other",
    [
        {"edition": "another"},
        {"rule": "prorated"},
        {"mode": Mode.PROXY},
        {"mode": Mode.INTERPRETER},
        {"elsewhere": True},
    ],
)
def test_sides_made_differently_never_pair(other: dict[str, object]) -> None:
    found = outcome(Row(), Row(occasion=END, **other))  # type: ignore[arg-type]

    assert ("unmatched", None) == (found.name, found.pair)


def test_every_way_of_assisting_is_one_mode_family() -> None:
    ways = (Mode.ASSISTED, Mode.INTERVIEW, Mode.INTERPRETER, Mode.SIGN_LANGUAGE)
    found = {
        outcome(Row(mode=one), Row(mode=other, occasion=END)).name for one in ways for other in ways
    }

    assert {"paired"} == found


def test_scores_from_elsewhere_pair_with_their_like() -> None:
    assert "paired" == outcome(Row(elsewhere=True), Row(elsewhere=True, occasion=END)).name


@pytest.mark.parametrize("other", [{"rule": "prorated"}, {"edition": "another"}])
def test_both_sides_must_be_made_as_the_programme_declares(other: dict[str, str]) -> None:
    rows = Row(**other), Row(occasion=END, **other)  # type: ignore[arg-type]

    assert "unmatched" == outcome(*rows).name


def test_a_band_that_the_programme_does_not_declare_stops_the_release() -> None:
    rows = [Row(value=None), Row(occasion=END)]
    reports = [row.report() for row in rows]
    object.__setattr__(reports[0].content.scales["total"], "value", 14.0)
    [course] = pairing.courses(reports)

    with pytest.raises(Conflict):
        pairing.outcome(course, SCALES["bdi-21/total"], end_required=True)


class TestGoals:
    """Goals are read at the end alone."""

    def outcome(self, *rows: Row, end_required: bool = True) -> Outcome:
        return outcome(*rows, table="gas/t", end_required=end_required)

    def test_the_levels_of_all_goals_are_rated(self) -> None:
        found = self.outcome(Row(instrument="gas", levels=(-1, 2), occasion=END))

        assert ("rated", (-1, 2)) == (found.name, found.levels)

    def test_one_goal_without_a_level_leaves_the_client_unrated(self) -> None:
        found = self.outcome(Row(instrument="gas", levels=(-1, None), occasion=END))

        assert ("not-scored", ()) == (found.name, found.levels)

    def test_a_report_without_goals_is_not_scored(self) -> None:
        row = Row(instrument="gas", not_scored="could-not", occasion=END)

        assert "not-scored" == self.outcome(row).name

    def test_a_start_alone_has_no_end(self) -> None:
        start = Row(instrument="gas", levels=(-1,))

        assert "no-end" == self.outcome(start).name
        assert "end-not-required" == self.outcome(start, end_required=False).name


class TestContradictions:
    """What cannot be true of a register stops the release."""

    def test_two_reports_of_one_occasion(self) -> None:
        with pytest.raises(Conflict):
            outcome(Row(), Row(value=15))

    def test_two_subjects_of_one_episode(self) -> None:
        with pytest.raises(Conflict):
            outcome(Row(), Row(subject=2, occasion=END))

    def test_two_services_of_one_episode(self) -> None:
        with pytest.raises(Conflict):
            outcome(Row(), Row(service="teak", occasion=END))
