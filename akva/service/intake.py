"""The use cases of measuring: register a client, open an episode, record an assessment.

Measuring needs no permission: the measures belong to the service itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TypeVar
from uuid import UUID

from akva.errors import Conflict, Fault, NotFound, Stale
from akva.model.actors import Actor, Role
from akva.model.assessments import Assessment
from akva.model.clients import Client
from akva.model.episodes import Episode
from akva.service.call import Call, calling, require
from akva.service.once import Once, Repeatable, write_once
from akva.service.record import exporting, meaning, reading, scoring, writing
from akva.service.record.exporting import ClientRecord
from akva.service.record.meaning import refuse_faults
from akva.service.record.reading import agreed_goals, an_assessment, an_episode
from akva.service.record.writing import Correction, Recorded
from akva.service.submissions import EpisodeChange, NewAssessment, NewClient, NewEpisode
from akva.storage import assessments, episodes, log
from akva.storage.assessments import AssessmentRow
from akva.storage.database import Database
from akva.storage.episodes import CHANGED, EpisodeRow
from akva.vault.keyfiles import Vault

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the caller keeps: the id, its place in the log, and what a professional must see now."""

    id: UUID
    log_index: int
    leaf_hash: str
    alerts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    """Each write may be sent twice under one key, and is done once; raises KeyReused."""

    database: Database
    vault: Vault

    def register(self, actor: Actor, new: NewClient, *, once: Once | None = None) -> UUID:
        """Register a client; raises InvalidRequest, or Conflict for one registered before."""
        require(actor, Role.PROVIDER)
        step = partial(register_client, new=new)
        return self._write(actor, once, Repeatable(step, itself, known))

    def open(
        self, actor: Actor, client_id: UUID, new: NewEpisode, *, once: Once | None = None
    ) -> UUID:
        """Open an episode of a client; raises InvalidRequest or NotFound."""
        require(actor, Role.PROVIDER)
        step = partial(open_episode, client_id=client_id, new=new)
        return self._write(actor, once, Repeatable(step, itself, known))

    def amend(
        self,
        actor: Actor,
        episode_id: UUID,
        change: EpisodeChange,
        *,
        version: int,
        once: Once | None = None,
    ) -> Episode:
        """Change an episode as it was read; raises Stale, InvalidRequest or NotFound.

        Sent again, it gives the episode as it stands by then.
        """
        require(actor, Role.PROVIDER)
        step = partial(amend_episode, episode_id=episode_id, change=change, version=version)
        return self._write(
            actor, once, Repeatable(step, lambda episode: episode.id, reading.read_episode)
        )

    def record(
        self, actor: Actor, episode_id: UUID, new: NewAssessment, *, once: Once | None = None
    ) -> Receipt:
        """Score and seal one assessment, with its leaf; raises InvalidRequest or NotFound."""
        require(actor, Role.PROVIDER)
        step = partial(record_assessment, episode_id=episode_id, new=new)
        return self._write(actor, once, Repeatable(step, lambda receipt: receipt.id, receipt_again))

    def correct(
        self,
        actor: Actor,
        assessment_id: UUID,
        new: NewAssessment,
        reason: str,
        *,
        once: Once | None = None,
    ) -> Receipt:
        """Record the assessment as it should have been: the next version of the same root.

        Raises InvalidRequest, NotFound, or Conflict where that version was corrected before.
        """
        require(actor, Role.PROVIDER)
        step = partial(correct_assessment, assessment_id=assessment_id, new=new, reason=reason)
        return self._write(actor, once, Repeatable(step, lambda receipt: receipt.id, receipt_again))

    def client(self, actor: Actor, client_id: UUID) -> Client:
        """Read one of the provider's own clients; raises NotFound."""
        return self._read(actor, lambda call: reading.read_client(call, client_id))

    def episode(self, actor: Actor, episode_id: UUID) -> Episode:
        """Read one of the provider's own episodes; raises NotFound."""
        return self._read(actor, lambda call: reading.read_episode(call, episode_id))

    def assessment(self, actor: Actor, assessment_id: UUID) -> Assessment:
        """Read one of the provider's own assessments; raises NotFound.

        Whatever became of the permission to report: the record is the provider's.
        """
        return self._read(actor, lambda call: reading.read_assessment(call, assessment_id))

    def export(self, actor: Actor, client_id: UUID) -> ClientRecord:
        """Read everything that is kept of one of the provider's own clients; raises NotFound."""
        return self._read(actor, lambda call: exporting.read_record(call, client_id))

    def _read(self, actor: Actor, step: Callable[[Call], T]) -> T:
        require(actor, Role.PROVIDER)
        return self.database.read(calling(self.vault, actor, step))

    def _write(self, actor: Actor, once: Once | None, work: Repeatable[T]) -> T:
        if once is None:
            return self.database.write(calling(self.vault, actor, work.step))
        return write_once(self.database, self.vault, actor, once, work)


