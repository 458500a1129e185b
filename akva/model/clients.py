"""The client: whom a provider measures; the identity code stays sealed."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One row of the record, opened; `identified` tells whether an identity code is kept."""

    id: UUID
    provider_id: UUID
    identified: bool
    reference: str | None = field(repr=False)
    birth_year: int = field(repr=False)
    sex: Sex = field(repr=False)
    area: str = field(repr=False)
    version: int
