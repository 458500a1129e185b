"""Who calls, and as what."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    PROVIDER = "provider"
    VERIFIER = "consent-verifier"  # the second person: confirms signature, date and form version
    RESEARCHER = "researcher"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """The organisation that gives the service; `code` is its public short name."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person or system; providers' people see their own provider alone."""

    id: UUID
    role: Role
    provider_id: UUID | None = None
    org: str = "akva"  # the provider's code, as it stands in log leaves
