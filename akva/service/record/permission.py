"""Files one consent event within a transaction: the event, its leaf, and the state that follows."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from akva.model.ids import new_id
from akva.service.call import Call, ClientKeys
from akva.storage import consents
from akva.storage.consents import Filing, StateRow
from akva.storage.episodes import EpisodeRow
from akva.storage.log import Entry
from akva.vault.envelope import Place
from akva.vault.sealing import seal
from consent import Event, Evidence, Granted, History, Verified, state_of

KINDS: Mapping[str, str] = {
    "Asked": "consent.asked",
    "Granted": "consent.granted",
    "Refused": "consent.refused",
    "Verified": "consent.verified",
    "Withdrawn": "consent.withdrawn",
}


@dataclass(frozen=True, slots=True)
class Filed:
    """A consent event written in this transaction, the state after it, and its leaf to append."""

    event_id: UUID
    state: str
    entry: Entry


def file(
    call: Call,
    client: ClientKeys,
    episode: EpisodeRow,
    event: Event,
    evidence: Evidence | None = None,
) -> Filed:
    """Write the event and the state; what the evidence says is sealed with the audit key."""
    current = consents.lock_state(call.session, episode.id, event.purpose)
    known = consents.histories(call.session, [episode.id], event.purpose)
    history = known.get(episode.id, History(()))
    act_id = new_id()
    filing = Filing(
        event=event,
        provider_id=episode.provider_id,
        client_id=episode.client_id,
        episode_id=episode.id,
        sealed=sealed_evidence(client, episode, event, evidence),
        act_id=act_id,
    )
    consents.add_event(call.session, filing)
    state = state_of(History((*history.events, event)), event.purpose)
    row = StateRow(
        episode_id=episode.id,
        purpose=event.purpose,
        provider_id=episode.provider_id,
        client_id=episode.client_id,
        state=state.name,
        epoch=current.epoch + 1 if current else 1,
        event_id=state.event_id,
        valid_from=state.valid_from,
        valid_to=state.valid_to,
    )
    consents.put_state(call.session, row)
    kind = KINDS[type(event).__name__]
    entry = client.entry(kind, call.actor, act_id, payload(event, episode, row))
    return Filed(event.id, state.name, entry)


def sealed_evidence(
    client: ClientKeys, episode: EpisodeRow, event: Event, evidence: Evidence | None
) -> bytes | None:
    if evidence is None:
        return None
    place = Place("consent_events", "sealed", event.id, episode.provider_id, episode.client_id)
    plain: dict[str, Any] = asdict(evidence)
    return seal(json.dumps(plain, sort_keys=True, default=str).encode(), client.audit, place)


def payload(event: Event, episode: EpisodeRow, state: StateRow) -> dict[str, str | int | bool]:
    """Say what happened, by ids and days; the evidence itself stays sealed in its row."""
    return {
        **facts(event),
        "episode": str(episode.id),
        "state": state.state,
        "epoch": state.epoch,
    }


def facts(event: Event) -> dict[str, str | int | bool]:
    """Say what of an event its leaf commits to."""
    said: dict[str, str | int | bool] = {
        "event": str(event.id),
        "purpose": event.purpose,
        "valid_from": event.valid_from.isoformat(),
        "recorded_by": str(event.recorded_by),
    }
    if isinstance(event, Granted):
        said["written"] = event.written
    if isinstance(event, Verified):
        said["grant"] = str(event.grant_id)
    return said
