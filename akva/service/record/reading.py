"""Reads the provider's own record within a transaction: opens what was sealed."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from akva.errors import NotFound
from akva.model.assessments import Assessment, Mode, NotScored
from akva.service.call import Call, ClientKeys
from akva.storage import assessments
from akva.storage.assessments import AssessmentRow
from akva.vault.envelope import Place
from akva.vault.opening import open_all


def agreed_goals(
    client: ClientKeys, starts: Sequence[AssessmentRow]
) -> tuple[Mapping[str, Any], ...]:
    """Read the goals set at the start, by which an end is judged."""
    goal_starts = [row for row in starts if row.instrument == "gas"]
    return tuple(opened(client, goal_starts[-1])["goals"] or ()) if goal_starts else ()


def read_assessment(call: Call, assessment_id: UUID) -> Assessment:
    """Open one of the caller's own assessments; raises NotFound for any other."""
    rows = assessments.find(call.session, call.provider_id, [assessment_id])
    if not rows:
        raise NotFound("no such assessment")
    [row] = rows
    content = opened(call.held(row.client_id), row)
    goals = content["goals"]
    return Assessment(
        id=row.id,
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
    )


def opened(client: ClientKeys, row: AssessmentRow) -> dict[str, Any]:
    place = Place(
        "assessments", "sealed", row.id, row.provider_id, row.client_id, row_version=row.version
    )
    [content] = open_all([(row.sealed, client.record, place)])
    found: dict[str, Any] = json.loads(content)
    return found
