"""The peer's tables, as SQLAlchemy's ORM is taught; SQLite as durable as ours."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Engine, ForeignKey, create_engine, event, func
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.pool import ConnectionPoolEntry


class Table(DeclarativeBase):
    pass


class Token(Table):
    __tablename__ = "tokens"

    digest: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=False))
    revoked: Mapped[bool] = mapped_column(default=False)


class Client(Table):
    __tablename__ = "clients"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    provider_id: Mapped[UUID] = mapped_column(index=True)
    sealed: Mapped[bytes]


class Episode(Table):
    __tablename__ = "episodes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    provider_id: Mapped[UUID] = mapped_column(index=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id"))
    service: Mapped[str]
    started_on: Mapped[date]
    client: Mapped[Client] = relationship()
    consent: Mapped["Consent | None"] = relationship(lazy="joined")


class Consent(Table):
    __tablename__ = "consents"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    episode_id: Mapped[UUID] = mapped_column(ForeignKey("episodes.id"), unique=True)
    granted_on: Mapped[date]
    withdrawn_on: Mapped[date | None]


class Assessment(Table):
    __tablename__ = "assessments"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    episode_id: Mapped[UUID] = mapped_column(ForeignKey("episodes.id"), index=True)
    episode: Mapped[Episode] = relationship()
    instrument: Mapped[str]
    occasion: Mapped[str]
    answered_on: Mapped[date]
    sealed: Mapped[bytes]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Audit(Table):
    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    user_id: Mapped[UUID]
    action: Mapped[str]
    object_id: Mapped[UUID]


def engine(file: str) -> Engine:
    made = create_engine(f"sqlite:///{file}")
    event.listen(made, "connect", durable)
    return made


def durable(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=wal", "synchronous=full", "busy_timeout=10000", "foreign_keys=1"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
