"""A token in the database: found while it lives, revoked once, and never brought back."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from akva.errors import Conflict, NotFound
from akva.model.actors import Role
from akva.model.ids import new_id
from akva.storage import log
from akva.storage.callers import tokens
from akva.storage.callers.tokens import TokenRow
from akva.storage.database import Database
from akva.storage.migrations import running
from tests.attacks import CODE, Raw, drop_trigger, run
from tests.filled import add_token, fill, revoke_token
from tests.stored import add_actor, entry


def a_token(session: Session, now: datetime) -> TokenRow:
    return add_token(session, now, add_actor(session, now, Role.AUDITOR))


def found(database: Database, token: TokenRow, at: datetime) -> UUID | None:
    known = database.read(lambda session, _: tokens.caller(session, token.digest, at))
    return known and known[1].id


def test_a_token_is_found_from_its_making_until_its_last_instant(database: Database) -> None:
    token = database.write(a_token)
    last = token.expires_at - timedelta(microseconds=1)

    assert token.actor_id == found(database, token, token.made_at)
    assert token.actor_id == found(database, token, last)
    assert found(database, token, token.expires_at) is None


def test_a_revoked_token_is_found_no_more_but_stays_listed(database: Database) -> None:
    token = database.write(a_token)

    database.write(lambda session, now: revoke_token(session, now, token.id))

    assert found(database, token, token.made_at) is None
    [listed] = database.read(lambda session, _: tokens.every(session))
    assert listed.revoked_at is not None
    assert token == replace(listed, revoked_at=None)


def test_a_token_is_revoked_once(database: Database) -> None:
    token = database.write(a_token)
    database.write(lambda session, now: revoke_token(session, now, token.id))

    with pytest.raises(Conflict):
        database.write(lambda session, now: revoke_token(session, now, token.id))


def test_a_token_that_never_was_cannot_be_revoked(database: Database) -> None:
    with pytest.raises(NotFound):
        database.write(lambda session, now: revoke_token(session, now, new_id()))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda row: replace(row, expires_at=row.made_at),
        lambda row: replace(row, digest=b"short"),
        lambda row: replace(row, actor_id=new_id()),
        lambda row: replace(row, digest=row.actor_id.bytes * 2),  # the other one's
    ],
)
def test_a_row_that_is_no_token_is_refused(
    database: Database, wrong: Callable[[TokenRow], TokenRow]
) -> None:
    token = database.write(a_token)
    other = replace(token, id=new_id(), act_id=new_id(), digest=token.actor_id.bytes * 2)

    def write(row: TokenRow) -> None:
        def within(session: Session, now: datetime) -> None:
            tokens.add(session, row)
            log.append(session, now, [entry(row.act_id, "admin.changed")])

        database.write(within)

    write(other)
    with pytest.raises(IntegrityError):
        write(wrong(replace(other, id=new_id(), act_id=new_id(), digest=sha256(b"3").digest())))


def test_a_token_without_its_act_is_not_written(database: Database) -> None:
    token = database.write(a_token)
    alone = replace(token, id=new_id(), act_id=new_id(), digest=sha256(b"alone").digest())

    with pytest.raises(IntegrityError):
        database.write(lambda session, _: tokens.add(session, alone))


def test_a_token_is_not_revoked_without_an_act(database: Database) -> None:
    token = database.write(a_token)

    with pytest.raises(IntegrityError):
        database.write(
            lambda session, now: tokens.revoke(session, token.id, act_id=new_id(), now=now)
        )


BACK = "UPDATE tokens SET revoked_at = NULL, revoke_act_id = NULL WHERE revoked_at IS NOT NULL"
ATTACKS = {
    BACK: "REVOKED_FOR_GOOD",
    "UPDATE tokens SET revoked_at = expires_at": "REVOKED_FOR_GOOD",
    "UPDATE tokens SET revoke_act_id = NULL": "REVOKED_FOR_GOOD",
    "UPDATE tokens SET expires_at = made_at": "REVOKED_FOR_GOOD",
    "UPDATE tokens SET actor_id = made_by": "REVOKED_FOR_GOOD",
    "UPDATE tokens SET digest = digest": "REVOKED_FOR_GOOD",
    "UPDATE tokens SET expires_at = made_at, revoked_at = made_at, revoke_act_id = id"
    " WHERE revoked_at IS NULL": "REVOKED_FOR_GOOD",
    "DELETE FROM tokens": "APPEND_ONLY",
}


def refused(raw: Raw, statement: str) -> str:
    try:
        run(raw, statement)
    except (sqlite3.Error, psycopg.Error) as error:
        code = CODE.search(str(error))
        return code[1] if code else str(error)
    return "passed"


def test_no_statement_brings_a_token_back_or_changes_one(database: Database, raw: Raw) -> None:
    database.write(fill)

    answers = {attack: refused(raw, attack) for attack in ATTACKS}

    assert ATTACKS == answers


def test_on_postgresql_tokens_are_not_truncated(postgresql_address: str) -> None:
    with psycopg.connect(postgresql_address, autocommit=True) as raw:
        assert "APPEND_ONLY" == refused(raw, "TRUNCATE tokens")


def test_on_sqlite_no_token_is_replaced(sqlite_address: str) -> None:
    database = Database(sqlite_address)
    database.write(fill)

    with pytest.raises(DBAPIError, match="AKVA02"):
        database.write(
            lambda session, _: session.connection().exec_driver_sql(
                "INSERT OR REPLACE INTO tokens SELECT * FROM tokens"
            )
        )

    database.close()


def test_without_its_guard_a_token_would_come_back(database: Database, raw: Raw) -> None:
    """Control."""
    database.write(fill)
    drop_trigger(raw, "tokens_revoke", "tokens")

    assert "passed" == refused(raw, BACK)


def test_a_filled_database_of_the_first_revision_is_brought_up(database: Database) -> None:
    database.write(fill)
    with database._writers.begin() as connection:
        running.downgrade(connection, "0001")
        kept = connection.exec_driver_sql("SELECT count(*) FROM reports").scalar()

    database.migrate()

    database.check()
    assert 1 == kept
    assert [] == database.read(lambda session, _: tokens.every(session))
