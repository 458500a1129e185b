"""The publication: a release as readers get it, its bytes checked against hash and leaf."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    id: UUID
    programme: str
    version: int
    round: str
    audience: str
    published_at: datetime
    log_index: int
    body: bytes  # the frozen canonical JSON
    opening: bytes  # payload and commitment secret of the leaf: lets anyone recompute the leaf
