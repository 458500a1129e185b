"""Answers item by item: a latent factor, a loading and thresholds, as real ordinal items behave.

No wording stands behind the numbers; `q1` is a position. Loadings and thresholds are assumed, but
for their joint effect on the BDI total, which the calibration holds to published shares.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from akva.demo.cohort.calibration import BLANK
from akva.demo.cohort.traits import Floats, Traits

Integers: TypeAlias = NDArray[np.int64]
Answers: TypeAlias = Mapping[str, int | None]

LOADING = 0.68  # alpha of 21 such items is 0.94

BDI_ITEMS = 21
BDI_FIRST = np.linspace(0.15, 1.75, BDI_ITEMS)  # from the most to the least common symptom
BDI_STEPS = np.array([0.0, 0.85, 1.55])  # to 1, to 2, to 3

# WHOQOL-BREF: which latent domain each raw item follows. Items 3, 4 and 26 are asked the other way.
WHOQOL_ITEMS = 26
DOMAINS = {
    "physical": (3, 4, 10, 15, 16, 17, 18, 2),
    "psychological": (5, 6, 7, 11, 19, 26, 1),
    "social": (20, 21, 22),
    "environment": (8, 9, 12, 13, 14, 23, 24, 25),
}
REVERSED = (3, 4, 26)
# How much distress and burden pull a domain down, where a client of average distress stands, and
# how much of the domain is a person's own.
PULL = {
    "physical": (0.40, 0.50, 0.25, 0.25),
    "psychological": (0.70, 0.05, 0.15, 0.25),
    "social": (0.40, 0.10, 0.30, 0.65),
    "environment": (0.30, 0.15, 0.55, 0.60),
}
WHOQOL_STEPS = np.array([-1.9, -0.9, 0.15, 1.3])  # to 2, 3, 4, 5

WORK_ITEMS = ("current", "future", "coping")
NOT_WORKING_OR_STUDYING = 5  # a code of absence, no point on the scale
AVERAGE = 1.0  # the latent distress around which the domains are centred


@dataclass(frozen=True, slots=True)
class Sheets:
    """The filled questionnaires of one occasion, a row for each course."""

    bdi: Integers
    whoqol: Integers
    work: Integers

    def row(self, index: int) -> dict[str, dict[str, int | None]]:
        """Give one course's answers by instrument and item id."""
        return {
            "bdi-21": by_position(self.bdi[index]),
            "whoqol-bref": by_position(self.whoqol[index]),
            "akv-1": dict(zip(WORK_ITEMS, map(int, self.work[index]), strict=True)),
        }


def by_position(row: Integers) -> dict[str, int | None]:
    return {f"q{position}": int(value) for position, value in enumerate(row, start=1)}


def fill(rng: np.random.Generator, traits: Traits, working: NDArray[np.bool_]) -> Sheets:
    """Draw every answer of one occasion."""
    return Sheets(bdi(rng, traits), whoqol(rng, traits), work(rng, traits, working))


def steps_passed(rng: np.random.Generator, latent: Floats, thresholds: Floats) -> Integers:
    """Count the thresholds (items, steps) that each noisy latent value (rows, items) passes."""
    noise = np.sqrt(1 - LOADING**2) * rng.standard_normal(latent.shape)
    seen = LOADING * latent + noise
    return np.asarray((seen[:, :, None] > thresholds[None]).sum(axis=2), dtype=np.int64)


def bdi(rng: np.random.Generator, traits: Traits) -> Integers:
    latent = np.repeat(traits.distress[:, None], BDI_ITEMS, axis=1)
    return steps_passed(rng, latent, BDI_FIRST[:, None] + BDI_STEPS[None])


def whoqol(rng: np.random.Generator, traits: Traits) -> Integers:
    latent = np.empty((len(traits.distress), WHOQOL_ITEMS))
    for column, (domain, items) in enumerate(DOMAINS.items()):
        distress, burden, level, own = PULL[domain]
        pull = distress * (traits.distress - AVERAGE) + burden * traits.burden
        held = level - pull + own * traits.own[:, column]
        latent[:, [item - 1 for item in items]] = held[:, None] / LOADING
    raw = 1 + steps_passed(rng, latent, np.tile(WHOQOL_STEPS, (WHOQOL_ITEMS, 1)))
    columns = [item - 1 for item in REVERSED]
    raw[:, columns] = 6 - raw[:, columns]
    return raw


def work(rng: np.random.Generator, traits: Traits, working: NDArray[np.bool_]) -> Integers:
    """Draw current 0-10, future 1/4/7 and coping 1-4, or 5 for those without work or studies."""
    noise = rng.standard_normal((3, len(working)))
    strain = traits.distress - AVERAGE
    able = traits.own[:, -1]
    current = 5.8 - 0.8 * strain - 0.8 * traits.burden + 1.1 * able + 0.7 * noise[0]
    future = 0.3 - 0.5 * strain - 0.4 * traits.burden + 0.6 * able + 0.4 * noise[1]
    coping = 0.2 - 0.6 * strain - 0.3 * traits.burden + 0.6 * able + 0.5 * noise[2]
    columns = (
        np.clip(np.rint(current), 0, 10),
        np.array([1, 4, 7])[np.digitize(future, [-0.5, 0.6])],
        np.where(working, 1 + np.digitize(coping, [-0.9, 0.1, 1.1]), NOT_WORKING_OR_STUDYING),
    )
    return np.stack(columns, axis=1).astype(np.int64)


def blanked(rng: np.random.Generator, answers: Answers) -> Answers:
    """Leave one item blank on a few forms, as people do; a blank is None and never 0."""
    if rng.uniform() >= BLANK:
        return answers
    return {**answers, str(rng.choice(list(answers))): None}
