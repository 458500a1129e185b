"""The whole cohort from one seed: the same seed and size make the same cohort."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from akva.demo.cohort import answers, consents, measures, traits
from akva.demo.cohort.clients import PROVIDERS, Enrolment, enrol
from akva.demo.cohort.courses import Cohort, Course
from akva.demo.cohort.lines import LINES
from akva.demo.cohort.measures import Filled
from akva.demo.cohort.plans import Ending, Plan

FOUND_WORK = 0.15  # assumed: of those without work or studies at the start
END_REASONS = {
    Ending.MEASURED: "as-planned",
    Ending.START_ONLY: "as-planned",
    Ending.LOST: "lapsed",
    Ending.EARLY: "interrupted",
}


def simulate(*, clients: int, seed: int) -> Cohort:
    """Simulate that many clients; a client is a person in one provider's record.

    Each noun draws from a stream of its own, so that a change to one leaves the others as they
    were. Raises ValueError for fewer than one client.
    """
    if clients < 1:
        raise ValueError("a cohort has at least one client")
    people_rng, answers_rng, consent_rng, measure_rng = np.random.default_rng(seed).spawn(4)
    enrolments = enrol(people_rng, clients)
    filled = questionnaires(answers_rng, [one.plan for one in enrolments])
    courses = [
        course(consent_rng, measure_rng, enrolment, sheets)
        for enrolment, sheets in zip(enrolments, filled, strict=True)
    ]
    return Cohort(
        providers=PROVIDERS,
        clients=tuple(dict.fromkeys(one.client for one in enrolments)),
        courses=tuple(sorted(courses, key=lambda one: (one.started_on, one.client.reference))),
    )


def questionnaires(rng: np.random.Generator, plans: list[Plan]) -> Iterator[Filled]:
    """Fill every questionnaire of both occasions; the plan decides later which are handed in."""
    before, after = traits.draw(rng, plans)
    working = works(rng, plans)
    works_later = working | (rng.uniform(size=len(plans)) < FOUND_WORK)
    start = answers.fill(rng, before, working)
    end = answers.fill(rng, after, works_later)
    gain = before.distress - after.distress
    improvement = (gain - gain.mean()) / gain.std() if len(plans) > 1 else gain
    for index in range(len(plans)):
        yield Filled(start.row(index), end.row(index), float(improvement[index]))


def works(rng: np.random.Generator, plans: list[Plan]) -> NDArray[np.bool_]:
    not_working = np.array([LINES[plan.service].not_working for plan in plans])
    return rng.uniform(size=len(plans)) >= not_working


def course(
    consent_rng: np.random.Generator,
    measure_rng: np.random.Generator,
    enrolment: Enrolment,
    filled: Filled,
) -> Course:
    plan = enrolment.plan
    return Course(
        client=enrolment.client,
        service=plan.service,
        law_basis=plan.law_basis,
        diagnosis=plan.diagnosis,
        decided_on=plan.decided_on,
        started_on=plan.started_on,
        ended_on=plan.ended_on,
        end_reason=END_REASONS[plan.ending],
        consent=consents.draw(
            consent_rng, plan.number, started_on=plan.started_on, ended_on=plan.ended_on
        ),
        measures=measures.draw(measure_rng, plan, filled),
    )
