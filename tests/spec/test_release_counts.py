"""What a round counts: every episode once in each table, each loss under its own name."""

from dataclasses import replace
from datetime import date

import pytest

from akva.aggregation import programmes
from akva.aggregation.tabulate import Tabulated, tabulate
from akva.aggregation.tabulation import ALL, Cell
from akva.classifications import services
from akva.errors import Conflict
from akva.model.coverage import Coverage
from tests.register import Row, consented, covered, pair

BDI, GAS = "bdi-21/total", "gas/t"


def counted(rows: list[Row], coverage: list[Coverage] | None = None) -> Tabulated:
    programme = programmes.load("akva-services")
    return tabulate(
        consented(rows), covered(rows) if coverage is None else coverage, programme, services.load()
    )


def row_of(found: Tabulated, service: str, table: str) -> dict[str, int]:
    """Give what is not 0 of one table in one row."""
    counts = found.tabulation.counts
    return {c.name: n for c, n in counts.items() if (c.service, c.table) == (service, table) and n}


def test_the_coverage_names_every_loss_before_consent() -> None:
    states = ("not_asked", "asked", "refused", "unwritten", "unverified", "withdrawn", "granted")
    coverage = [Coverage(service="kiila", state=s, episodes=n) for n, s in enumerate(states, 1)]

    found = row_of(counted([], coverage), "kiila", "coverage")

    expected = {"total": 28, "not-asked": 1, "asked": 2, "refused": 3, "unverified": 4 + 5}
    assert {**expected, "withdrawn": 6, "consented": 7} == found


def test_a_consented_episode_without_any_report_is_not_reported() -> None:
    coverage = [Coverage(service="kiila", state="granted", episodes=3)]

    found = counted([*pair(1, 20, 10)], coverage)

    assert {"not-reported": 2, "paired": 1} == row_of(found, "kiila", BDI)
    assert {"not-reported": 3} == row_of(found, "kiila", GAS)


def test_a_measurement_is_missing_only_where_it_was_required() -> None:
    found = counted([Row(episode=1, service="akse"), Row(episode=2, service="kiila")])

    assert {"end-not-required": 1} == row_of(found, "akse", BDI)
    assert {"no-end": 1} == row_of(found, "kiila", BDI)
    assert Cell("akse", BDI, "no-end") not in found.tabulation.counts
    assert Cell("kiila", BDI, "end-not-required") not in found.tabulation.counts


def test_what_a_service_may_not_measure_is_absent_and_not_zero() -> None:
    row, offered = Row(), dict(services.load())
    spared = services.Service(
        code="kiila",
        names={},
        group="",
        organiser="",
        measures={"gas": {"end": "obligatory"}, "bdi-21": {"start": "obligatory"}},
        decided_from=next(iter(offered.values())).decided_from,
    )
    programme = programmes.load("akva-services")

    found = tabulate(consented([row]), covered([row]), programme, {"kiila": spared})

    held = {cell.table for cell in found.tabulation.counts}
    assert {"coverage", GAS} == held
    assert ("kiila", BDI) in found.tabulation.absent
    assert ("kiila", "bdi-21/start-band") in found.tabulation.absent
    assert ("kiila", GAS) not in found.tabulation.absent


def one_person(*rows: Row) -> list[Row]:
    return [replace(row, subject=7) for row in rows]


def test_a_subject_of_two_services_is_one_person_over_all() -> None:
    found = counted(one_person(*pair(1, 20, 10), *pair(2, 30, 29, service="teak")))

    assert 1 == found.tabulation.counts[Cell("kiila", BDI, "paired")]
    assert 1 == found.tabulation.counts[Cell("teak", BDI, "paired")]
    assert 1 == found.tabulation.counts[Cell(ALL, BDI, "paired")]
    assert 2 == found.tabulation.counts[Cell(ALL, "coverage", "consented")]


def test_over_all_a_subject_stands_with_the_service_of_its_latest_episode() -> None:
    later = [replace(row, on=date(2025, 12, 1)) for row in pair(2, 30, 29, service="teak")[1:]]
    start = pair(2, 30, 29, service="teak")[0]

    found = counted(one_person(*pair(1, 20, 10), start, *later))

    [counted_once] = found.members[Cell(ALL, BDI, "paired")]
    assert (30, 29) == counted_once.pair


def test_bands_over_all_add_up_to_the_pairs_over_all() -> None:
    found = counted(one_person(*pair(1, 20, 10), *pair(2, 30, 29, service="teak")))

    assert {"paired": 1} == row_of(found, ALL, BDI)
    assert 1 == sum(row_of(found, ALL, "bdi-21/start-band").values())


def test_a_subject_of_two_episodes_of_one_service_is_one_person_for_the_threshold() -> None:
    found = counted(one_person(*pair(1, 20, 10), *pair(2, 30, 29)))

    paired = Cell("kiila", BDI, "paired")
    assert (2, 1) == (found.tabulation.counts[paired], found.people[paired])
    consenting = Cell("kiila", "coverage", "consented")
    assert (2, 1) == (found.tabulation.counts[consenting], found.people[consenting])


def test_what_an_instrument_loses_whole_is_one_count_in_all_its_scales() -> None:
    row = Row(instrument="whoqol-bref", scale="physical", value=50)

    found = counted([row]).tabulation

    ties = [{cell.table for cell in tie} for tie in found.ties]
    assert all(6 == len(tables) for tables in ties)
    names = {tie[0].name for tie in found.ties}
    assert {"not-reported", "no-start", "no-end", "not-due"} == names
    assert all(1 == len({found.counts[cell] for cell in tie}) for tie in found.ties)


@pytest.mark.parametrize(
    "coverage",
    [
        pytest.param([], id="nobody"),
        pytest.param([Coverage(service="kiila", state="granted", episodes=0)], id="none ended"),
        pytest.param([Coverage(service="laku", state="granted", episodes=5)], id="no such service"),
        pytest.param([Coverage(service="kiila", state="lost", episodes=5)], id="no such state"),
        pytest.param(
            [Coverage(service="kiila", state="granted", episodes=-1)], id="fewer than none"
        ),
        pytest.param([Coverage(service="kiila", state="refused", episodes=9)], id="none consented"),
        pytest.param([Coverage(service="teak", state="granted", episodes=9)], id="other service"),
    ],
)
def test_coverage_that_contradicts_the_reports_stops_the_release(coverage: list[Coverage]) -> None:
    with pytest.raises(Conflict):
        counted([Row()], coverage)
