"""The use cases of measuring: register a client, open an episode, record an assessment.

Measuring needs no permission: the measures belong to the service itself.
"""

from dataclasses import dataclass
from uuid import UUID

from akva.errors import NotFound
from akva.model.actors import Actor, Role
from akva.model.assessments import Assessment
from akva.service.call import Call, calling, require
from akva.service.record import meaning, scoring
from akva.service.record.meaning import refuse_faults
from akva.service.record.reading import agreed_goals, read_assessment
from akva.service.record.writing import add_assessment, add_client, add_episode
from akva.service.submissions import NewAssessment, NewClient, NewEpisode
from akva.storage import clients, episodes, log
from akva.storage.database import Database
from akva.vault.keyfiles import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the caller keeps: the id, its place in the log, and what a professional must see now."""

    id: UUID
    log_index: int
    leaf_hash: str
    alerts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    database: Database
    vault: Vault

    def register(self, actor: Actor, new: NewClient) -> UUID:
        """Register a client; raises InvalidRequest, or Conflict for one registered before."""
        require(actor, Role.PROVIDER)
        return self.database.write(
            calling(self.vault, actor, lambda call: register_client(call, new))
        )

    def open(self, actor: Actor, client_id: UUID, new: NewEpisode) -> UUID:
        """Open an episode of a client; raises InvalidRequest or NotFound."""
        require(actor, Role.PROVIDER)
        return self.database.write(
            calling(self.vault, actor, lambda call: open_episode(call, client_id, new))
        )

    def record(self, actor: Actor, episode_id: UUID, new: NewAssessment) -> Receipt:
        """Score and seal one assessment, with its leaf; raises InvalidRequest or NotFound."""
        require(actor, Role.PROVIDER)
        return self.database.write(
            calling(self.vault, actor, lambda call: record_assessment(call, episode_id, new))
        )

    def assessment(self, actor: Actor, assessment_id: UUID) -> Assessment:
        """Read one of the provider's own assessments; raises NotFound.

        Whatever became of the permission to report: the record is the provider's.
        """
        require(actor, Role.PROVIDER)
        return self.database.read(
            calling(self.vault, actor, lambda call: read_assessment(call, assessment_id))
        )


def register_client(call: Call, new: NewClient) -> UUID:
    refuse_faults(meaning.of_client(new, today=call.today))
    return add_client(call, new, events=0).client_id


def open_episode(call: Call, client_id: UUID, new: NewEpisode) -> UUID:
    refuse_faults(meaning.of_episode(new, today=call.today))
    if clients.find(call.session, call.provider_id, client_id) is None:
        raise NotFound("no such client")
    return add_episode(call, call.keys_of(client_id, events=0), new).id


def record_assessment(call: Call, episode_id: UUID, new: NewAssessment) -> Receipt:
    found = episodes.with_starts(call.session, call.provider_id, episode_id, new.instrument)
    if found is None:
        raise NotFound("no such episode")
    episode, starts = found
    faults = meaning.of_assessment(
        new, service=episode.service, started_on=episode.started_on, today=call.today
    )
    refuse_faults(faults)
    client = call.keys_of(episode.client_id, events=1)
    scored = scoring.score(new, agreed_goals(client, starts))
    recorded = add_assessment(call, client, episode, new, scored)
    [logged] = log.append(call.session, call.now, [recorded.entry])
    return Receipt(
        id=recorded.row.id,
        log_index=logged.index,
        leaf_hash=logged.leaf_hash.hex(),
        alerts=recorded.alerts,
    )
