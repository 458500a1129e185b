"""The attacker bites: he recovers what primary suppression leaves open."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from akva.aggregation.audit import verify_release
from akva.aggregation.tabulation import ALL, PEOPLE, Cell, Table
from akva.errors import AuditFailed
from tests.attack import attacker
from tests.attack.attacker import CERTAIN, GUESSED, Recovered, Refuted, recover
from tests.attack.rounds import CHANGE, COVERAGE, below, body, cells, coverage, tabulate

LEAKING = coverage(akse=(3, 20, 30), kiila=(50, 21, 31))
SMALL = Cell("akse", "coverage", "refused")
PAIRED = Table("change", None, ("paired",), PEOPLE)


def write(path: Path, published: Mapping[str, Any]) -> Path:
    path.write_text(json.dumps(published), encoding="utf-8")
    return path


def test_a_small_cell_hidden_alone_is_recovered_and_refused() -> None:
    hidden = below(LEAKING, 10)

    found = recover(body(LEAKING, hidden))

    assert found == [Recovered("akse", "coverage", "refused", 3, 3, "counts", CERTAIN)]
    with pytest.raises(AuditFailed, match=r"^akse, coverage, refused "):
        verify_release(LEAKING, hidden, threshold=10)


def test_a_nested_table_gives_its_parent_away() -> None:
    rows = {
        "akse": {"coverage": (4, 12, 60), "bdi-21/total": (40, 20)},
        "kiila": {"coverage": (12, 8, 60), "bdi-21/total": (40, 20)},
    }
    hidden = cells("akse", "coverage", "refused", "consented") | cells(
        "kiila", "coverage", "refused", "consented"
    )

    found = recover(body(tabulate([COVERAGE, CHANGE], rows), hidden))

    assert {(one.service, one.name, one.low, one.high) for one in found} == {
        ("akse", "refused", 4, 4),
        ("akse", "consented", 60, 60),
        ("kiila", "refused", 12, 12),
        ("kiila", "consented", 60, 60),
    }


def test_all_less_the_services_gives_a_service_away() -> None:
    tabulation = coverage(akse=(1, 2, 3), kiila=(20, 14, 90), teak=(30, 16, 80))

    found = recover(body(tabulation, below(tabulation, 10)))

    assert {one.name: one.low for one in found} == {
        "refused": 1,
        "not-asked": 2,
        "consented": 3,
        "total": 6,
    }


def test_a_safe_body_yields_nothing() -> None:
    tabulation = coverage(akse=(4, 16, 90), kiila=(12, 8, 90), teak=(9, 11, 90))
    hidden = [
        c for c in tabulation.counts if c.service != ALL and c.name in {"refused", "not-asked"}
    ]

    assert recover(body(tabulation, hidden)) == []


def test_what_follows_only_if_nobody_was_seen_twice_is_a_guess() -> None:
    tabulation = tabulate([PAIRED], {"akse": {"change": (4,)}, "kiila": {"change": (40,)}})

    found = recover(body(tabulation, below(tabulation, 10)))

    assert {(one.low, one.high, one.basis) for one in found} == {(4, 4, GUESSED)}


@pytest.mark.parametrize("hidden", [("akse",), ("akse", "teak")])
def test_a_guess_that_the_counts_refute_is_dropped(hidden: tuple[str, ...]) -> None:
    """ALL counts 34, kiila alone 40."""
    rows = {"akse": {"change": (14,)}, "kiila": {"change": (40,)}, "teak": {"change": (0,)}}
    again = {("change", "paired"): 20, ("change", "total"): 20}
    tabulation = tabulate([PAIRED], rows, again=again)

    assert (
        recover(body(tabulation, [Cell(s, "change", c) for s in hidden for c in PAIRED.names]))
        == []
    )


def test_a_guess_refuted_in_one_place_leaves_the_others() -> None:
    table = Table("change", None, ("paired", "no-end"), PEOPLE)
    rows = {"akse": {"change": (14, 4)}, "kiila": {"change": (40, 20)}}
    tabulation = tabulate([table], rows, again={("change", "paired"): 20})
    hidden = cells("akse", "change", "paired", "no-end", "total")

    assert recover(body(tabulation, hidden)) == []


def test_a_range_within_the_small_counts_is_a_recovery() -> None:
    """Not asked in kiila are 7 less those in akse, where 0 to 6 of the 6 hidden are not asked."""
    tabulation = coverage(akse=(3, 3, 90), kiila=(33, 4, 90))
    hidden = [Cell(s, "coverage", name) for s in ("akse", "kiila") for name in COVERAGE.classes[:2]]

    found = recover(body(tabulation, hidden))

    assert found == [Recovered("kiila", "coverage", "not-asked", 1, 7, "counts", CERTAIN)]


def test_a_tie_carries_a_count_over() -> None:
    other = Table("bdi-21/other", CHANGE.parent, CHANGE.classes, PEOPLE)
    row = {"coverage": (20, 20, 60), CHANGE.id: (40, 20), other.id: (40, 20)}
    tie = (Cell("akse", CHANGE.id, "no-end"), Cell("akse", other.id, "no-end"))
    hidden = {c for s in ("akse", ALL) for c in cells(s, other.id, *other.classes)}

    untied = tabulate([COVERAGE, CHANGE, other], {"akse": row})
    tied = tabulate([COVERAGE, CHANGE, other], {"akse": row}, ties=(tie,))

    assert recover(body(untied, hidden)) == []
    assert {one.basis for one in recover(body(tied, hidden))} == {CERTAIN, GUESSED}


def test_a_body_that_contradicts_itself_is_not_called_safe() -> None:
    published = body(LEAKING, frozenset())
    published["cells"][0]["n"] += 1

    with pytest.raises(Refuted):
        recover(published)


def test_hidden_cells_that_no_counts_fit_are_not_called_safe() -> None:
    tabulation = coverage(akse=(20, 20, 30), kiila=(50, 21, 31))
    hidden = cells("akse", "coverage", "refused", "not-asked") | cells(ALL, "coverage", "total")
    published = body(tabulation, hidden)
    published["cells"][0]["n"] = 29

    with pytest.raises(Refuted):
        recover(published)


@pytest.mark.parametrize(
    ("hidden", "status", "printed"),
    [
        (below(LEAKING, 10), 1, "certain: akse, coverage, refused is 3 (counts)\nrecovered: 1\n"),
        (frozenset(LEAKING.counts), 0, "recovered: 0\n"),
    ],
)
def test_the_exit_status_says_whether_anything_was_recovered(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    hidden: frozenset[Cell],
    *,
    status: int,
    printed: str,
) -> None:
    release = write(tmp_path / "release.json", body(LEAKING, hidden))

    assert status == attacker.main([str(release)])
    assert printed == capsys.readouterr().out


@pytest.mark.parametrize("content", ["{}", "no release", None])
def test_what_is_no_release_is_not_called_safe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None
) -> None:
    release = tmp_path / "release.json"
    if content is not None:
        release.write_text(content, encoding="utf-8")

    assert attacker.main([str(release)]) == 2
    assert capsys.readouterr().err.startswith("usage: attacker.py release.json")


def test_it_runs_alone_as_a_program(tmp_path: Path) -> None:
    release = write(tmp_path / "release.json", body(LEAKING, below(LEAKING, 10)))

    answer = subprocess.run(
        [sys.executable, "-I", attacker.__file__, release], capture_output=True, check=False
    )

    assert answer.returncode == 1
