"""A database with at least one row in every table."""

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from akva.model.actors import Role
from akva.model.ids import new_id
from akva.storage import ledger, log, releases
from akva.storage.callers import tokens
from akva.storage.callers.tokens import TokenRow
from akva.storage.releases import ReleaseRow, StepRow
from akva.storage.tables.record import idempotency
from tests.consented import permitted_course, state_in
from tests.stored import Course, add_actor, add_refusal, add_report, entry, report_under

BODY = b'{"tables":[]}'


def draft_of(drafter: UUID, now: datetime, *, round_: str = "2026") -> ReleaseRow:
    return ReleaseRow(
        id=new_id(),
        programme="services",
        version=1,
        round=round_,
        body=BODY,
        digest=sha256(BODY).hexdigest(),
        reports=1,
        reports_root=sha256(b"root").digest(),
        refusals="{}",
        drafted_by=drafter,
        drafted_at=now,
    )


def step_of(
    release: ReleaseRow, kind: str, actor_id: UUID, now: datetime, audience: str | None = None
) -> StepRow:
    return StepRow(
        id=new_id(),
        release_id=release.id,
        kind=kind,
        actor_id=actor_id,
        audience=audience,
        at=now,
        act_id=new_id(),
    )


def add_draft(session: Session, now: datetime, drafter: UUID) -> ReleaseRow:
    release = draft_of(drafter, now)
    step = step_of(release, "drafted", drafter, now)
    releases.add(session, release, step)
    log.append(session, now, [entry(step.act_id, "release.drafted")])
    return release


def approve(session: Session, now: datetime, release: ReleaseRow, actor_id: UUID) -> None:
    step = step_of(release, "approved", actor_id, now, "public")
    releases.add_step(session, step)
    log.append(session, now, [entry(step.act_id, "release.approved")])


def add_token(session: Session, now: datetime, actor_id: UUID) -> TokenRow:
    row = TokenRow(
        id=new_id(),
        actor_id=actor_id,
        digest=sha256(actor_id.bytes).digest(),
        made_at=now,
        expires_at=now + timedelta(days=1),
        made_by=actor_id,
        act_id=new_id(),
    )
    tokens.add(session, row)
    log.append(session, now, [entry(row.act_id, "admin.changed")])
    return row


def revoke_token(session: Session, now: datetime, token_id: UUID) -> None:
    act_id = new_id()
    tokens.revoke(session, token_id, act_id=act_id, now=now)
    log.append(session, now, [entry(act_id, "admin.changed")])


def fill(session: Session, now: datetime) -> Course:
    """Walk once through everything that storage keeps."""
    course = permitted_course(session, now)
    add_report(session, now, report_under(course, state_in(session, course), now))
    add_refusal(session, now, course, "CONSENT_MISSING")
    drafter, approver = (add_actor(session, now, Role.PUBLISHER) for _ in range(2))
    approve(session, now, add_draft(session, now, drafter), approver)
    revoke_token(session, now, add_token(session, now, drafter).id)
    add_token(session, now, approver)
    head = log.head(session)
    ledger.add_checkpoint(session, head.size, "a signed note\n")
    remembered = {
        "actor_id": course.recorder,
        "key": "k-1",
        "fingerprint": sha256(b"request").digest(),
        "result_id": course.assessment_id,
        "created_at": now,
    }
    session.execute(insert(idempotency).values(remembered))
    return course
