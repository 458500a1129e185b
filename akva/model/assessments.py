"""The assessment: one instrument on one occasion of one episode, scored or with a reason not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from akva.model.episodes import Occasion


class Mode(StrEnum):
    SELF = "self"
    INTERVIEW = "interview"
    ASSISTED = "assisted"  # concepts were explained
    INTERPRETER = "interpreter"
    SIGN_LANGUAGE = "sign-language"
    PROXY = "proxy"


class NotScored(StrEnum):
    DECLINED = "declined"
    COULD_NOT = "could-not"
    SCORING_MEANINGLESS = "scoring-meaningless"  # through an interpreter or sign language
    DISCUSSED_INSTEAD = "discussed-instead"
    NOT_REACHED = "not-reached"
    NOT_DUE = "not-due"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Immutable; a correction is a new version of the same root, with its reason.

    One of answers, goals, not_scored is set, or none where the score was computed elsewhere.
    """

    id: UUID
    root_id: UUID  # the first version's id
    provider_id: UUID
    client_id: UUID
    episode_id: UUID
    instrument: str
    edition: str
    occasion: Occasion
    answered_on: date
    mode: Mode
    answers: Mapping[str, int | str | None] | None = field(default=None, repr=False)
    goals: tuple[Mapping[str, Any], ...] | None = field(default=None, repr=False)
    not_scored: NotScored | None = None
    result: Mapping[str, Any] | None = field(default=None, repr=False)  # as `akva score` prints it
    version: int = 1
    coding: str = "raw"
    reason: str | None = field(default=None, repr=False)  # why a correction was made
