"""One transaction a call, on connections whose every safeguard was read back."""

import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from akva.errors import Conflict, DatabaseNotReady
from akva.storage import register_keys
from akva.storage.database import Database
from akva.storage.engines import sqlite
from tests.clocks import MORNING, TickingClock
from tests.stored import SEALED, add_course, add_provider


def providers(database: Database) -> int | None:
    count: int | None = database.read(
        lambda session, _: session.scalar(text("SELECT count(*) FROM providers"))
    )
    return count


def test_time_is_read_once_a_transaction_from_the_clock_handed_in(database: Database) -> None:
    times = [database.write(lambda _, now: now) for _ in range(2)]

    assert [MORNING, MORNING + timedelta(seconds=1)] == times


def test_without_a_clock_time_is_the_database_s(address: str) -> None:
    database = Database(address)
    before = datetime.now(UTC)

    now = database.write(lambda _, now: now)
    database.close()

    assert abs(now - before) < timedelta(minutes=1)
    assert now.utcoffset() == timedelta(0)


def test_an_instant_without_its_zone_is_not_kept(address: str) -> None:
    naive = datetime(2026, 11, 21, 10)  # noqa: DTZ001 - the fault looked for
    database = Database(address, lambda: naive)

    with pytest.raises(StatementError, match="zone"):
        database.write(lambda session, now: add_provider(session, now, "prov-1"))

    database.close()


def test_what_a_use_case_wrote_is_there_after_its_call(database: Database) -> None:
    database.write(lambda session, now: add_provider(session, now, "prov-1"))

    assert 1 == providers(database)


def test_what_a_use_case_raised_undoes_all_it_wrote(database: Database) -> None:
    def fail(session: Session, now: datetime) -> NoReturn:
        add_provider(session, now, "prov-1")
        raise Conflict("after all")

    with pytest.raises(Conflict):
        database.write(fail)

    assert 0 == providers(database)


def test_a_commit_that_fails_undoes_all_it_wrote(database: Database) -> None:
    """The circle of act and leaf is looked at last; the next call finds a clean connection."""
    orphan = text(
        "INSERT INTO acts (id, kind, log_index) VALUES"
        " ('01930000000070008000000000000001', 'admin.changed', 0)"
    )

    with pytest.raises(IntegrityError):
        database.write(lambda session, _: session.execute(orphan))
    database.write(lambda session, now: add_provider(session, now, "prov-1"))

    assert 1 == providers(database)


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)read.?only"):
        database.read(lambda session, _: session.execute(text("DELETE FROM subjects")))


def test_a_reader_sees_one_moment(database: Database) -> None:
    """A writer in between changes nothing of what a read began with."""
    count = text("SELECT count(*) FROM providers")

    def twice(session: Session, _: datetime) -> tuple[object, object]:
        before = session.scalar(count)
        database.write(lambda other, now: add_provider(other, now, "prov-1"))
        return before, session.scalar(count)

    assert (0, 0) == database.read(twice)


def test_an_error_shows_no_parameter(database: Database) -> None:
    statement = text("INSERT INTO subjects (id) VALUES (:id)").bindparams(id="131052-308T")

    with pytest.raises(DBAPIError) as error:
        database.write(lambda session, _: session.execute(statement))

    assert "131052" not in str(error.value)


def test_another_engine_is_not_served() -> None:
    with pytest.raises(DatabaseNotReady):
        Database("mysql://somewhere/akva")


def test_sqlite_needs_a_file() -> None:
    """In memory every connection would have a database of its own."""
    with pytest.raises(DatabaseNotReady, match="file"):
        Database("sqlite://")


def test_sqlite_s_file_is_its_owner_s_alone(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'akva.db'}")
    database.migrate()
    database.close()

    assert 0o600 == stat.S_IMODE((tmp_path / "akva.db").stat().st_mode)


def test_sqlite_refuses_a_connection_on_which_a_pragma_did_not_take() -> None:
    """A database in memory has no write-ahead journal, and says so when asked."""
    connection = sqlite3.connect(":memory:")

    with pytest.raises(DatabaseNotReady, match="journal_mode"):
        sqlite.guard(sqlite.PRAGMAS)(connection, None)  # type: ignore[arg-type]

    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")


@pytest.mark.parametrize("pragma", sqlite.PRAGMAS)
def test_sqlite_s_pragmas_are_on_each_connection(sqlite_address: str, pragma: str) -> None:
    database = Database(sqlite_address)
    ask = text(f"PRAGMA {pragma}")

    found = [
        database.write(lambda session, _: session.scalar(ask)),
        database.read(lambda session, _: session.scalar(ask)),
    ]
    database.close()

    assert [sqlite.PRAGMAS[pragma]] * 2 == found


def test_only_sqlite_s_own_driver_is_guarded() -> None:
    with pytest.raises(TypeError, match="driver"):
        sqlite.guard(sqlite.PRAGMAS)(object(), None)  # type: ignore[arg-type]


def test_a_checkpoint_leaves_what_was_written(database: Database) -> None:
    """On PostgreSQL it does nothing at all."""
    database.write(lambda session, now: add_provider(session, now, "prov-1"))

    database.checkpoint()

    assert 1 == providers(database)


def journal_and_file(address: str) -> bytes:
    path = Path(address.removeprefix("sqlite:///"))
    return path.read_bytes() + path.with_name(path.name + "-wal").read_bytes()


def test_a_destroyed_key_leaves_no_bytes_after_a_checkpoint(sqlite_address: str) -> None:
    canary = b"wrapped key of an episode"
    database = Database(sqlite_address, TickingClock())
    course = database.write(add_course)
    change = text("UPDATE register_keys SET wrapped = :wrapped").bindparams(wrapped=canary)
    database.write(lambda session, _: session.execute(change))
    assert canary in journal_and_file(sqlite_address)

    database.write(lambda s, now: register_keys.destroy(s, [course.episode_id], now))
    assert canary in journal_and_file(sqlite_address)  # control: the journal keeps the old page
    database.checkpoint()
    left = journal_and_file(sqlite_address)
    database.close()

    assert canary not in left
    assert SEALED in left  # control: what was not destroyed is still there


def test_a_checkpoint_that_a_reader_holds_up_says_so(sqlite_address: str) -> None:
    database = Database(sqlite_address, TickingClock())
    database.write(add_course)
    impatient = text("PRAGMA busy_timeout = 50")
    database.write(lambda session, _: session.execute(impatient))
    reader = sqlite3.connect(sqlite_address.removeprefix("sqlite:///"), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM acts").fetchone()
    database.write(lambda session, now: add_provider(session, now, "prov-2"))

    with pytest.raises(DatabaseNotReady, match="reader"):
        database.checkpoint()

    reader.close()
    database.checkpoint()
    database.close()
