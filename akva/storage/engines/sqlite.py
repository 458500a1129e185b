"""SQLite, embedded: one file, every safeguard set on each connection and read back."""

import sqlite3
import stat
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from akva.errors import DatabaseNotReady

WAITING_MS = 10_000  # for another writer
PRAGMAS: dict[str, str | int] = {
    "busy_timeout": WAITING_MS,
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: what was acknowledged survives a power cut
    "foreign_keys": 1,
    "recursive_triggers": 1,  # so that INSERT OR REPLACE meets the triggers against DELETE
    "secure_delete": 1,  # a destroyed key leaves no bytes in the file
}
READ_ONLY: dict[str, str | int] = {**PRAGMAS, "query_only": 1}


def engine(url: URL, *, writing: bool) -> Engine:
    """Make a pool of connections, for writing or for reading, to a file that must exist."""
    name = f"file:{quote(str(file_of(url)))}"
    query = {"mode": "rw" if writing else "ro", "uri": "true"}
    made = create_engine(URL.create("sqlite", database=name, query=query), hide_parameters=True)
    event.listen(made, "connect", guard(PRAGMAS if writing else READ_ONLY))
    event.listen(made, "begin", begin_writing if writing else begin_reading)
    return made


def file_of(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise DatabaseNotReady("a SQLite database needs a file: sqlite:////path/akva.db")
    return Path(url.database)


def create(url: URL) -> None:
    """Make the empty file, if there is none, for its owner alone; the journal follows its mode."""
    file_of(url).touch(mode=0o600)


def check_file(url: URL) -> None:
    """Raise DatabaseNotReady where others may read or write the file."""
    file = file_of(url)
    if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise DatabaseNotReady(f"{file.name} is open to others: chmod 600 {file.name}")


def guard(
    pragmas: Mapping[str, str | int],
) -> Callable[[DBAPIConnection, ConnectionPoolEntry], None]:
    """Give what sets the pragmas on a new connection and refuses it unless all of them took."""

    def connected(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        if not isinstance(connection, sqlite3.Connection):
            raise TypeError("not a connection of SQLite's own driver")
        connection.isolation_level = None  # transactions begin where `begin` says, nowhere else
        connection.create_function("akva_sha256", 1, _sha256, deterministic=True)
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name} = {value}")
        try:
            read_back(connection, pragmas)
        except DatabaseNotReady:
            connection.close()
            raise

    return connected


def read_back(connection: sqlite3.Connection, pragmas: Mapping[str, str | int]) -> None:
    """Raise DatabaseNotReady for the first pragma that is not as it was set."""
    for name, value in pragmas.items():
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if found != value:
            raise DatabaseNotReady(f"SQLite did not take {name} = {value}: it says {found}")


def begin_writing(connection: Connection) -> None:
    # A deferred transaction that reads first cannot wait for the lock it then needs.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def checkpoint(engine: Engine) -> None:
    """Empty the journal into the file; raises DatabaseNotReady while a reader keeps it."""
    connection = engine.raw_connection()  # outside any transaction
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        said = cursor.fetchone()  # busy, pages in the journal, pages moved
    finally:
        connection.close()
    if said is None or said[0]:
        raise DatabaseNotReady("a reader keeps the journal: checkpoint again when it has finished")


def _sha256(data: bytes) -> bytes:
    return sha256(data).digest()
