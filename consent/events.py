"""What happened to a consent, and each event's two times: when it holds, when it was recorded."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event is never edited and never deleted; it speaks for one purpose alone.

    `valid_from` is the instant at which the day on the paper begins in Finland, `recorded_at` the
    database's instant; both are aware UTC.
    """

    id: UUID
    purpose: str
    valid_from: datetime
    recorded_at: datetime
    recorded_by: UUID

    @property
    def said_at(self) -> datetime:
        """When the client spoke: nothing is said after it was recorded, whatever date it bears."""
        return min(self.valid_from, self.recorded_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Event):
    """The client was asked and has not answered yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Event):
    """The client said no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    """The client took a consent back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted(Event):
    """The client said yes, in [valid_from, valid_to), for some instruments or (None) for all."""

    written: bool
    valid_to: datetime | None = None
    instruments: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified(Event):
    """A second person saw signature, date and form version on a grant's evidence."""

    grant_id: UUID


@dataclass(frozen=True, slots=True)
class History:
    """Every event of one episode, in any order and for any purpose."""

    events: tuple[Event, ...]
