"""The report: what an assessment discloses to the register under a named consent event.

These fields are the whole of it. Item answers, alerts and goal texts are left out by design.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self
from uuid import UUID

from akva.model.episodes import Occasion
from consent import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedScale:
    value: float | None
    answered: int
    items: int
    rule: str
    reason: str | None
    flags: tuple[str, ...]
    bands: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedGoal:
    weight: float
    level: int | None
    icf: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimensions:
    """The banded properties by which a programme may tabulate."""

    law_basis: str
    area: str
    age_class: str | None
    sex: str
    diagnosis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The sealed part of a report."""

    edition: str
    definition: str  # hash of the instrument's definition
    mode: str
    scored_elsewhere: bool
    not_scored: str | None
    scales: Mapping[str, ReportedScale]
    goals: tuple[ReportedGoal, ...]
    dimensions: Dimensions

    @classmethod
    def parse(cls, plain: Mapping[str, Any]) -> Self:
        """Read what was sealed; a field too many or too few is a TypeError."""
        scales = {
            name: ReportedScale(**{**scale, "flags": tuple(scale["flags"])})
            for name, scale in plain["scales"].items()
        }
        goals = tuple(
            ReportedGoal(**{**goal, "icf": tuple(goal["icf"])}) for goal in plain["goals"]
        )
        dimensions = Dimensions(**plain["dimensions"])
        return cls(**{**plain, "scales": scales, "goals": goals, "dimensions": dimensions})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One register row, opened."""

    id: UUID
    subject_id: UUID
    provider_id: UUID
    episode_id: UUID
    service: str
    instrument: str
    occasion: Occasion
    answered_on: date
    content: Content = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reports:
    """A block of register rows, as the gate takes it."""

    rows: tuple[Report, ...]

    def keys(self) -> Sequence[tuple[UUID, Scope]]:
        return [(row.episode_id, Scope(instrument=row.instrument)) for row in self.rows]

    def take(self, indices: Sequence[int]) -> Self:
        return type(self)(tuple(self.rows[index] for index in indices))
