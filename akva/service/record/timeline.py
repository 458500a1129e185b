"""What was said of a client's permission, and what holds of it, at two times of one's choice.

One time says when it holds, the other what was known: who audits can judge by what stood then.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from akva.errors import NotFound
from akva.model.actors import Role
from akva.service.call import Call
from akva.service.record.permission import KINDS
from akva.storage import clients, consents, episodes
from akva.storage.consents import Filing
from consent import REPORT_TO_KELA, Event, Granted, History, Permit, Verdict, Verified, decide


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentEvent:
    """One event as it is told: never its evidence. `written` and `valid_to` are of a grant alone.

    `grant_id` is what a verification confirms.
    """

    id: UUID
    client_id: UUID
    episode_id: UUID
    kind: str
    purpose: str
    valid_from: datetime
    recorded_at: datetime
    recorded_by: UUID
    written: bool | None = None
    valid_to: datetime | None = None
    grant_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeVerdict:
    """What the gate would say of an episode; `event_id` is what would permit it."""

    episode_id: UUID
    permitted: bool
    code: str | None
    next_step: str | None
    event_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    as_valid: datetime
    as_known: datetime
    events: tuple[ConsentEvent, ...]
    verdicts: tuple[EpisodeVerdict, ...]


def timeline(
    call: Call, client_id: UUID, *, as_valid: datetime | None, as_known: datetime | None
) -> Timeline:
    """Judge each episode of a client at `as_valid`, by what was recorded until `as_known`."""
    found = episodes.of_client(call.session, owner(call, client_id), client_id)
    valid, known = as_valid or call.now, as_known or call.now
    said = consents.filings(call.session, [episode.id for episode in found])
    heard = [one for one in said if one.event.recorded_at <= known]
    events: dict[UUID, list[Event]] = {episode.id: [] for episode in found}
    for one in heard:
        events[one.episode_id].append(one.event)
    return Timeline(
        as_valid=valid,
        as_known=known,
        events=tuple(told(one) for one in heard),
        verdicts=tuple(
            judged(
                episode_id,
                decide(History(tuple(own)), REPORT_TO_KELA, at=valid, known_at=known),
            )
            for episode_id, own in events.items()
        ),
    )


def owner(call: Call, client_id: UUID) -> UUID:
    """Tell whose client this is: the caller's own, or for an auditor anybody's; NotFound."""
    whose = clients.owner(call.session, client_id)
    if whose is None or (call.actor.role is not Role.AUDITOR and whose != call.provider_id):
        raise NotFound("no such client")
    return whose


def judged(episode_id: UUID, verdict: Verdict) -> EpisodeVerdict:
    if isinstance(verdict, Permit):
        return EpisodeVerdict(
            episode_id=episode_id,
            permitted=True,
            code=None,
            next_step=None,
            event_id=verdict.event_id,
        )
    return EpisodeVerdict(
        episode_id=episode_id,
        permitted=False,
        code=verdict.code,
        next_step=verdict.next_step,
        event_id=None,
    )


def read_event(call: Call, event_id: UUID) -> ConsentEvent:
    return told(an_event(call, event_id))


def an_event(call: Call, event_id: UUID) -> Filing:
    """Find an event of the caller's own clients; raises NotFound for any other."""
    filing = consents.find_event(call.session, call.provider_id, event_id)
    if filing is None:
        raise NotFound("no such consent event")
    return filing


def told(filing: Filing) -> ConsentEvent:
    event = filing.event
    return ConsentEvent(
        id=event.id,
        client_id=filing.client_id,
        episode_id=filing.episode_id,
        kind=KINDS[type(event).__name__].removeprefix("consent."),
        purpose=event.purpose,
        valid_from=event.valid_from,
        recorded_at=event.recorded_at,
        recorded_by=event.recorded_by,
        written=event.written if isinstance(event, Granted) else None,
        valid_to=event.valid_to if isinstance(event, Granted) else None,
        grant_id=event.grant_id if isinstance(event, Verified) else None,
    )
