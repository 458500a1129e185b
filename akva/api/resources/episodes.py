"""Episodes: opened, read, and changed where they were read."""

from uuid import UUID

from akva.api.answers.episodes import EpisodeIdSchema, EpisodeSchema
from akva.api.operation import Answer, Asked, Gives, Operation, Takes, Tenancy, etag
from akva.errors import VersionMissing
from akva.formats import submissions
from akva.formats.schemas.episodes import EpisodeChangeSchema, EpisodeOfClientSchema
from akva.model.actors import Role
from akva.model.episodes import Episode

OWN = frozenset({Role.PROVIDER})


def add(asked: Asked) -> Answer:
    client_id, new = submissions.new_episode(asked.sent)
    episode_id = asked.akva.intake.open(asked.who, client_id, new, once=asked.once)
    return Answer(
        status=201, body={"id": episode_id}, headers={"Location": f"/v1/episodes/{episode_id}"}
    )


def read(asked: Asked, episode_id: UUID) -> Answer:
    return shown(asked.akva.intake.episode(asked.who, episode_id))


def change(asked: Asked, episode_id: UUID) -> Answer:
    changed = asked.akva.intake.amend(
        asked.who,
        episode_id,
        submissions.change(asked.sent),
        version=version_of(asked),
        once=asked.once,
    )
    return shown(changed)


def version_of(asked: Asked) -> int:
    """Tell the version that was read; raises VersionMissing, which the door does before."""
    if asked.version is None:
        raise VersionMissing("a change needs If-Match with the ETag that was read")
    return asked.version


def shown(episode: Episode) -> Answer:
    return Answer(body=episode, headers={"ETag": etag(episode.version)})


ADD = Operation(
    name="add_episode",
    method="POST",
    path="/v1/episodes",
    view=add,
    summary="Open a client's course of a service",
    roles=OWN,
    tenancy=Tenancy.OWN,
    takes=Takes(
        schema=EpisodeOfClientSchema,
        examples={
            "minimal": {
                "client": "01900000-0000-7000-8000-000000000001",
                "service": "kiila",
                "law_basis": "6",
                "decided_on": "2026-01-07",
                "started_on": "2026-02-03",
                "diagnosis": "F00-F99",
            }
        },
    ),
    gives={201: Gives(description="Opened", schema=EpisodeIdSchema, headers=("Location",))},
    tag="episodes",
)
READ = Operation(
    name="read_episode",
    method="GET",
    path="/v1/episodes/<uuid:episode_id>",
    view=read,
    summary="Read an episode, with its version",
    roles=OWN,
    tenancy=Tenancy.OWN,
    gives={200: Gives(description="The episode", schema=EpisodeSchema, headers=("ETag",))},
    tag="episodes",
)
CHANGE = Operation(
    name="change_episode",
    method="PATCH",
    path="/v1/episodes/<uuid:episode_id>",
    view=change,
    summary="Change an episode, above all when it ends",
    roles=OWN,
    tenancy=Tenancy.OWN,
    versioned=True,
    takes=Takes(
        schema=EpisodeChangeSchema,
        examples={"ended": {"ended_on": "2026-09-30", "end_reason": "as-planned"}},
    ),
    gives={200: Gives(description="As it is now", schema=EpisodeSchema, headers=("ETag",))},
    tag="episodes",
)
OPERATIONS = (ADD, READ, CHANGE)
