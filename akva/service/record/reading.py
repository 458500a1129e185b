"""Reads the provider's own record within a transaction: opens what was sealed."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from akva.errors import NotFound
from akva.model.assessments import Assessment, Mode, NotScored
from akva.model.clients import Client, Sex
from akva.model.episodes import Episode
from akva.service.call import Call, ClientKeys
from akva.storage import assessments, clients, episodes
from akva.storage.assessments import AssessmentRow
from akva.storage.clients import ClientRow
from akva.storage.episodes import EpisodeRow
from akva.vault.envelope import Place
from akva.vault.opening import open_all


def agreed_goals(
    client: ClientKeys, starts: Sequence[AssessmentRow]
) -> tuple[Mapping[str, Any], ...]:
    """Read the goals set at the start, by which an end is judged."""
    goal_starts = [row for row in starts if row.instrument == "gas"]
    return tuple(opened(client, goal_starts[-1])["goals"] or ()) if goal_starts else ()


def read_client(call: Call, client_id: UUID) -> Client:
    """Open one of the caller's own clients; raises NotFound for any other."""
    row = a_client(call, client_id)
    return client_of(call.held(row.id), row)


def read_episode(call: Call, episode_id: UUID) -> Episode:
    """Open one of the caller's own episodes; raises NotFound for any other."""
    row = an_episode(call, episode_id)
    return episode_of(call.held(row.client_id), row)


def read_assessment(call: Call, assessment_id: UUID) -> Assessment:
    """Open one of the caller's own assessments; raises NotFound for any other."""
    row = an_assessment(call, assessment_id)
    return assessment_of(call.held(row.client_id), row)


def a_client(call: Call, client_id: UUID) -> ClientRow:
    """Find the caller's own client; another provider's is unknown."""
    row = clients.find(call.session, call.provider_id, client_id)
    if row is None:
        raise NotFound("no such client")
    return row


def an_episode(call: Call, episode_id: UUID) -> EpisodeRow:
    """Find the caller's own episode; another provider's is as unknown as one that never was."""
    row = episodes.find(call.session, call.provider_id, episode_id)
    if row is None:
        raise NotFound("no such episode")
    return row


def an_assessment(call: Call, assessment_id: UUID) -> AssessmentRow:
    """Find the caller's own assessment; another provider's is unknown."""
    rows = assessments.find(call.session, call.provider_id, [assessment_id])
    if not rows:
        raise NotFound("no such assessment")
    return rows[0]


def client_of(client: ClientKeys, row: ClientRow) -> Client:
    place = Place("clients", "sealed", row.id, row.provider_id, row.id, row_version=row.row_version)
    content = unsealed(client, row.sealed, place)
    return Client(
        id=row.id,
        provider_id=row.provider_id,
        identified=content["hetu"] is not None,
        reference=content["reference"],
        birth_year=content["birth_year"],
        sex=Sex(content["sex"]),
        area=content["area"],
        version=row.row_version,
    )


def episode_of(client: ClientKeys, row: EpisodeRow) -> Episode:
    place = Place(
        "episodes", "sealed", row.id, row.provider_id, row.client_id, row_version=row.row_version
    )
    content = unsealed(client, row.sealed, place)
    return Episode(
        id=row.id,
        provider_id=row.provider_id,
        client_id=row.client_id,
        service=row.service,
        decided_on=row.decided_on,
        started_on=row.started_on,
        ended_on=row.ended_on,
        version=row.row_version,
        law_basis=content["law_basis"],
        diagnosis=content["diagnosis"],
        end_reason=content["end_reason"],
        next_step=content["next_step"],
    )


def assessment_of(client: ClientKeys, row: AssessmentRow) -> Assessment:
    content = opened(client, row)
    goals = content["goals"]
    return Assessment(
        id=row.id,
        root_id=row.root_id,
        provider_id=row.provider_id,
        client_id=row.client_id,
        episode_id=row.episode_id,
        instrument=row.instrument,
        edition=row.edition,
        occasion=row.occasion,
        answered_on=row.answered_on,
        mode=Mode(content["mode"]),
        answers=content["answers"],
        goals=None if goals is None else tuple(goals),
        not_scored=content["not_scored"] and NotScored(content["not_scored"]),
        result=content["result"],
        version=row.version,
        coding=content.get("coding", "raw"),  # rows of the first program have none
        reason=content.get("reason"),
    )


def opened(client: ClientKeys, row: AssessmentRow) -> dict[str, Any]:
    place = Place(
        "assessments", "sealed", row.id, row.provider_id, row.client_id, row_version=row.version
    )
    return unsealed(client, row.sealed, place)


def unsealed(client: ClientKeys, sealed: bytes, place: Place) -> dict[str, Any]:
    [content] = open_all([(sealed, client.record, place)])
    found: dict[str, Any] = json.loads(content)
    return found
