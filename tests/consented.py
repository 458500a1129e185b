"""Consent on top of a stored course, recorded as the use case records it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from akva.model.ids import new_id
from akva.storage import consents, log
from akva.storage.consents import Filing, StateRow
from consent import REPORT_TO_KELA, Event, Granted, History, Verified, state_of
from tests.stored import Course, add_course, entry

DAY = timedelta(days=1)


def add_consent(session: Session, now: datetime, course: Course, events: Sequence[Event]) -> None:
    """Record events as the use case does: each with its leaf and the state that follows."""
    known = consents.histories(session, [course.episode_id], REPORT_TO_KELA)
    said = list(known.get(course.episode_id, History(())).events)
    for event in events:
        act_id = new_id()
        filing = Filing(
            event=event,
            provider_id=course.provider.id,
            client_id=course.client_id,
            episode_id=course.episode_id,
            sealed=None,
            act_id=act_id,
        )
        consents.add_event(session, filing)
        said.append(event)
        current = consents.lock_state(session, course.episode_id, event.purpose)
        following = state_row(course, said, epoch=current.epoch + 1 if current else 1)
        consents.put_state(session, following)
        kind = f"consent.{type(event).__name__.lower()}"
        log.append(session, now, [entry(act_id, kind, course.client_id)])


def state_row(course: Course, events: Sequence[Event], *, epoch: int) -> StateRow:
    state = state_of(History(tuple(events)), REPORT_TO_KELA)
    return StateRow(
        episode_id=course.episode_id,
        purpose=REPORT_TO_KELA,
        provider_id=course.provider.id,
        client_id=course.client_id,
        state=state.name,
        epoch=epoch,
        event_id=state.event_id,
        valid_from=state.valid_from,
        valid_to=state.valid_to,
    )


def permitted(course: Course, now: datetime) -> list[Event]:
    """Give a written grant from yesterday on, verified by a second person."""
    grant = Granted(
        id=new_id(),
        purpose=REPORT_TO_KELA,
        valid_from=now - DAY,
        recorded_at=now,
        recorded_by=course.recorder,
        written=True,
    )
    return [grant, verified(course, grant, now)]


def verified(course: Course, grant: Event, now: datetime) -> Verified:
    return Verified(
        id=new_id(),
        purpose=REPORT_TO_KELA,
        valid_from=now,
        recorded_at=now,
        recorded_by=course.verifier,
        grant_id=grant.id,
    )


def permitted_course(session: Session, now: datetime, code: str = "prov-1") -> Course:
    course = add_course(session, now, code)
    add_consent(session, now, course, permitted(course, now))
    return course


def state_in(session: Session, course: Course) -> consents.StateRow:
    return consents.states(session, [course.episode_id], REPORT_TO_KELA)[course.episode_id]
