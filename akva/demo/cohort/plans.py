"""The plan of a course before anything is answered: line, days, law basis, diagnosis, ending."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from akva.demo.cohort.calibration import (
    AKSE_END_MEASURED,
    INTERRUPTED_EARLY,
    NO_END,
    YEAR,
)
from akva.demo.cohort.draws import later, pick
from akva.demo.cohort.lines import LINES, MIDDLE_AGE, YOUNG, Line
from akva.model.clients import Sex

# Assumed: nine in ten courses end in the year of the round, the others just before or after.
ENDINGS = {"before": 0.04, "within": 0.92, "after": 0.04}
FIRST_DAYS = {
    "before": date(YEAR - 1, 10, 1),
    "within": date(YEAR, 1, 1),
    "after": date(YEAR + 1, 1, 1),
}
SPANS = {"before": 91, "within": 364, "after": 89}
SHORTEST, LONGEST = 115, 480  # days of a course that runs its length


class Ending(StrEnum):
    """How far a course is measured."""

    MEASURED = "measured"
    START_ONLY = "start-only"  # AKSE, where an end is not required
    LOST = "lost"  # the client left, or nobody measured
    EARLY = "early"  # interrupted before an end was due


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`number` is unique in the cohort; canaries carry it."""

    number: int
    service: str
    sex: Sex
    age: int
    law_basis: str
    diagnosis: str
    decided_on: date
    started_on: date
    ended_on: date
    ending: Ending


def draw(rng: np.random.Generator, number: int, service: str) -> Plan:
    """Draw a course of that line for somebody who fits it."""
    line = LINES[service]
    law_basis = pick(rng, line.laws)
    age = draw_age(rng, line, law_basis)
    ending = draw_ending(rng, service)
    ended_on = draw_end(rng)
    started_on = ended_on - timedelta(days=draw_length(rng, line, ending))
    return Plan(
        number=number,
        service=service,
        sex=Sex.MALE if rng.uniform() < line.men else Sex.FEMALE,
        age=age,
        law_basis=law_basis,
        diagnosis=draw_diagnosis(rng, line, law_basis=law_basis, age=age),
        decided_on=later(rng, started_on, least=-75, most=-14),
        started_on=started_on,
        ended_on=ended_on,
        ending=ending,
    )


def draw_age(rng: np.random.Generator, line: Line, law_basis: str) -> int:
    low, high = line.ages
    if law_basis == "7a":
        low, high = max(low, YOUNG[0]), min(high, YOUNG[1])
    return int(rng.integers(low, high + 1))


def draw_diagnosis(rng: np.random.Generator, line: Line, *, law_basis: str, age: int) -> str:
    if law_basis == "7a":
        return "none-required"
    mix: Mapping[str, float] = line.older if line.older and age >= MIDDLE_AGE else line.diagnoses
    return pick(rng, mix)


def draw_ending(rng: np.random.Generator, service: str) -> Ending:
    if service == "akse":
        return Ending.MEASURED if rng.uniform() < AKSE_END_MEASURED else Ending.START_ONLY
    measured = 1 - INTERRUPTED_EARLY - NO_END
    weights = {Ending.EARLY: INTERRUPTED_EARLY, Ending.LOST: NO_END, Ending.MEASURED: measured}
    return pick(rng, weights)


def draw_end(rng: np.random.Generator) -> date:
    when = pick(rng, ENDINGS)
    return later(rng, FIRST_DAYS[when], least=0, most=SPANS[when])


def draw_length(rng: np.random.Generator, line: Line, ending: Ending) -> int:
    """Draw the days from start to end; an end that is measured is more than three months away."""
    if ending is Ending.EARLY:
        return int(rng.integers(20, 75))
    days = line.months * 30.4 * float(rng.lognormal(0.0, 0.15))
    if ending is Ending.START_ONLY:
        return round(days)
    return round(min(max(days, SHORTEST), LONGEST))
