"""Fills the peer's folder: its key, a token, and episodes whose consent stands."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from uuid import UUID, uuid4

from cryptography.fernet import Fernet
from sqlalchemy.orm import Session

from tests.bench.peer.tables import Client, Consent, Episode, Table, Token, engine

STARTED = date(2025, 2, 3)


def seed(folder: Path, episodes: int) -> tuple[str, list[UUID]]:
    """Give the token's text and the ids of the episodes."""
    (folder / "key").write_bytes(Fernet.generate_key())
    text, provider_id, made = token_urlsafe(32), uuid4(), engine(str(folder / "peer.db"))
    Table.metadata.create_all(made)
    token = Token(
        digest=sha256(text.encode()).hexdigest(),
        user_id=uuid4(),
        provider_id=provider_id,
        expires_at=datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1),
    )
    rows = [course(provider_id) for _ in range(episodes)]
    ids = [episode.id for _, episode, _ in rows]
    with Session(made) as session, session.begin():
        session.add_all([token, *(row for three in rows for row in three)])
    made.dispose()
    return text, ids


def course(provider_id: UUID) -> tuple[Client, Episode, Consent]:
    client = Client(id=uuid4(), provider_id=provider_id, sealed=b"a client")
    episode = Episode(
        id=uuid4(),
        provider_id=provider_id,
        client_id=client.id,
        service="vaativa",
        started_on=STARTED,
    )
    return client, episode, Consent(id=uuid4(), episode_id=episode.id, granted_on=STARTED)
