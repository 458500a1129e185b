"""An episode as a provider opens it, and what changes of it later."""

from typing import Any, TypeVar
from uuid import UUID

from akva.formats.schemas.fields import Day, Id, Text
from akva.formats.schemas.sent import Sent
from akva.service.submissions import NewEpisode

T = TypeVar("T")


class EpisodeFields(Sent[T]):
    service = Text(required=True)
    law_basis = Text(required=True)
    decided_on = Day(required=True)
    started_on = Day(required=True)
    ended_on = Day()
    diagnosis = Text(required=True)
    end_reason = Text()
    next_step = Text()


class NewEpisodeSchema(EpisodeFields[NewEpisode]):
    def made(self, found: dict[str, Any]) -> NewEpisode:
        return NewEpisode(**found)


class EpisodeOfClientSchema(EpisodeFields[tuple[UUID, NewEpisode]]):
    client = Id(required=True)

    def made(self, found: dict[str, Any]) -> tuple[UUID, NewEpisode]:
        return found.pop("client"), NewEpisode(**found)
