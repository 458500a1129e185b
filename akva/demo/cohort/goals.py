"""GAS goals: how many, how heavy, where they begin and what is attained."""

from dataclasses import replace
from itertools import accumulate
from statistics import NormalDist

import numpy as np

from akva.demo.cohort.calibration import ATTAINED
from akva.demo.cohort.courses import Goal
from akva.demo.cohort.draws import pick

# All assumed: most clients set one to three goals, most goals weigh the same.
COUNTS = {"1": 0.2, "2": 0.35, "3": 0.35, "4": 0.1}
WEIGHTED = 0.15
WEIGHTS = {"1": 1, "2": 2, "3": 2, "4": 2, "6": 2, "9": 1}  # importance times difficulty
BASELINES = {"-1": 0.55, "-2": 0.45}
ICF = {"d850": 5, "d845": 3, "d240": 4, "d230": 4, "b152": 3, "b130": 3, "b134": 2, "d920": 2}

# Shares of the latent variance: a client's improvement, a client's way of setting goals.
IMPROVEMENT, PERSON = 0.12, 0.25
LOWEST = min(ATTAINED)
CUTS = [NormalDist().inv_cdf(share) for share in list(accumulate(ATTAINED.values()))[:-1]]


def draw_set(rng: np.random.Generator, number: int) -> tuple[Goal, ...]:
    """Draw the goals set at the start; each text is a canary."""
    weighted = rng.uniform() < WEIGHTED
    return tuple(
        Goal(
            id=f"g{position}",
            text=f"KANARIA-TAVOITE-{number:06d}-{position}",
            weight=int(pick(rng, WEIGHTS)) if weighted else 1,
            baseline=int(pick(rng, BASELINES)),
            attained=None,
            icf=(pick(rng, ICF),),
        )
        for position in range(1, int(pick(rng, COUNTS)) + 1)
    )


def rated(
    rng: np.random.Generator, goals: tuple[Goal, ...], *, improvement: float
) -> tuple[Goal, ...]:
    """Rate the same goals at the end; `improvement` is in standard deviations."""
    shared = np.sqrt(IMPROVEMENT) * improvement + np.sqrt(PERSON) * rng.standard_normal()
    own = np.sqrt(1 - IMPROVEMENT - PERSON) * rng.standard_normal(len(goals))
    levels = LOWEST + np.digitize(shared + own, CUTS)
    return tuple(
        replace(goal, attained=int(level)) for goal, level in zip(goals, levels, strict=True)
    )
