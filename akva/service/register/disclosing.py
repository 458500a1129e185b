"""What passes the gate: from an admitted assessment to a report sealed with the register's key."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from akva.model.ids import new_id
from akva.model.reports import Content
from akva.service.call import Call, ClientKeys
from akva.service.register.content import content_of
from akva.service.register.drafts import Drafts
from akva.storage import clients, episodes, subjects
from akva.storage.assessments import AssessmentRow
from akva.storage.clients import ClientRow
from akva.storage.consents import Standing
from akva.storage.episodes import EpisodeRow
from akva.storage.log import Entry
from akva.storage.register_keys import RegisterKeyRow
from akva.storage.reports import RefusalRow, ReportRow
from akva.vault.envelope import Place
from akva.vault.opening import open_all
from akva.vault.sealing import seal
from consent import REPORT_TO_KELA, Consented, Permit, Refuse
from consent.verdicts import refusal

IDENTITY_NEEDED = Refuse(
    "IDENTITY_NEEDED", "Add the client's personal identity code, then report again."
)


def worded(code: str) -> Refuse:
    """Word a refusal that was recorded by its code."""
    return IDENTITY_NEEDED if code == IDENTITY_NEEDED.code else refusal(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One row for the register or the list of refusals, with its leaf still to be appended."""

    row: ReportRow | RefusalRow
    entry: Entry
    verdict: Refuse | None = None
    fresh: RegisterKeyRow | None = None


def refuse(call: Call, client: ClientKeys, row: AssessmentRow, verdict: Refuse) -> Decided:
    """Turn an assessment away: a code and a leaf, no measure."""
    act_id = new_id()
    refusal = RefusalRow(
        id=new_id(),
        provider_id=row.provider_id,
        episode_id=row.episode_id,
        assessment_id=row.id,
        purpose=REPORT_TO_KELA,
        code=verdict.code,
        refused_at=call.now,
        act_id=act_id,
    )
    payload = {"assessment": str(row.id), "episode": str(row.episode_id), "code": verdict.code}
    entry = client.entry("report.refused", call.actor, act_id, payload)
    return Decided(row=refusal, entry=entry, verdict=verdict)


@dataclass(frozen=True, slots=True)
class Opened:
    """A client's record opened for one disclosure: the person, the courses, the assessments."""

    person: Mapping[str, Any]
    courses: Mapping[UUID, Mapping[str, Any]]
    assessments: Mapping[UUID, Mapping[str, Any]]


def disclose(
    call: Call,
    client: ClientKeys,
    drafts: Consented[Drafts],
    standing: Mapping[UUID, Standing],
) -> list[Decided]:
    """Report what was admitted; without a personal identity code nothing can be."""
    rows = drafts.block.rows
    if not rows:
        return []
    courses = episodes.find_many(call.session, call.provider_id, {row.episode_id for row in rows})
    person = clients.find(call.session, call.provider_id, client.client_id)
    opened = open_record(client, [person] if person else [], courses, rows)
    if opened.person["hetu"] is None:
        return [refuse(call, client, row, IDENTITY_NEEDED) for row in rows]
    index = call.vault.indexes.register(opened.person["hetu"])
    subject_id = subjects.find_or_add(call.session, index, call.now)
    return [
        report_one(
            Draft(
                row,
                courses[row.episode_id],
                subject_id,
                drafts.permits[row.episode_id],
                standing[row.episode_id].state.epoch,
            ),
            call=call,
            client=client,
            content=content_of(
                row,
                courses[row.episode_id],
                person=opened.person,
                course=opened.courses[row.episode_id],
                assessment=opened.assessments[row.id],
            ),
        )
        for row in rows
    ]


def open_record(
    client: ClientKeys,
    people: Sequence[ClientRow],
    courses: Mapping[UUID, EpisodeRow],
    rows: Sequence[AssessmentRow],
) -> Opened:
    sealed = [
        *((row.sealed, "clients", row.id, row.row_version) for row in people),
        *((row.sealed, "episodes", row.id, row.row_version) for row in courses.values()),
        *((row.sealed, "assessments", row.id, row.version) for row in rows),
    ]
    provider_id = rows[0].provider_id
    plain = open_all(
        [
            (
                bytes_,
                client.record,
                Place(table, "sealed", row_id, provider_id, client.client_id, row_version=version),
            )
            for bytes_, table, row_id, version in sealed
        ]
    )
    person, *rest = (json.loads(text) for text in plain)
    return Opened(
        person,
        dict(zip(courses, rest, strict=False)),
        dict(zip((row.id for row in rows), rest[len(courses) :], strict=True)),
    )


@dataclass(frozen=True, slots=True)
class Draft:
    row: AssessmentRow
    course: EpisodeRow
    subject_id: UUID
    permit: Permit
    epoch: int


def report_one(draft: Draft, *, call: Call, client: ClientKeys, content: Content) -> Decided:
    """Seal the report with the episode's register key, under the event that permits it."""
    row, key = draft.row, client.register[draft.row.episode_id]
    report_id, act_id = new_id(), new_id()
    place = Place("reports", "sealed", report_id, row.provider_id, None, row_version=1)
    report = ReportRow(
        id=report_id,
        provider_id=row.provider_id,
        subject_id=draft.subject_id,
        episode_id=row.episode_id,
        assessment_id=row.id,
        purpose=REPORT_TO_KELA,
        consent_event_id=draft.permit.event_id,
        consent_epoch=draft.epoch,
        service=draft.course.service,
        instrument=row.instrument,
        occasion=row.occasion,
        answered_on=row.answered_on,
        accepted_at=call.now,
        supersedes=None,
        key_version=key.slot.version,
        sealed=seal(json.dumps(asdict(content), sort_keys=True).encode(), key.key, place),
        act_id=act_id,
    )
    payload: dict[str, str | int | bool] = {
        "report": str(report_id),
        "assessment": str(row.id),
        "episode": str(row.episode_id),
        "consent": str(report.consent_event_id),
        "epoch": report.consent_epoch,
        "row": sha256(report.sealed).hexdigest(),
    }
    entry = client.entry("report.accepted", call.actor, act_id, payload)
    return Decided(row=report, entry=entry, fresh=key.fresh)
