"""A course as storage sees it, with arbitrary bytes where the vault would seal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy.orm import Session

from akva.model.actors import Actor, Provider, Role
from akva.model.episodes import Occasion
from akva.model.ids import new_id
from akva.storage import (
    assessments,
    clients,
    episodes,
    keys,
    log,
    register_keys,
    reports,
    subjects,
)
from akva.storage.assessments import AssessmentRow
from akva.storage.callers import actors
from akva.storage.consents import StateRow
from akva.storage.log import Entry
from akva.storage.reports import RefusalRow, ReportRow
from consent import REPORT_TO_KELA

SEALED = b"sealed bytes"
ENDED_ON = date(2026, 10, 30)


@dataclass(frozen=True, slots=True)
class Sealed:
    """Stands where the vault's commitment stands; random-looking, and different at each index."""

    index: int

    @property
    def tag(self) -> bytes:
        return sha256(b"tag %d" % self.index).digest()

    @property
    def commitment(self) -> bytes:
        return sha256(b"commitment %d" % self.index).digest()

    @property
    def ciphertext(self) -> bytes:
        return b"ciphertext %d" % self.index


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    provider: Provider
    recorder: UUID
    verifier: UUID
    client_id: UUID
    episode_id: UUID
    assessment_id: UUID
    subject_id: UUID


def entry(act_id: UUID, kind: str, client_id: UUID | None = None) -> Entry:
    return Entry(act_id=act_id, kind=kind, org="akva", client_id=client_id, seal=Sealed)


def add_provider(session: Session, now: datetime, code: str) -> Provider:
    provider, act_id = Provider(id=new_id(), code=code, name=code.title()), new_id()
    actors.add_provider(session, provider, act_id=act_id, now=now)
    log.append(session, now, [entry(act_id, "admin.changed")])
    return provider


def add_actor(session: Session, now: datetime, role: Role, provider_id: UUID | None = None) -> UUID:
    actor, act_id = Actor(id=new_id(), role=role, provider_id=provider_id), new_id()
    actors.add_actor(session, actor, name=SEALED, act_id=act_id, now=now)
    log.append(session, now, [entry(act_id, "admin.changed")])
    return actor.id


def add_client(session: Session, now: datetime, provider_id: UUID) -> UUID:
    client_id = new_id()
    row = clients.ClientRow(
        id=client_id,
        provider_id=provider_id,
        identity_index=client_id.bytes,
        reference_index=None,
        sealed=SEALED,
    )
    clients.add(session, row, now)
    made = [
        keys.KeyRow(
            client_id=client_id, provider_id=provider_id, purpose=purpose, version=1, wrapped=SEALED
        )
        for purpose in ("record", "audit")
    ]
    keys.add(session, made, now)
    return client_id


def add_episode(
    session: Session, now: datetime, provider_id: UUID, *, client_id: UUID
) -> episodes.EpisodeRow:
    row = episodes.EpisodeRow(
        id=new_id(),
        provider_id=provider_id,
        client_id=client_id,
        service="AKSE",
        decided_on=date(2026, 1, 8),
        started_on=date(2026, 2, 2),
        ended_on=ENDED_ON,
        sealed=SEALED,
    )
    episodes.add(session, row, now)
    return row


def add_assessment(session: Session, now: datetime, episode: episodes.EpisodeRow) -> UUID:
    row_id, act_id = new_id(), new_id()
    row = AssessmentRow(
        id=row_id,
        root_id=row_id,
        version=1,
        provider_id=episode.provider_id,
        client_id=episode.client_id,
        episode_id=episode.id,
        instrument="bdi-21",
        edition="1961",
        occasion=Occasion.START,
        answered_on=date(2026, 2, 3),
        sealed=SEALED,
        recorded_at=now,
        act_id=act_id,
    )
    assessments.add(session, [row])
    log.append(session, now, [entry(act_id, "assessment.recorded", episode.client_id)])
    return row_id


def add_correction(session: Session, now: datetime, course: Course) -> AssessmentRow:
    """Write a second version of the course's assessment."""
    [first] = assessments.find(session, course.provider.id, [course.assessment_id])
    row = replace(first, id=new_id(), version=2, act_id=new_id(), sealed=b"corrected")
    assessments.add(session, [row])
    log.append(session, now, [entry(row.act_id, "assessment.recorded", course.client_id)])
    return row


def add_course(session: Session, now: datetime, code: str = "prov-1") -> Course:
    """Write all that a report needs but its consent."""
    provider = add_provider(session, now, code)
    client_id = add_client(session, now, provider.id)
    episode = add_episode(session, now, provider.id, client_id=client_id)
    key = register_keys.RegisterKeyRow(
        episode_id=episode.id, provider_id=provider.id, version=1, wrapped=SEALED
    )
    register_keys.add(session, key, now)
    return Course(
        provider=provider,
        recorder=add_actor(session, now, Role.PROVIDER, provider.id),
        verifier=add_actor(session, now, Role.VERIFIER, provider.id),
        client_id=client_id,
        episode_id=episode.id,
        assessment_id=add_assessment(session, now, episode),
        subject_id=subjects.find_or_add(session, client_id.bytes, now),
    )


def report_under(course: Course, state: StateRow, accepted_at: datetime) -> ReportRow:
    """Make a report as one would who saw this state."""
    return ReportRow(
        id=new_id(),
        provider_id=course.provider.id,
        subject_id=course.subject_id,
        episode_id=course.episode_id,
        assessment_id=course.assessment_id,
        purpose=REPORT_TO_KELA,
        consent_event_id=state.event_id,
        consent_epoch=state.epoch,
        service="AKSE",
        instrument="bdi-21",
        occasion=Occasion.START,
        answered_on=date(2026, 2, 3),
        accepted_at=accepted_at,
        supersedes=None,
        key_version=1,
        sealed=SEALED,
        act_id=new_id(),
    )


def add_report(
    session: Session,
    now: datetime,
    row: ReportRow,
    keys: Mapping[UUID, register_keys.RegisterKeyRow] | None = None,
) -> None:
    reports.add(session, [row], keys=keys)
    log.append(session, now, [entry(row.act_id, "report.accepted")])


def add_refusal(session: Session, now: datetime, course: Course, code: str) -> None:
    row = RefusalRow(
        id=new_id(),
        provider_id=course.provider.id,
        episode_id=course.episode_id,
        assessment_id=course.assessment_id,
        purpose=REPORT_TO_KELA,
        code=code,
        refused_at=now,
        act_id=new_id(),
    )
    reports.add(session, [], refused=[row])
    log.append(session, now, [entry(row.act_id, "report.refused", course.client_id)])
