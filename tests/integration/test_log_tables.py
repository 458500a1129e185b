"""No act without its leaf, no leaf without its act, nothing taken back: by the database alone."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from akva.model.ids import new_id
from akva.storage.database import Database
from akva.storage.tables.log import acts, log_leaves
from akva.storage.tables.record import providers
from akva.transparency import merkle
from tests.attacks import answer

Step = Callable[[Session, datetime], None]


def act(act_id: UUID, *, at: int, kind: str = "admin.changed") -> Step:
    row = {"id": act_id, "kind": kind, "log_index": at}
    return lambda session, _: _insert(session, acts, row)


def leaf(act_id: UUID, *, at: int, leaf_hash: bytes | None = None) -> Step:
    data = b"leaf %d" % at
    row = {
        "index": at,
        "act_id": act_id,
        "leaf": data,
        "leaf_hash": leaf_hash or merkle.leaf_hash(data),
    }
    return lambda session, _: _insert(session, log_leaves, row)


def provider(act_id: UUID, code: str = "prov-1") -> Step:
    def add(session: Session, now: datetime) -> None:
        row = {
            "id": new_id(),
            "code": code,
            "name": "Provider",
            "added_at": now,
            "act_id": act_id,
            "act_kind": "admin.changed",
        }
        _insert(session, providers, row)

    return add


def _insert(session: Session, table: Any, row: dict[str, object]) -> None:  # noqa: ANN401
    session.execute(insert(table).values(row))


def together(*steps: Step) -> Step:
    def all_of_them(session: Session, now: datetime) -> None:
        for step in steps:
            step(session, now)

    return all_of_them


A, B = new_id(), new_id()

BROKEN: dict[str, Step] = {
    "an act without a leaf": act(A, at=0),
    "a leaf without an act": leaf(A, at=0),
    "a row without an act": provider(A),
    "a row whose act is another's": together(
        act(A, at=0), leaf(A, at=0), provider(A), provider(A, "prov-2")
    ),
    "a row whose act is of another kind": together(
        act(A, at=0, kind="access.disclosed"), leaf(A, at=0), provider(A)
    ),
    "a leaf with another's hash": together(
        act(A, at=0), leaf(A, at=0, leaf_hash=sha256(b"other").digest()), provider(A)
    ),
    "two acts at each other's leaves": together(
        leaf(A, at=0), leaf(B, at=1), act(A, at=1), act(B, at=0)
    ),
    "a leaf that leaves a gap": together(act(A, at=1), leaf(A, at=1), provider(A)),
    "a second leaf at an index": together(act(A, at=0), leaf(A, at=0), act(B, at=0), leaf(B, at=0)),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_the_database_refuses(database: Database, broken: str) -> None:
    with pytest.raises(DBAPIError):
        database.write(BROKEN[broken])

    assert 0 == database.read(lambda session, _: _acts(session))


def test_the_database_takes_an_act_with_its_row_and_its_leaf(database: Database) -> None:
    """Control: in either order, since the circle is looked at when the transaction commits."""
    database.write(together(provider(A), act(A, at=0), leaf(A, at=0)))
    database.write(together(leaf(B, at=1), act(B, at=1), provider(B, "prov-2")))

    assert 2 == database.read(lambda session, _: _acts(session))


def test_a_leaf_s_hash_is_checked_over_its_bytes_whatever_they_are(database: Database) -> None:
    """Also over bytes that are no text, which the log never writes."""
    data = bytes(range(256))
    row = {"index": 0, "act_id": A, "leaf": data, "leaf_hash": merkle.leaf_hash(data)}

    database.write(together(act(A, at=0), lambda session, _: _insert(session, log_leaves, row)))


def test_without_the_foreign_keys_an_act_without_a_leaf_would_pass(sqlite_address: str) -> None:
    """Control: a connection that did not switch them on, as SQLite opens it."""
    raw = sqlite3.connect(sqlite_address.removeprefix("sqlite:///"), isolation_level=None)

    passed = answer(raw, "acts", {"id": A, "kind": "admin.changed", "log_index": 0}) is None
    raw.close()

    assert passed


def _acts(session: Session) -> int | None:
    return session.scalar(select(func.count()).select_from(acts))
