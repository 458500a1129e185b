"""Primary rules: which cells must not be published, before anybody subtracts anything.

The numbers are the programme's policy; nothing here can be switched off.
"""

from collections.abc import Collection, Sequence

from akva.aggregation.layout import bears_figures
from akva.aggregation.pairing import Outcome
from akva.aggregation.programmes import Policy
from akva.aggregation.statistics import change
from akva.aggregation.tabulate import Tabulated
from akva.aggregation.tabulation import ALL, Cell, Tabulation


def unsafe(tabulated: Tabulated, policy: Policy) -> frozenset[Cell]:
    """Give the cells of too few people (none included), and those whose figures tell too much."""
    people, counts = tabulated.people, tabulated.tabulation.counts
    few = {cell for cell in counts if min(people[cell], counts[cell]) < policy.threshold}
    telling = {
        cell for cell, of in tabulated.members.items() if bears_figures(cell) and tells(of, policy)
    }
    return frozenset(few | telling)


def tells(outcomes: Sequence[Outcome], policy: Policy) -> bool:
    """Tell whether a figure over these people would be a statement about each of them."""
    pairs = [outcome.pair for outcome in outcomes if outcome.pair]
    rated = [outcome for outcome in outcomes if outcome.levels]
    return is_uniform(pairs, policy) or is_one_sided(rated, policy)


def is_uniform(pairs: Sequence[tuple[float, float]], policy: Policy) -> bool:
    """Tell whether all gave nearly the same answer, or changed by the same amount."""
    found = change([start for start, _ in pairs], [end for _, end in pairs])
    return any(
        spread is not None and spread < policy.least_spread
        for spread in (found.sd_start, found.sd_end, found.sd_change)
    )


def is_one_sided(rated: Sequence[Outcome], policy: Policy) -> bool:
    """Tell whether nearly all, or hardly any, of the people reached all their goals."""
    reached = {o.course.subject_id for o in rated if min(o.levels) >= 0}
    missed = {o.course.subject_id for o in rated if min(o.levels) < 0}
    return bool(rated) and min(len(reached), len(missed)) < policy.least_in_share


def telling(tabulation: Tabulation, hidden: Collection[Cell], policy: Policy) -> frozenset[Cell]:
    """Give published cells of services that tell with ALL of a few people, and must be hidden too.

    ALL counts a subject of several services once. Where every service is published, their sum less
    ALL is the number of such subjects, and less one service it is that of the subjects outside
    it; the figures of both are then about these people alone. Where some services are hidden,
    ALL and the others must not lie so close either that it looks like a few people.
    """
    found: set[Cell] = set()
    for whole, n in tabulation.counts.items():
        if whole.service == ALL and whole not in hidden:
            parts = of_services(whole, tabulation)
            shown = [cell for cell in parts if cell not in hidden]
            found |= {c for c in shown if 0 < n - tabulation.counts[c] < policy.threshold}
            twice = sum(tabulation.counts[cell] for cell in parts) - n
            rest = abs(n - sum(tabulation.counts[cell] for cell in shown))
            few = 0 < twice < policy.threshold if shown == parts else rest < policy.threshold
            if shown and few:
                found.add(min(shown, key=lambda cell: tabulation.counts[cell]))
    return frozenset(found)


def of_services(whole: Cell, tabulation: Tabulation) -> list[Cell]:
    row = [Cell(service, whole.table, whole.name) for service in tabulation.services]
    return [cell for cell in row if cell in tabulation.counts]
