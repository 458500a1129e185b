"""The episode: one client's course of one service at one provider, under one decision."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Occasion(StrEnum):
    START = "start"
    END = "end"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """Service and days lie in clear; law basis, diagnosis, end reason and next step are sealed."""

    id: UUID
    provider_id: UUID
    client_id: UUID
    service: str
    decided_on: date
    started_on: date
    ended_on: date | None
    law_basis: str  # a property of the decision, not of the service
    diagnosis: str  # ICD-10 main group, or "none-required"
    end_reason: str | None = None
    next_step: str | None = None
