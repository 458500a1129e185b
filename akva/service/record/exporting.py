"""Everything that is kept of a client, opened: what a provider hands out when it is asked for it.

Consents and reports come as plain texts and numbers, ready to be written down.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from akva.model.assessments import Assessment
from akva.model.clients import Client
from akva.model.episodes import Episode
from akva.service.call import Call, ClientKeys
from akva.service.record.permission import KINDS
from akva.service.record.reading import a_client, assessment_of, client_of, episode_of
from akva.storage import assessments, consents, episodes, reports
from akva.storage.consents import Filing
from akva.storage.reports import ReportRow
from akva.vault.datakeys import Purpose
from akva.vault.envelope import Place
from akva.vault.opening import open_all
from consent import Granted, Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRecord:
    """Every version of every assessment; of a report whose key is destroyed no content."""

    client: Client
    episodes: tuple[Episode, ...]
    assessments: tuple[Assessment, ...]
    consents: tuple[Mapping[str, Any], ...] = field(repr=False)
    reports: tuple[Mapping[str, Any], ...] = field(repr=False)


def read_record(call: Call, client_id: UUID) -> ClientRecord:
    """Open the record of one of the caller's own clients; raises NotFound."""
    row = a_client(call, client_id)
    keys = call.held(client_id)
    courses = episodes.of_client(call.session, call.provider_id, client_id)
    measured = assessments.of_client(call.session, call.provider_id, client_id)
    ids = [course.id for course in courses]
    return ClientRecord(
        client=client_of(keys, row),
        episodes=tuple(episode_of(keys, course) for course in courses),
        assessments=tuple(assessment_of(keys, one) for one in measured),
        consents=tuple(said(keys, one) for one in consents.filings(call.session, ids)),
        reports=disclosed(call, reports.of_episodes(call.session, ids)),
    )


def said(keys: ClientKeys, filing: Filing) -> Mapping[str, Any]:
    event = filing.event
    told: dict[str, Any] = {
        "id": str(event.id),
        "episode": str(filing.episode_id),
        "kind": KINDS[type(event).__name__].removeprefix("consent."),
        "purpose": event.purpose,
        "valid_from": event.valid_from.isoformat(),
        "recorded_at": event.recorded_at.isoformat(),
        "recorded_by": str(event.recorded_by),
    }
    if isinstance(event, Granted):
        told["written"] = event.written
        told["valid_to"] = event.valid_to and event.valid_to.isoformat()
        told["instruments"] = event.instruments and sorted(event.instruments)
    if isinstance(event, Verified):
        told["grant"] = str(event.grant_id)
    if filing.sealed is not None:
        place = Place("consent_events", "sealed", event.id, filing.provider_id, filing.client_id)
        [evidence] = open_all([(filing.sealed, keys.audit, place)])
        told["evidence"] = json.loads(evidence)
    return told


def disclosed(
    call: Call, found: Sequence[tuple[ReportRow, bytes | None]]
) -> tuple[Mapping[str, Any], ...]:
    return tuple(
        {
            "id": str(row.id),
            "episode": str(row.episode_id),
            "assessment": str(row.assessment_id),
            "consent": str(row.consent_event_id),
            "purpose": row.purpose,
            "service": row.service,
            "instrument": row.instrument,
            "occasion": row.occasion,
            "answered_on": row.answered_on.isoformat(),
            "accepted_at": row.accepted_at.isoformat(),
            "supersedes": row.supersedes and str(row.supersedes),
            "content": None if wrapped is None else content_of(call, row, wrapped),
        }
        for row, wrapped in found
    )


def content_of(call: Call, row: ReportRow, wrapped: bytes) -> Mapping[str, Any]:
    """Open the register's copy with the key of its episode."""
    key = call.vault.datakeys.unwrap(
        wrapped, owner=row.episode_id, purpose=Purpose.REGISTER, version=row.key_version
    )
    place = Place("reports", "sealed", row.id, row.provider_id, None, row_version=1)
    [text] = open_all([(row.sealed, key, place)])
    content: dict[str, Any] = json.loads(text)
    return content