def itself(made: UUID) -> UUID:
    return made


def known(_: Call, made: UUID) -> UUID:
    return made


def register_client(call: Call, new: NewClient) -> UUID:
    refuse_faults(meaning.of_client(new, today=call.today))
    return writing.add_client(call, new, events=0).client_id


def open_episode(call: Call, client_id: UUID, new: NewEpisode) -> UUID:
    refuse_faults(meaning.of_episode(new, today=call.today))
    client = reading.a_client(call, client_id)
    return writing.add_episode(call, call.keys_of(client.id, events=0), new).id


def amend_episode(call: Call, episode_id: UUID, change: EpisodeChange, version: int) -> Episode:
    row = an_episode(call, episode_id)
    if row.row_version != version:
        raise Stale(CHANGED)
    client = call.keys_of(row.client_id, events=0)
    changed = amended(reading.episode_of(client, row), change)
    refuse_faults(meaning.of_ending(changed, today=call.today))
    return reading.episode_of(client, writing.change_episode(call, client, row, changed))


def amended(episode: Episode, change: EpisodeChange) -> NewEpisode:
    """Put a change onto an episode; what it leaves out stays."""
    return NewEpisode(
        service=episode.service,
        law_basis=episode.law_basis,
        decided_on=episode.decided_on,
        started_on=episode.started_on,
        diagnosis=episode.diagnosis,
        ended_on=change.ended_on or episode.ended_on,
        end_reason=change.end_reason or episode.end_reason,
        next_step=change.next_step or episode.next_step,
    )


def record_assessment(
    call: Call,
    episode_id: UUID,
    new: NewAssessment,
    correction: Correction | None = None,
    found_before: Iterable[Fault] = (),
) -> Receipt:
    episode, starts = episode_of(call, episode_id, new)
    faults = meaning.of_assessment(
        new, service=episode.service, started_on=episode.started_on, today=call.today
    )
    refuse_faults(chain(found_before, faults))
    client = call.keys_of(episode.client_id, events=1)
    scored = scoring.score(new, agreed_goals(client, starts))
    recorded = writing.add_assessment(call, client, episode, new, scored, correction)
    return append(call, recorded)


def episode_of(
    call: Call, episode_id: UUID, new: NewAssessment
) -> tuple[EpisodeRow, list[AssessmentRow]]:
    """Give the caller's own episode; for goals, with the starts by which an end is judged."""
    own = (call.session, call.provider_id, episode_id)
    if new.goals is not None:
        found = episodes.with_starts(*own, new.instrument)
    else:
        episode = episodes.find(*own)
        found = (episode, []) if episode else None
    if found is None:
        raise NotFound("no such episode")
    return found


def correct_assessment(call: Call, assessment_id: UUID, new: NewAssessment, reason: str) -> Receipt:
    row = an_assessment(call, assessment_id)
    if assessments.versions(call.session, [row.root_id])[row.root_id] != row.version:
        raise Conflict("this version was corrected since: correct the newest one")
    correction = Correction(row.root_id, row.version, reason)
    faults = meaning.of_correction(new, reason, instrument=row.instrument, occasion=row.occasion)
    return record_assessment(call, row.episode_id, new, correction, faults)


def append(call: Call, recorded: Recorded) -> Receipt:
    [logged] = log.append(call.session, call.now, [recorded.entry])
    return Receipt(
        id=recorded.row.id,
        log_index=logged.index,
        leaf_hash=logged.leaf_hash.hex(),
        alerts=recorded.alerts,
    )


def receipt_again(call: Call, assessment_id: UUID) -> Receipt:
    """Give the receipt that was given when the assessment was recorded."""
    row = an_assessment(call, assessment_id)
    content = reading.opened(call.held(row.client_id), row)
    logged = log.appended(call.session, [row.act_id])[row.act_id]
    return Receipt(
        id=row.id,
        log_index=logged.index,
        leaf_hash=logged.leaf_hash.hex(),
        alerts=scoring.alerts_of(row.instrument, row.edition, content),
    )
