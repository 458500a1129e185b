"""The client: the person in rehabilitation, known only in the provider's own record."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from akva.model.hetu import Hetu


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """All of it is sealed at rest. Measuring needs no Hetu; reporting does."""

    id: UUID
    provider_id: UUID
    birth_year: int = field(repr=False)
    sex: Sex = field(repr=False)
    area: str = field(repr=False)  # wellbeing area, code of Statistics Finland
    hetu: Hetu | None = None
    reference: str | None = field(default=None, repr=False)  # the provider's own
