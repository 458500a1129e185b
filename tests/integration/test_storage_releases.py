"""Releases are frozen, approved by a second person, and once for a round."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from akva.errors import Conflict
from akva.model.actors import Role
from akva.model.ids import new_id
from akva.storage import releases
from akva.storage.database import Database
from akva.storage.releases import ReleaseRow
from akva.transparency import leaves
from tests.filled import add_draft, approve
from tests.stored import add_actor


def publishers(database: Database) -> tuple[UUID, UUID]:
    first, second = (
        database.write(lambda session, now: add_actor(session, now, Role.PUBLISHER))
        for _ in range(2)
    )
    return first, second


def drafted(database: Database, drafter: UUID) -> ReleaseRow:
    return database.write(lambda session, now: add_draft(session, now, drafter))


def approved(database: Database, release: ReleaseRow, actor_id: UUID) -> None:
    database.write(lambda session, now: approve(session, now, release, actor_id))


def test_a_draft_waits_for_its_approval_and_is_published_to_nobody(database: Database) -> None:
    drafter, _ = publishers(database)
    release = drafted(database, drafter)

    waiting = database.write(lambda session, _: releases.to_approve(session, release.id))

    assert (release, False) == waiting
    assert [] == database.read(lambda session, _: releases.approvals(session))


def test_an_approved_release_is_published_with_what_its_leaf_says(database: Database) -> None:
    drafter, approver = publishers(database)
    release = drafted(database, drafter)
    approved(database, release, approver)

    [approval] = database.read(lambda session, _: releases.approvals(session))

    assert (release, approver) == (approval.release, approval.step.actor_id)
    leaf = leaves.decode(approval.leaf)
    expected = (approval.index, "release.approved", sha256(approval.payload).digest())
    assert expected == (leaf.index, leaf.kind, leaf.payload_hash)


def test_who_drafted_cannot_approve(database: Database) -> None:
    """Also when the use case forgot to ask."""
    drafter, _ = publishers(database)
    release = drafted(database, drafter)

    with pytest.raises(IntegrityError, match="two_people"):
        approved(database, release, drafter)


def test_a_release_is_approved_once_for_an_audience(database: Database) -> None:
    drafter, approver = publishers(database)
    release = drafted(database, drafter)
    approved(database, release, approver)

    with pytest.raises(Conflict):
        approved(database, release, approver)


def test_a_release_that_is_not_there_takes_no_step(database: Database) -> None:
    drafter, approver = publishers(database)
    release = drafted(database, drafter)
    stray = releases.StepRow(
        id=new_id(),
        release_id=new_id(),
        kind="approved",
        actor_id=approver,
        audience="public",
        at=release.drafted_at,
        act_id=new_id(),
    )

    with pytest.raises(IntegrityError):
        database.write(lambda session, _: releases.add_step(session, stray))


def test_a_round_with_another_draft_approved_is_taken(database: Database) -> None:
    drafter, approver = publishers(database)
    first, second = drafted(database, drafter), drafted(database, drafter)

    def ask(session: Session, _: datetime) -> list[tuple[ReleaseRow | None, bool]]:
        ids = (first.id, second.id, new_id())
        return [releases.to_approve(session, release_id) for release_id in ids]

    before = database.write(ask)
    approved(database, first, approver)
    after = database.write(ask)

    assert [(first, False), (second, False), (None, False)] == before
    assert [(first, False), (second, True), (None, False)] == after
