"""What a provider's system would send of a simulated course."""

from dataclasses import asdict

from akva.demo.cohort import Course, Measure
from akva.service import submissions
from akva.service.submissions import Answer, NewAssessment, NewClient, NewEpisode


def submission(course: Course) -> submissions.Course:
    return submissions.Course(
        client=client(course),
        episode=NewEpisode(
            service=course.service,
            law_basis=course.law_basis,
            decided_on=course.decided_on,
            started_on=course.started_on,
            diagnosis=course.diagnosis,
            ended_on=course.ended_on,
            end_reason=course.end_reason,
        ),
        consent=answer(course),
        assessments=tuple(assessment(measure) for measure in course.measures),
    )


def client(course: Course) -> NewClient:
    person = course.client.person
    return NewClient(
        birth_year=person.birth_year,
        sex=person.sex,
        area=person.area,
        hetu=person.hetu.text,
        reference=course.client.reference,
    )


def answer(course: Course) -> Answer | None:
    said = course.consent
    if said.asked_on is None:
        return None
    return Answer(asked_on=said.asked_on, evidence=said.evidence, refused=said.evidence is None)


def assessment(measure: Measure) -> NewAssessment:
    return NewAssessment(
        instrument=measure.instrument,
        occasion=measure.occasion,
        answered_on=measure.answered_on,
        mode=measure.mode,
        answers=measure.answers,
        goals=tuple(asdict(goal) for goal in measure.goals) if measure.goals is not None else None,
        not_scored=measure.not_scored,
    )
