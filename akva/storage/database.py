"""The only place that opens a transaction: a use case hands in a function and gets its result."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from threading import Lock
from typing import Self, TypeVar

from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from akva.clock import Clock
from akva.errors import DatabaseNotReady
from akva.storage.engines import postgresql, readiness, sqlite
from akva.storage.tables.types import Instant

T = TypeVar("T")

NOW = {
    "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now') AS now",
    "postgresql": "SELECT clock_timestamp() AS now",
}


class Database:
    """SQLite in a file (sqlite:////path/akva.db) or PostgreSQL (postgresql://…).

    Time is the database's, read once a transaction, unless a clock is handed in.
    """

    def __init__(self, url: str, clock: Clock | None = None) -> None:
        self._url = make_url(url)
        self._engine = self._url.get_backend_name()
        if self._engine not in NOW:
            raise DatabaseNotReady("the database is SQLite or PostgreSQL, nothing else")
        make = sqlite.engine if self._engine == "sqlite" else postgresql.engine
        self._writers = make(self._url, writing=True)
        self._readers = make(self._url, writing=False)
        self._clock = clock
        # SQLite lets one writer in; threads that wait here come in turn, those that knock starve.
        self._turn: AbstractContextManager[object] = (
            Lock() if self._engine == "sqlite" else nullcontext()
        )

    def write(self, fn: Callable[[Session, datetime], T]) -> T:
        """Give what `fn` returns, after its transaction is durable; whatever it raises undoes all.

        The time is read after the transaction has begun: on SQLite, which lets one writer in at a
        time, times then run in the order of the transactions.
        """
        with self._turn, Session(self._writers) as session, session.begin():
            session.connection()
            return fn(session, self._now(session))

    def read(self, fn: Callable[[Session, datetime], T]) -> T:
        """Give what `fn` returns, on a connection that cannot write and sees one moment."""
        with Session(self._readers) as session, session.begin():
            return fn(session, self._now(session))

    def look(self, fn: Callable[[Session, datetime], T]) -> T:
        """Read as `read` does; DatabaseNotReady where the engine itself says no."""
        try:
            return self.read(fn)
        except DBAPIError:
            raise DatabaseNotReady("the database cannot be opened or read there") from None

    def migrate(self) -> None:
        """Create the schema, or bring it up to this program's revision."""
        # lazily: Alembic is slow to load, and only a migration needs it
        from akva.storage.migrations import running  # noqa: PLC0415

        if self._engine == "sqlite":
            sqlite.create(self._url)
        with self._writers.begin() as connection:
            running.upgrade(connection)

    def check(self) -> None:
        """Raise DatabaseNotReady, with what mends it, unless the database may be served."""
        try:
            with self._writers.connect() as connection, self._readers.connect() as reader:
                readiness.check(connection, reader=reader)
        except OperationalError:
            raise DatabaseNotReady(
                "no database can be opened there: check its address, then run `akva migrate`"
            ) from None

    def check_served(self) -> None:
        """Raise DatabaseNotReady, or SettingInvalid where a server would have too much right."""
        self.check()
        self.check_rights()

    def check_rights(self) -> None:
        """Raise SettingInvalid for a role, or DatabaseNotReady for a file, with too much right."""
        if self._engine == "sqlite":
            sqlite.check_file(self._url)
        else:
            self.look(lambda session, _: postgresql.check_role(session.connection()))

    def checkpoint(self) -> None:
        """Empty SQLite's journal into the file: bytes overwritten by a commit are gone from both.

        PostgreSQL keeps its journal; how long is the operator's decision. Raises DatabaseNotReady
        where a reader kept the journal from being emptied.
        """
        if self._engine == "sqlite":
            sqlite.checkpoint(self._writers)

    @contextmanager
    def closing(self) -> Iterator[Self]:
        """Give the database to look at once, and close it then."""
        try:
            yield self
        finally:
            self.close()

    def close(self) -> None:
        """Let go of every connection."""
        self._readers.dispose()
        self._writers.dispose()

    def _now(self, session: Session) -> datetime:
        if self._clock is not None:
            return self._clock()
        now: datetime = session.scalars(text(NOW[self._engine]).columns(now=Instant)).one()
        return now
