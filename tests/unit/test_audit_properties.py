"""Whatever the counts: the attacker recovers nothing that the audit passes."""

from hypothesis import event, given, settings
from hypothesis import strategies as st

from akva.aggregation.audit import verify_release
from akva.aggregation.tabulation import PEOPLE, Cell, Table, Tabulation
from akva.errors import AuditFailed
from tests.attack.attacker import CERTAIN, intervals, read, recover
from tests.attack.rounds import COVERAGE, Rows, below, body, coverage, tabulate

THRESHOLD = 5
GOALS = Table("gas", ("coverage", "consented"), ("paired", "no-start", "no-end"), PEOPLE)
MOOD = Table("bdi-21/total", ("coverage", "consented"), ("paired", "unpaired"), PEOPLE)
TABLES = (COVERAGE, GOALS, MOOD)

small = st.integers(0, 14)


@st.composite
def tabulations(draw: st.DrawFn, *, again: bool = True) -> Tabulation:
    """Two to five services, some without a mood measure, some subjects seen by several."""
    rows: dict[str, dict[str, tuple[int, ...]]] = {}
    for service in ("akse", "kiila", "kuntoutus", "teak", "tules")[: draw(st.integers(2, 5))]:
        goals = draw(st.tuples(small, small, small))
        consented = sum(goals)
        paired = draw(st.integers(0, consented))
        rows[service] = {"coverage": (draw(small), draw(small), consented), "gas": goals}
        if draw(st.booleans()):
            rows[service]["bdi-21/total"] = (paired, consented - paired)
    typed: Rows = {**rows}
    plain = tabulate(TABLES, typed)
    if not again:
        return plain
    seen = {
        (cell.table, cell.name): draw(st.integers(0, min(n, 3)))
        for cell, n in sorted(plain.counts.items())
        if cell.service == "all" and cell.table != "coverage"
    }
    return tabulate(TABLES, typed, again=seen)


def passes(tabulation: Tabulation, hidden: frozenset[Cell]) -> bool:
    try:
        verify_release(tabulation, hidden, threshold=THRESHOLD)
    except AuditFailed:
        return False
    return True


@st.composite
def barely_safe(draw: st.DrawFn, *, again: bool) -> tuple[Tabulation, frozenset[Cell]]:
    """Draw a release that passes, but would not with one more of its cells published."""
    tabulation = draw(tabulations(again=again))
    hidden = frozenset(tabulation.counts)
    large = sorted(hidden - below(tabulation, THRESHOLD))
    for cell in draw(st.permutations(large)):
        if passes(tabulation, hidden - {cell}):
            hidden -= {cell}
    event(f"{len(large) - len(hidden & set(large))} published")
    return tabulation, hidden


@settings(max_examples=12, deadline=None)
@given(barely_safe(again=True))
def test_what_barely_passes_is_safe_from_the_attacker(
    release: tuple[Tabulation, frozenset[Cell]],
) -> None:
    found = recover(body(*release, threshold=THRESHOLD))

    assert [] == [one for one in found if one.basis == CERTAIN]


@settings(max_examples=12, deadline=None)
@given(barely_safe(again=False))
def test_what_barely_passes_is_safe_from_guessing_that_nobody_was_seen_twice(
    release: tuple[Tabulation, frozenset[Cell]],
) -> None:
    assert [] == recover(body(*release, threshold=THRESHOLD))


@settings(max_examples=40, deadline=None)
@given(tabulations(), st.data())
def test_whatever_the_attacker_is_certain_of_is_refused(
    tabulation: Tabulation, data: st.DataObject
) -> None:
    large = sorted(set(tabulation.counts) - below(tabulation, THRESHOLD))
    more = data.draw(st.sets(st.sampled_from(large))) if large else set()
    hidden = below(tabulation, THRESHOLD) | more

    found = recover(body(tabulation, hidden, threshold=THRESHOLD))

    certain = any(one.basis == CERTAIN for one in found)
    assert not (certain and passes(tabulation, hidden))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(small, small, small), min_size=2, max_size=4), st.data())
def test_audit_and_attacker_agree_on_a_table_in_episodes(
    rows: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    """In one table with all its sums, ranges end in whole numbers: two methods, one verdict."""
    tabulation = coverage(**{f"service-{index}": row for index, row in enumerate(rows)})
    large = sorted(set(tabulation.counts) - below(tabulation, THRESHOLD))
    shown = data.draw(st.sets(st.sampled_from(large), max_size=6)) if large else set()
    hidden = frozenset(tabulation.counts) - shown

    release = read(body(tabulation, hidden, threshold=THRESHOLD))
    reach = intervals(release.certain, release.shown)

    untold = all(least < 1e-6 and most > THRESHOLD - 1e-6 for least, most in reach.values())
    event(f"passes: {untold}")
    assert untold == passes(tabulation, hidden)


@settings(max_examples=40, deadline=None)
@given(tabulations(), st.data())
def test_the_attacker_is_certain_of_nothing_untrue(
    tabulation: Tabulation, data: st.DataObject
) -> None:
    hidden = data.draw(st.sets(st.sampled_from(sorted(tabulation.counts))))

    found = recover(body(tabulation, hidden, threshold=THRESHOLD))

    counts = {
        one: tabulation.counts[Cell(one.service, one.table, one.name)]
        for one in found
        if one.basis == CERTAIN
    }
    assert [] == [one for one, n in counts.items() if not one.low <= n <= one.high]
