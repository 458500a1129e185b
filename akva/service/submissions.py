"""What the doors hand to intake: shapes already checked, meanings not yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from akva.model.assessments import Mode, NotScored
from akva.model.clients import Sex
from akva.model.episodes import Occasion
from consent import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClient:
    """Needs a Hetu or the provider's own reference; without a Hetu nothing can be reported."""

    birth_year: int = field(repr=False)
    sex: Sex = field(repr=False)
    area: str = field(repr=False)
    hetu: str | None = field(default=None, repr=False)
    reference: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEpisode:
    service: str
    law_basis: str
    decided_on: date
    started_on: date
    diagnosis: str
    ended_on: date | None = None
    end_reason: str | None = None
    next_step: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeChange:
    """What becomes known of an episode later; what is None stays as it is."""

    ended_on: date | None = None
    end_reason: str | None = None
    next_step: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssessment:
    """Exactly one of answers, goals, not_scored, or scores alone.

    `scores` were computed elsewhere, by scale; beside answers they are compared, never kept.
    """

    instrument: str
    occasion: Occasion
    answered_on: date
    mode: Mode = Mode.SELF
    edition: str | None = None
    rule: str | None = None
    coding: str = "raw"
    answers: Mapping[str, int | str | None] | None = field(default=None, repr=False)
    goals: tuple[Mapping[str, Any], ...] | None = field(default=None, repr=False)
    not_scored: NotScored | None = None
    scores: Mapping[str, float] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the client said when asked for permission to report: yes with its evidence, or no."""

    asked_on: date
    evidence: Evidence | None = field(default=None, repr=False)
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A whole course as a provider's own system holds it; `consent` is None when nobody asked."""

    client: NewClient
    episode: NewEpisode
    consent: Answer | None
    assessments: tuple[NewAssessment, ...]
