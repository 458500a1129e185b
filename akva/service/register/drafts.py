"""The block of a client's assessments that asks to pass the gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from akva.storage.assessments import AssessmentRow
from consent import Scope


@dataclass(frozen=True, slots=True)
class Drafts:
    """Assessments of one client about to be reported, as the gate takes them."""

    rows: tuple[AssessmentRow, ...]

    def keys(self) -> Sequence[tuple[UUID, Scope]]:
        return [(row.episode_id, Scope(instrument=row.instrument)) for row in self.rows]

    def take(self, indices: Sequence[int]) -> Self:
        return type(self)(tuple(self.rows[index] for index in indices))
