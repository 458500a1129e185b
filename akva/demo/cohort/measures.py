"""The measures of a course in order: what was answered, what was not scored and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from akva.demo.cohort import goals
from akva.demo.cohort.answers import Answers, blanked
from akva.demo.cohort.calibration import AKSE_GOALS_RATED, MODES, NO_START, NOT_SCORED_AT_END
from akva.demo.cohort.courses import Goal, Measure
from akva.demo.cohort.draws import later, pick
from akva.demo.cohort.plans import Ending, Plan
from akva.model.assessments import Mode, NotScored
from akva.model.episodes import Occasion

QUESTIONNAIRES = ("bdi-21", "whoqol-bref", "akv-1")
INTERPRETED_MEANINGLESS = 0.5  # assumed: how often scores got through an interpreter mean nothing


@dataclass(frozen=True, slots=True)
class Filled:
    """One course's answers by instrument; the improvement is in standard deviations."""

    start: Mapping[str, Answers]
    end: Mapping[str, Answers]
    improvement: float


def draw(rng: np.random.Generator, plan: Plan, filled: Filled) -> tuple[Measure, ...]:
    """Draw what was measured when; the sheets say what would be answered if it is."""
    mode = Mode(pick(rng, MODES))
    meaningless = has_no_meaning(rng, mode)
    start_on = later(rng, plan.started_on, least=0, most=10)
    end_on = later(rng, plan.ended_on, least=-9, most=0)
    goals_set = goals.draw_set(rng, plan.number)
    start = Sitting(rng, Occasion.START, start_on, mode)
    end = Sitting(rng, Occasion.END, end_on, mode)

    measures = [start.of_goals(goals_set)]
    if rng.uniform() >= NO_START:
        measures += start.of_questionnaires(filled.start, meaningless)
    if plan.ending is Ending.EARLY:
        measures += end.of_questionnaires(filled.end, NotScored.NOT_DUE)
    if plan.ending is Ending.MEASURED:
        measures += end.of_questionnaires(filled.end, meaningless or lost_at_end(rng))
    if are_goals_rated(rng, plan.ending):
        measures.append(end.of_goals(goals.rated(rng, goals_set, improvement=filled.improvement)))
    return tuple(measures)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One occasion of one course."""

    rng: np.random.Generator
    occasion: Occasion
    on: date
    mode: Mode

    def of_goals(self, goals_: tuple[Goal, ...]) -> Measure:
        return Measure(
            instrument="gas",
            occasion=self.occasion,
            answered_on=self.on,
            mode=self.mode,
            goals=goals_,
        )

    def of_questionnaires(
        self, sheets: Mapping[str, Answers], not_scored: NotScored | None
    ) -> Iterator[Measure]:
        for instrument in QUESTIONNAIRES:
            yield Measure(
                instrument=instrument,
                occasion=self.occasion,
                answered_on=self.on,
                mode=self.mode,
                answers=None if not_scored else blanked(self.rng, sheets[instrument]),
                not_scored=not_scored,
            )


def has_no_meaning(rng: np.random.Generator, mode: Mode) -> NotScored | None:
    """Scores mean nothing in sign language, and at times nothing through an interpreter."""
    interpreted = mode is Mode.INTERPRETER and rng.uniform() < INTERPRETED_MEANINGLESS
    return NotScored.SCORING_MEANINGLESS if interpreted or mode is Mode.SIGN_LANGUAGE else None


def lost_at_end(rng: np.random.Generator) -> NotScored | None:
    scored = 1 - sum(NOT_SCORED_AT_END.values())
    drawn = pick(rng, {**NOT_SCORED_AT_END, "": scored})
    return NotScored(drawn) if drawn else None


def are_goals_rated(rng: np.random.Generator, ending: Ending) -> bool:
    """Say whether the goals are rated: with an end measure always, in AKSE without one mostly."""
    if ending is Ending.START_ONLY:
        return bool(rng.uniform() < AKSE_GOALS_RATED)
    return ending is Ending.MEASURED
