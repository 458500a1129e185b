"""When what happens: the cohort's deeds in the order of their days, with a clock that follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum

from akva.demo.cohort import Cohort, Course, Story
from akva.model.days import start_of

OPENING_HOUR = timedelta(hours=8)
MONTH = timedelta(days=30)


class Kind(IntEnum):
    """What is done; of one day's deeds, in this order."""

    SUBMIT = 1
    VERIFY = 2
    WITHDRAW = 3
    REPORT = 4


@dataclass(frozen=True, slots=True, order=True)
class Deed:
    on: date
    kind: Kind
    course: int  # its place in the cohort


class SteppingClock:
    """A clock that stands still until it is told the time, and never goes back."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def __call__(self) -> datetime:
        return self._now

    def advance(self, to: datetime) -> None:
        self._now = max(self._now, to)


def deeds(cohort: Cohort) -> list[Deed]:
    """List everything that is done, in order; every course is tried at the gate once."""
    return sorted(deed for place, course in enumerate(cohort.courses) for deed in of(place, course))


def of(place: int, course: Course) -> Iterator[Deed]:
    """Give the deeds of one course, all after its last measure and paper."""
    last = sent_on(course)
    yield Deed(last, Kind.SUBMIT, place)
    if course.consent.verified_on is not None:
        yield Deed(last + timedelta(days=1), Kind.VERIFY, place)
    if course.measures:
        yield Deed(last + timedelta(days=3), Kind.REPORT, place)
    if course.consent.story is Story.WITHDRAWN_BEFORE:
        yield Deed(last + timedelta(days=2), Kind.WITHDRAW, place)
    if course.consent.story is Story.WITHDRAWN_AFTER:
        yield Deed(last + MONTH, Kind.WITHDRAW, place)


def sent_on(course: Course) -> date:
    """Tell the day on which the provider sends the course."""
    days = [course.ended_on, *(measure.answered_on for measure in course.measures)]
    if course.consent.asked_on is not None:
        days.append(course.consent.asked_on)
    if course.consent.evidence is not None and course.consent.evidence.signed_on is not None:
        days.append(course.consent.evidence.signed_on)
    return max(days) + timedelta(days=1)


def instants(plan: list[Deed]) -> Iterator[tuple[datetime, Deed]]:
    """Give each deed its instant: the working day's deeds a second apart."""
    nth, day = 0, date.min
    for deed in plan:
        nth, day = (nth + 1, day) if deed.on == day else (0, deed.on)
        yield (start_of(day) + OPENING_HOUR + timedelta(seconds=nth)).astimezone(UTC), deed
