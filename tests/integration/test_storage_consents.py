"""Consent events come back as they were said; a state follows the one before it and no other."""

from dataclasses import replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from akva.errors import Conflict
from akva.model.ids import new_id
from akva.storage import consents
from akva.storage.consents import StateRow
from akva.storage.database import Database
from consent import (
    REPORT_TO_KELA,
    Asked,
    Event,
    Granted,
    History,
    Refused,
    Verified,
    Withdrawn,
)
from tests.consented import add_consent, permitted, permitted_course, state_in
from tests.stored import Course, add_course, add_provider

DAY = timedelta(days=1)


def every_kind(course: Course, now: datetime) -> list[Event]:
    """Give one event of each kind, with every field that a kind may have."""
    common: dict[str, Any] = {
        "purpose": REPORT_TO_KELA,
        "recorded_at": now,
        "recorded_by": course.recorder,
    }
    bounded = Granted(
        id=new_id(),
        valid_from=now - DAY,
        written=False,
        valid_to=now + DAY,
        instruments=frozenset({"gas", "bdi-21"}),
        **common,
    )
    return [
        Asked(id=new_id(), valid_from=now - DAY, **common),
        Refused(id=new_id(), valid_from=now, **common),
        bounded,
        Granted(id=new_id(), valid_from=now, written=True, instruments=frozenset(), **common),
        Granted(id=new_id(), valid_from=now, written=True, **common),
        Verified(id=new_id(), valid_from=now, grant_id=bounded.id, **common),
        Withdrawn(id=new_id(), valid_from=now, **common),
    ]


def test_every_event_comes_back_as_it_was_said(database: Database) -> None:
    course = database.write(add_course)

    def say(session: Session, now: datetime) -> list[Event]:
        events = every_kind(course, now)
        add_consent(session, now, course, events)
        return events

    said = database.write(say)
    histories = database.read(
        lambda session, _: consents.histories(
            session, [course.episode_id, new_id()], REPORT_TO_KELA
        )
    )
    found = database.read(
        lambda session, _: [
            consents.find_event(session, course.provider.id, event.id) for event in said
        ]
    )

    in_order = sorted(said, key=attrgetter("id"))  # recorded at one instant
    assert {course.episode_id: History(tuple(in_order))} == histories
    assert said == [filing.event for filing in found if filing]


def test_histories_keep_purposes_apart(database: Database) -> None:
    course = database.write(permitted_course)

    found = database.read(
        lambda session, _: consents.histories(session, [course.episode_id], "research-extract")
    )

    assert {} == found


def test_another_provider_s_event_is_not_there(database: Database) -> None:
    course = database.write(permitted_course)
    other = database.write(lambda session, now: add_provider(session, now, "prov-2"))

    def find(session: Session, _: datetime) -> consents.Filing | None:
        state = state_in(session, course)
        return consents.find_event(session, other.id, state.event_id)

    assert database.read(find) is None


def test_standing_gives_history_and_state_of_who_was_asked(database: Database) -> None:
    course = database.write(permitted_course)
    never_asked = database.write(lambda session, now: add_course(session, now, "prov-2"))
    ids = {course.episode_id, never_asked.episode_id}

    standing = database.read(lambda session, _: consents.standing(session, ids, REPORT_TO_KELA))

    assert {course.episode_id} == set(standing)
    known = standing[course.episode_id]
    assert ("granted", 2, 2) == (known.state.state, known.state.epoch, len(known.history.events))


def test_many_episodes_are_asked_for_in_batches(database: Database) -> None:
    """More ids than one statement could carry."""
    course = database.write(permitted_course)
    ids = [new_id() for _ in range(12_000)] + [course.episode_id]

    found = database.read(lambda session, _: consents.states(session, ids, REPORT_TO_KELA))

    assert {course.episode_id} == set(found)


def test_a_state_locks_to_be_read_and_changed(database: Database) -> None:
    course = database.write(permitted_course)

    def withdraw(session: Session, _: datetime) -> StateRow:
        locked = consents.lock_state(session, course.episode_id, REPORT_TO_KELA)
        assert locked is not None
        following = replace(locked, state="withdrawn", epoch=locked.epoch + 1)
        consents.put_state(session, following)
        return following

    following = database.write(withdraw)

    assert following == database.read(lambda session, _: state_in(session, course))


def test_who_was_never_asked_has_no_state_to_lock(database: Database) -> None:
    course = database.write(add_course)

    locked = database.write(
        lambda session, _: consents.lock_state(session, course.episode_id, REPORT_TO_KELA)
    )

    assert locked is None


@pytest.mark.parametrize("step", [0, 2, -1])
def test_a_state_that_does_not_follow_the_one_before_is_a_conflict(
    database: Database, step: int
) -> None:
    course = database.write(permitted_course)
    state = database.read(lambda session, _: state_in(session, course))
    stale = replace(state, epoch=state.epoch + step)

    with pytest.raises(Conflict, match="changed in between"):
        database.write(lambda session, _: consents.put_state(session, stale))


@pytest.mark.parametrize(
    "broken",
    [{"state": "open"}, {"epoch": 0}, {"valid_to": datetime.fromisoformat("2020-01-01T00:00Z")}],
)
def test_a_state_outside_its_list_or_interval_is_refused(
    database: Database, broken: dict[str, object]
) -> None:
    course = database.write(add_course)
    other = database.write(lambda session, now: permitted_course(session, now, "prov-2"))
    state = database.read(lambda session, _: state_in(session, other))
    row = replace(state, **{"epoch": 1, "purpose": "research-extract", **broken})  # type: ignore[arg-type]

    with pytest.raises(IntegrityError):
        database.write(lambda session, _: consents.put_state(session, row))

    assert course != other


def test_a_verification_names_a_grant_of_the_same_episode(database: Database) -> None:
    course = database.write(add_course)
    other = database.write(lambda session, now: add_course(session, now, "prov-2"))

    def verify(session: Session, now: datetime) -> None:
        grant, check = permitted(course, now)
        add_consent(session, now, course, [grant])
        add_consent(session, now, other, [check])

    with pytest.raises(IntegrityError):
        database.write(verify)
