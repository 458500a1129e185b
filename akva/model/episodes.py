"""The episode: one client's course of one service; and where in it a measure falls."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class Occasion(StrEnum):
    START = "start"
    END = "end"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One row of the record, opened; `version` counts its changes."""

    id: UUID
    provider_id: UUID
    client_id: UUID
    service: str
    law_basis: str
    decided_on: date
    started_on: date
    ended_on: date | None
    diagnosis: str = field(repr=False)
    end_reason: str | None = field(repr=False)
    next_step: str | None = field(repr=False)
    version: int
