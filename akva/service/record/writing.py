"""Writes the provider's own record within a transaction: everything personal sealed, then a row.

What comes here was found meaningful before.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import UUID

from akva.model.ids import new_id
from akva.service.call import OWN, Call, ClientKeys
from akva.service.record.scoring import Outcome
from akva.service.submissions import NewAssessment, NewClient, NewEpisode
from akva.storage import assessments, clients, episodes, keys
from akva.storage.assessments import AssessmentRow
from akva.storage.episodes import EpisodeRow
from akva.storage.log import Entry
from akva.vault.datakeys import Wanted
from akva.vault.envelope import Place
from akva.vault.sealing import seal


@dataclass(frozen=True, slots=True)
class Recorded:
    """An assessment written in this transaction, and its leaf, still to be appended."""

    row: AssessmentRow
    alerts: tuple[str, ...]
    entry: Entry


@dataclass(frozen=True, slots=True)
class Correction:
    """Which version is replaced, and why: the next version of the same root is written."""

    root_id: UUID
    replaces: int
    reason: str = field(repr=False)


def plain(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def add_client(call: Call, new: NewClient, *, events: int) -> ClientKeys:
    """Write a client with its two keys; what identifies it is indexed blind, per provider."""
    client_id, provider_id = new_id(), call.provider_id
    client, rows = make_keys(call, client_id)
    place = Place("clients", "sealed", client_id, provider_id, client_id)
    indexes = call.vault.indexes
    row = clients.ClientRow(
        id=client_id,
        provider_id=provider_id,
        identity_index=indexes.identity(provider_id, new.hetu) if new.hetu else None,
        reference_index=indexes.reference(provider_id, new.reference) if new.reference else None,
        sealed=seal(plain(asdict(new)), client.record, place),
    )
    clients.add(call.session, row, call.now)
    keys.add(call.session, rows, call.now, numbers=events)
    return client


def make_keys(call: Call, client_id: UUID) -> tuple[ClientKeys, list[keys.KeyRow]]:
    wanted = [Wanted(client_id, purpose, 1, None) for purpose in OWN]
    record, audit = call.vault.datakeys.take(wanted)
    rows = [
        keys.KeyRow(
            client_id=client_id,
            provider_id=call.provider_id,
            purpose=purpose,
            version=1,
            wrapped=key.wrapped,
        )
        for purpose, key in zip(OWN, (record, audit), strict=True)
    ]
    return ClientKeys(client_id, record, audit, count()), rows


def add_episode(call: Call, client: ClientKeys, new: NewEpisode) -> EpisodeRow:
    episode_id = new_id()
    place = Place("episodes", "sealed", episode_id, call.provider_id, client.client_id)
    row = EpisodeRow(
        id=episode_id,
        provider_id=call.provider_id,
        client_id=client.client_id,
        service=new.service,
        decided_on=new.decided_on,
        started_on=new.started_on,
        ended_on=new.ended_on,
        sealed=seal(kept(new), client.record, place),
    )
    episodes.add(call.session, row, call.now)
    return row


def kept(episode: NewEpisode) -> bytes:
    """Write what of an episode is sealed."""
    return plain(
        {
            "law_basis": episode.law_basis,
            "diagnosis": episode.diagnosis,
            "end_reason": episode.end_reason,
            "next_step": episode.next_step,
        }
    )


def change_episode(
    call: Call, client: ClientKeys, row: EpisodeRow, changed: NewEpisode
) -> EpisodeRow:
    """Seal an episode anew as its next version; raises Stale where another came before."""
    version = row.row_version + 1
    place = Place("episodes", "sealed", row.id, row.provider_id, row.client_id, row_version=version)
    sealed = seal(kept(changed), client.record, place)
    following = replace(row, ended_on=changed.ended_on, sealed=sealed, row_version=version)
    episodes.change(call.session, following)
    return following


def add_assessment(
    call: Call,
    client: ClientKeys,
    episode: EpisodeRow,
    new: NewAssessment,
    scored: Outcome,
    correction: Correction | None = None,
) -> Recorded:
    row_id, act_id = new_id(), new_id()
    version = correction.replaces + 1 if correction else 1
    content = content_of(new, scored, correction)
    place = Place(
        "assessments", "sealed", row_id, episode.provider_id, client.client_id, row_version=version
    )
    row = AssessmentRow(
        id=row_id,
        root_id=correction.root_id if correction else row_id,
        version=version,
        provider_id=episode.provider_id,
        client_id=client.client_id,
        episode_id=episode.id,
        instrument=new.instrument,
        edition=scored.edition,
        occasion=new.occasion,
        answered_on=new.answered_on,
        sealed=seal(plain(content), client.record, place),
        recorded_at=call.now,
        act_id=act_id,
    )
    assessments.add(call.session, [row])
    entry = client.entry("assessment.recorded", call.actor, act_id, leaf_payload(row))
    return Recorded(row, scored.alerts, entry)


def content_of(
    new: NewAssessment, scored: Outcome, correction: Correction | None
) -> dict[str, Any]:
    """Keep what was given and how it was read, so that it can be scored again; and the result."""
    content = {
        "answers": new.answers,
        "goals": new.goals,
        "mode": new.mode,
        "not_scored": new.not_scored,
        "result": scored.result,
        "rule": new.rule,
        "coding": new.coding,
    }
    return content | ({"reason": correction.reason} if correction else {})


def leaf_payload(row: AssessmentRow) -> dict[str, str | int | bool]:
    """Say what was recorded; the row's hash lets a check see an older ciphertext put back."""
    return {
        "assessment": str(row.id),
        "episode": str(row.episode_id),
        "instrument": row.instrument,
        "occasion": row.occasion,
        "version": row.version,
        "row": sha256(row.sealed).hexdigest(),
    }
