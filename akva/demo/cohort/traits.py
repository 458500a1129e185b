"""The latent traits behind the answers: distress and physical burden, at the start and the end."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from akva.demo.cohort.calibration import DISTRESS_AT_END, DISTRESS_AT_START, RETEST
from akva.demo.cohort.lines import LINES, Line
from akva.demo.cohort.plans import Plan
from akva.model.clients import Sex

Floats: TypeAlias = NDArray[np.float64]

OWN = 5  # four domains and work ability
RELIEF = 0.25  # assumed: how much the physical burden falls
SEX_GAP = 0.25  # assumed: half the latent gap between the sexes outside the vocational lines
MIDDLE = (DISTRESS_AT_START["male"] + DISTRESS_AT_START["female"]) / 2


@dataclass(frozen=True, slots=True)
class Traits:
    """One value for each course, in standard deviations; more is worse, but for `own`.

    `own` (courses, OWN) is what is a person's own in each WHOQOL domain and in work ability, apart
    from distress and burden.
    """

    distress: Floats
    burden: Floats
    own: Floats


def draw(rng: np.random.Generator, plans: list[Plan]) -> tuple[Traits, Traits]:
    """Draw the traits at the start and at the end, with the means of the line and the sex."""
    means = np.array([distress_means(LINES[plan.service], plan.sex) for plan in plans])
    burden = np.array([LINES[plan.service].burden for plan in plans])
    start, end = paired(rng, before=means[:, 0], after=means[:, 1])
    load, eased = paired(rng, before=burden, after=burden - RELIEF)
    level = np.zeros((len(plans), OWN))
    before, after = paired(rng, before=level, after=level)
    return Traits(start, load, before), Traits(end, eased, after)


def distress_means(line: Line, sex: Sex) -> tuple[float, float]:
    """Give the latent means at the start and the end."""
    if line.vocational:
        return DISTRESS_AT_START[sex], DISTRESS_AT_END[sex]
    start = MIDDLE + line.distress + (SEX_GAP if sex is Sex.FEMALE else -SEX_GAP)
    return start, start - line.gain


def paired(rng: np.random.Generator, *, before: Floats, after: Floats) -> tuple[Floats, Floats]:
    """Draw two values of variance 1 around their means that correlate by RETEST."""
    first, fresh = rng.standard_normal((2, *before.shape))
    second = RETEST * first + np.sqrt(1 - RETEST**2) * fresh
    return before + first, after + second
