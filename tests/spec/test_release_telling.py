"""The row of all services tells of no few people beside the services published."""

import pytest

from akva.aggregation import primary
from akva.aggregation.disclosure import hide
from akva.aggregation.programmes import Policy
from akva.aggregation.tabulate import Tabulated
from akva.aggregation.tabulation import Cell, Tabulation
from tests.attack.rounds import COVERAGE
from tests.attack.rounds import tabulate as fill
from tests.intervals import pinned
from tests.spec.test_suppression import CHANGE


class TestTelling:
    """Few people in several services are told by no difference between ALL and the services."""

    policy = Policy(threshold=10, least_in_share=3, least_spread=0.1, confidence=0.95)

    def round(self, twice: int, kiila: int = 60) -> Tabulation:
        rows = {
            "akse": {"coverage": (40, 30, 110), CHANGE.id: (20, 20, 70)},
            "kiila": {"coverage": (44, 26, 30 + kiila), CHANGE.id: (14, 16, kiila)},
            "teak": {"coverage": (31, 29, 110), CHANGE.id: (15, 25, 70)},
        }
        return fill([COVERAGE, CHANGE], rows, again={(CHANGE.id, "paired"): twice})

    def hidden(self, tabulation: Tabulation) -> frozenset[Cell]:
        return hide(Tabulated(tabulation, {}, tabulation.counts), self.policy)

    @pytest.mark.parametrize("twice", [0, 10, 25])
    def test_nobody_or_enough_people_in_two_services_hide_nothing(self, twice: int) -> None:
        assert frozenset() == self.hidden(self.round(twice))

    @pytest.mark.parametrize("twice", [1, 9])
    def test_few_people_in_two_services_are_hidden_among_others(self, twice: int) -> None:
        tabulation = self.round(twice)

        hidden = self.hidden(tabulation)

        assert Cell("kiila", CHANGE.id, "paired") in hidden
        assert frozenset() == primary.telling(tabulation, hidden, self.policy)
        assert set() == pinned(tabulation, hidden, 10)

    def test_few_people_outside_a_large_service_are_not_told_by_it(self) -> None:
        """All but eight of the people with pairs were in one service as well."""
        rows = {
            "akse": {"coverage": (40, 30, 110), CHANGE.id: (20, 20, 70)},
            "kiila": {"coverage": (44, 26, 50), CHANGE.id: (14, 16, 20)},
        }
        tabulation = fill([COVERAGE, CHANGE], rows, again={(CHANGE.id, "paired"): 12})

        found = primary.telling(tabulation, frozenset(), self.policy)

        assert {Cell("akse", CHANGE.id, "paired")} == found

    def test_hidden_services_do_not_look_like_a_few_people(self) -> None:
        """ALL less what is published would come to 4, if nobody were counted twice."""
        tabulation = self.round(26, kiila=30)
        hidden = frozenset({Cell("kiila", CHANGE.id, "paired")})

        found = primary.telling(tabulation, hidden, self.policy)

        assert {Cell("akse", CHANGE.id, "paired")} == found
