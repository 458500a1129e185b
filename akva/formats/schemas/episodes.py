"""An episode as a provider opens it, and what changes of it later."""

from typing import Any, TypeVar
from uuid import UUID

from akva.errors import Fault
from akva.formats.schemas.faults import refusal
from akva.formats.schemas.fields import Day, Id, Text
from akva.formats.schemas.sent import Sent
from akva.service.submissions import EpisodeChange, NewEpisode

T = TypeVar("T")
END_REASON = "Code of why the course ended."
NOTHING = Fault("field-missing", "", "nothing here changes", "give at least one field")
NEXT_STEP = "Code of what follows the course."


class EpisodeFields(Sent[T]):
    service = Text(required=True, tells="Code of the service line.")
    law_basis = Text(required=True, tells="Code of the law basis of the decision.")
    decided_on = Day(required=True, tells="Day of the benefit decision.")
    started_on = Day(required=True)
    ended_on = Day()
    diagnosis = Text(required=True, tells="Code of the diagnosis group.")
    end_reason = Text(tells=END_REASON)
    next_step = Text(tells=NEXT_STEP)


class NewEpisodeSchema(EpisodeFields[NewEpisode]):
    def made(self, found: dict[str, Any]) -> NewEpisode:
        return NewEpisode(**found)


class EpisodeOfClientSchema(EpisodeFields[tuple[UUID, NewEpisode]]):
    client = Id(required=True)

    def made(self, found: dict[str, Any]) -> tuple[UUID, NewEpisode]:
        return found.pop("client"), NewEpisode(**found)


class EpisodeChangeSchema(Sent[EpisodeChange]):
    """What is given is written; what is absent or null stays as it is."""

    ended_on = Day()
    end_reason = Text(tells=END_REASON)
    next_step = Text(tells=NEXT_STEP)

    def made(self, found: dict[str, Any]) -> EpisodeChange:
        if not found:
            raise refusal(NOTHING)
        return EpisodeChange(**found)
