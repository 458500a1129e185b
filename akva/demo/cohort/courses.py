"""The simulated courses as plain values: who came, what was agreed, what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from akva.model.assessments import Mode, NotScored
from akva.model.clients import Sex
from akva.model.episodes import Occasion
from akva.model.hetu import Hetu
from consent import Evidence


class Story(StrEnum):
    """What became of the permission to report."""

    NEVER_ASKED = "never-asked"
    REFUSED = "refused"
    GRANTED = "granted"  # on paper, and checked by a second person
    INCOMPLETE = "incomplete"  # the paper lacks something
    UNVERIFIED = "unverified"  # nobody has checked the paper yet
    WITHDRAWN_BEFORE = "withdrawn-before"  # before anything was reported
    WITHDRAWN_AFTER = "withdrawn-after"  # after everything was


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A day is None where the story does not reach it; `evidence` is None without a signature."""

    story: Story
    asked_on: date | None = None
    evidence: Evidence | None = field(default=None, repr=False)
    verified_on: date | None = None
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A GAS goal; `attained` is None until the end. The text is a canary of its own."""

    id: str
    text: str = field(repr=False)
    weight: int
    baseline: int
    attained: int | None
    icf: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Exactly one of answers, goals and not_scored is given; a blank answer is None."""

    instrument: str
    occasion: Occasion
    answered_on: date
    mode: Mode
    answers: Mapping[str, int | None] | None = field(default=None, repr=False)
    goals: tuple[Goal, ...] | None = field(default=None, repr=False)
    not_scored: NotScored | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person, once, however many providers know them."""

    hetu: Hetu
    birth_year: int = field(repr=False)
    sex: Sex = field(repr=False)
    area: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A person in one provider's record, under that provider's own reference."""

    provider: str
    reference: str = field(repr=False)
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One episode from decision to end, with its consent and its measures in order."""

    client: Client
    service: str
    law_basis: str
    diagnosis: str
    decided_on: date
    started_on: date
    ended_on: date
    end_reason: str
    consent: Consent
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """`providers` maps a code to a name; a client may stand behind two courses."""

    providers: Mapping[str, str]
    clients: tuple[Client, ...]
    courses: tuple[Course, ...]
