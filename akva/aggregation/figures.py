"""Figures: the declared statistics of each cell that figures rest on, with method and interval."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from akva.aggregation.layout import BEARING
from akva.aggregation.pairing import Outcome
from akva.aggregation.programmes import ATTAINMENT, Programme
from akva.aggregation.statistics import change, wilson
from akva.aggregation.tabulate import Tabulated
from akva.aggregation.tabulation import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One statistic of one cell, rounded as the programme says.

    Signs are end minus start, in points of the scale. `n` counts the episodes; `goals`, in a share
    of goals, the goals.
    """

    cell: Cell
    statistic: str
    value: float
    method: str
    n: int
    lower: float | None = None
    upper: float | None = None
    confidence: float | None = None
    goals: int | None = None


def figures(tabulated: Tabulated, programme: Programme) -> tuple[Figure, ...]:
    """Compute every figure that has a value, in the order of the programme's scales and rows."""
    tabulation = tabulated.tabulation
    return tuple(
        figure
        for scale in programme.scales
        for cell in tabulation.counts
        if cell.table == scale.table and cell.name == BEARING[scale.indicator]
        for figure in (of_goals if scale.indicator == ATTAINMENT else of_pairs)(
            cell, tabulated.members[cell], programme
        )
    )


def of_pairs(cell: Cell, outcomes: Sequence[Outcome], programme: Programme) -> Iterator[Figure]:
    pairs = [outcome.pair for outcome in outcomes if outcome.pair]
    confidence, decimals = programme.policy.confidence, programme.decimals
    found = change([s for s, _ in pairs], [e for _, e in pairs], confidence=confidence)
    for statistic, method, places in (
        ("mean_start", "mean", decimals.mean),
        ("sd_start", "n - 1", decimals.sd),
        ("mean_end", "mean", decimals.mean),
        ("sd_end", "n - 1", decimals.sd),
        ("mean_change", "paired t", decimals.mean),
        ("srm", "noncentral t", decimals.srm),
    ):
        value = getattr(found, statistic)
        lower = getattr(found, f"{statistic}_lower", None)
        upper = getattr(found, f"{statistic}_upper", None)
        if value is not None:
            yield Figure(
                cell=cell,
                statistic=statistic,
                value=rounded(value, places),
                method=method,
                n=found.n,
                lower=None if lower is None else rounded(lower, places),
                upper=None if upper is None else rounded(upper, places),
                confidence=None if lower is None else confidence,
            )


def of_goals(cell: Cell, outcomes: Sequence[Outcome], programme: Programme) -> Iterator[Figure]:
    """Give the share of goals, and of clients with all their goals, at the expected level or above.

    The goals of one client are not independent, so the interval of their share is too narrow, and
    its method says what it assumes.
    """
    goals = [level >= 0 for outcome in outcomes for level in outcome.levels]
    clients = [min(outcome.levels) >= 0 for outcome in outcomes]
    for statistic, hits, method in (
        ("share_at_least_expected", goals, "Wilson, goals as if independent"),
        ("share_of_clients_all_at_least_expected", clients, "Wilson"),
    ):
        if hits:
            confidence, places = programme.policy.confidence, programme.decimals.share
            lower, upper = wilson(sum(hits), len(hits), confidence=confidence)
            yield Figure(
                cell=cell,
                statistic=statistic,
                value=rounded(sum(hits) / len(hits), places),
                method=method,
                n=len(clients),
                lower=rounded(lower, places),
                upper=rounded(upper, places),
                confidence=confidence,
                goals=len(goals) if hits is goals else None,
            )


def rounded(value: float, places: int) -> float:
    """Round the exact value half to even; a rounded nothing has no sign."""
    return round(value, places) + 0.0
