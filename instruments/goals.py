"""Goal attainment scaling: goals instead of items, and Kiresuk and Sherman's T.

T = 50 + 10 * sum(w x) / sqrt((1 - rho) * sum(w^2) + rho * (sum w)^2)
Kiresuk and Sherman 1968; the square of the sum as in the erratum to Turner-Stokes 2009.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Self

import numpy as np
from numpy.typing import NDArray

from instruments.definition import Goals
from instruments.errors import InvalidMatrix, InvalidResponse, UnknownRule, ValueOutOfRange
from instruments.goal import LEVELS, Goal, read
from instruments.instrument import CODINGS, Instrument, attempt
from instruments.scored import GOAL_NOT_RATED, NO_GOALS, REASONS, Floats, Score, Scored, Scores

MEAN, SPREAD = 50, 10  # of T, by its construction


@dataclass(frozen=True, slots=True)
class GoalScaling(Instrument):
    """An instrument of goals. One goal without a level leaves every value None."""

    goals: Goals

    def score(
        self, *matrices: NDArray[np.generic], rule: str | None = None, coding: str = "raw"
    ) -> Scores:
        """Score (N, goals) weights and levels, padded with NaN where there is no goal.

        A weight without a level is a goal that was not rated. Raises ValueOutOfRange for a level
        without a weight, one that is no level, a weight not above 0, and too many goals.
        """
        self._rule(rule, coding)
        weights, levels = paired(matrices)
        wrong = np.flatnonzero(misfits(weights, levels, self.goals)).tolist()
        if wrong:
            raise ValueOutOfRange(wrong)
        return self._scores(weights, levels)

    def score_one(
        self,
        response: object,
        *,
        rule: str | None = None,
        coding: str = "raw",
        level: str = "attained",
    ) -> Scored:
        name = self._rule(rule, coding)
        if level not in LEVELS:
            raise UnknownRule(f"The level of a goal is {' or '.join(LEVELS)}")
        return self._scored([read(response, kind=self.goals, level=level)], name)[0]

    def score_all(
        self, responses: Iterable[object], *, rule: str | None = None, coding: str = "raw"
    ) -> list[Scored | InvalidResponse]:
        name = self._rule(rule, coding)
        attained = partial(read, kind=self.goals, level=LEVELS[0])
        taken = [attempt(attained, response) for response in responses]
        scored = iter(self._scored([it for it in taken if isinstance(it, list)], name))
        return [next(scored) if isinstance(it, list) else it for it in taken]

    def _rule(self, rule: str | None, coding: str) -> str:
        if coding not in CODINGS:
            raise UnknownRule(f"A coding is {' or '.join(CODINGS)}")
        return self.rule(rule).id

    def _scores(self, weights: Floats, levels: Floats) -> Scores:
        there, rated = ~np.isnan(weights), ~np.isnan(levels)
        count, answered = there.sum(axis=1), rated.sum(axis=1)
        reason = np.select([count == 0, answered < count], [NO_GOALS, GOAL_NOT_RATED], 0)
        sums = Sums.of(weights, levels)
        with np.errstate(invalid="ignore"):
            made = {
                "gas-t": sums.t(sums.product, self.goals.rho),
                "share-at-least-expected": (levels >= 0).sum(axis=1) / count,
                "weighted-mean": sums.product / sums.weight,
            }
        scales = self.contents.scales
        return Scores(
            value={one.id: np.where(reason == 0, made[one.method], np.nan) for one in scales},
            answered={one.id: answered.astype(np.uint8) for one in scales},
            reason={one.id: reason.astype(np.uint8) for one in scales},
        )

    def _scored(self, responses: Sequence[Sequence[Goal]], rule: str) -> list[Scored]:
        """Score goals that were read, as rows of one matrix."""
        shape = (len(responses), max(map(len, responses), default=0))
        weights, levels = np.full(shape, np.nan), np.full(shape, np.nan)
        for row, goals in enumerate(responses):
            weights[row, : len(goals)] = [goal.weight for goal in goals]
            levels[row, : len(goals)] = [goal.level for goal in goals]
        scores, sums = self._scores(weights, levels), Sums.of(weights, levels)
        ends = [
            sums.t(sums.weight * level, self.goals.rho).tolist()
            for level in (self.goals.levels[0], self.goals.levels[-1])
        ]
        return [
            self._row(scores, row, rule, (len(goals), lowest, highest))
            for row, (goals, lowest, highest) in enumerate(zip(responses, *ends, strict=True))
        ]

    def _row(self, scores: Scores, row: int, rule: str, extras: tuple[int, float, float]) -> Scored:
        made = {}
        for scale in self.contents.scales:
            reason = REASONS[scores.reason[scale.id][row]]
            value = None if reason else float(scores.value[scale.id][row])
            answered = int(scores.answered[scale.id][row])
            made[scale.id] = Score(value, answered, extras[0], rule, reason)
        return Scored(
            instrument=self.contents.id,
            edition=self.contents.edition,
            definition=self.definition,
            scores=made,
            extras=dict(zip(("goals", "t_lowest", "t_highest"), extras, strict=True)),
        )


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over the goals of each row, its weights divided by the heaviest: T does not notice."""

    weight: Floats
    square: Floats
    product: Floats

    @classmethod
    def of(cls, weights: Floats, levels: Floats) -> Self:
        weight = square = product = np.zeros(len(weights))
        heaviest = np.nanmax(weights, axis=1, initial=0, keepdims=True)
        shares = np.nan_to_num(weights / np.where(heaviest > 0, heaviest, 1))
        # One goal after the other, so that a row's last bit does not depend on its neighbours.
        for w, x in zip(shares.T, np.nan_to_num(levels).T, strict=True):
            weight, square, product = weight + w, square + w * w, product + w * x
        return cls(weight, square, product)

    def t(self, product: Floats, rho: float) -> Floats:
        spread = (1 - rho) * self.square + rho * self.weight * self.weight
        return MEAN + SPREAD * product / np.sqrt(spread)


def paired(matrices: Sequence[NDArray[np.generic]]) -> tuple[Floats, Floats]:
    """Take the two matrices as floats; raises InvalidMatrix."""
    shapes = {matrix.shape for matrix in matrices}
    kinds = {matrix.dtype.kind for matrix in matrices}
    if len(matrices) != 2 or len(shapes) != 1 or len(shapes.pop()) != 2 or not kinds <= set("fiu"):  # noqa: PLR2004
        raise InvalidMatrix("Goals take two matrices of numbers, weights and levels, of one shape")
    weights, levels = (matrix.astype(np.float64) for matrix in matrices)
    return weights, levels


def misfits(weights: Floats, levels: Floats, goals: Goals) -> NDArray[np.bool_]:
    """Find the rows with a weight or a level that cannot be."""
    there, rated = ~np.isnan(weights), ~np.isnan(levels)
    wrong = there & ~((weights > 0) & np.isfinite(weights))
    wrong |= rated & ~(np.isin(levels, goals.levels) & there)
    misfit: NDArray[np.bool_] = wrong.any(axis=1) | (there.sum(axis=1) > goals.most)
    return misfit
