"""The peer's work between its schemas and its tables: who calls, consent, scores, encryption."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import groupby
from typing import Any, TypeAlias
from uuid import UUID, uuid4

from cryptography.fernet import Fernet
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bench.peer.scoring import score
from tests.bench.peer.tables import Assessment, Audit, Client, Consent, Episode, Table, Token

Sent: TypeAlias = dict[str, Any]
Row: TypeAlias = tuple[type[Table], dict[str, Any]]
ORDER = (Client, Episode, Consent, Assessment, Audit)


class NotAllowedError(Exception):
    """No valid token, another provider's episode, or no consent."""


def desk(session: Session, fernet: Fernet, authorization: str) -> "Desk":
    """Find who calls by the hash of the token, as any careful door does."""
    digest = sha256(authorization.removeprefix("Bearer ").encode()).hexdigest()
    token = session.get(Token, digest)
    if token is None or token.revoked or token.expires_at < datetime.now(UTC).replace(tzinfo=None):
        raise NotAllowedError
    return Desk(session, fernet, token)


@dataclass(frozen=True, slots=True)
class Desk:
    """One request's caller at work in its transaction."""

    session: Session
    fernet: Fernet
    token: Token

    def assessments(self, sent: Sequence[Sent]) -> Iterator[Row]:
        """Make records for the caller's own episodes whose consent stands."""
        wanted = {new["episode"] for new in sent}
        found = self.session.scalars(select(Episode).where(Episode.id.in_(wanted)))
        if wanted - {one.id for one in found if self.may_record(one)}:
            raise NotAllowedError
        return (row for new in sent for row in self.assessment(new, new["episode"]))

    def may_record(self, episode: Episode) -> bool:
        consent = episode.consent
        return (
            episode.provider_id == self.token.provider_id
            and consent is not None
            and (consent.withdrawn_on is None or consent.withdrawn_on > datetime.now(UTC).date())
        )

    def assessment(self, new: Sent, episode_id: UUID) -> Iterator[Row]:
        """Make a record and its audit."""
        content = {"answers": new["answers"], "scores": score(new["answers"])}
        made = {name: new[name] for name in ("instrument", "occasion", "answered_on")}
        record_id = uuid4()
        sealed = self.sealed(content)
        yield Assessment, made | {"id": record_id, "episode_id": episode_id, "sealed": sealed}
        done = {"action": "assessment.created", "object_id": record_id}
        yield Audit, done | {"user_id": self.token.user_id}

    def course(self, new: Sent) -> Iterator[Row]:
        """Make a client, an episode, its consent and its assessments."""
        client_id, episode_id, provider = uuid4(), uuid4(), {"provider_id": self.token.provider_id}
        yield Client, provider | {"id": client_id, "sealed": self.sealed(new["client"])}
        kept = {name: new["episode"][name] for name in ("service", "started_on")}
        yield Episode, provider | kept | {"id": episode_id, "client_id": client_id}
        granted = {"granted_on": new["consent"]["evidence"]["signed_on"]}
        yield Consent, granted | {"id": uuid4(), "episode_id": episode_id}
        for one in new["assessments"]:
            yield from self.assessment(one, episode_id)

    def sealed(self, content: Sent) -> bytes:
        return self.fernet.encrypt(json.dumps(content, default=date.isoformat).encode())

    def write(self, rows: Iterable[Row], *, core: bool) -> None:
        """Write rows through the unit of work, or as Core's lists of dicts."""
        if not core:
            self.session.add_all([kind(**values) for kind, values in rows])
            return
        in_order = sorted(rows, key=lambda row: ORDER.index(row[0]))
        for kind, group in groupby(in_order, key=lambda row: row[0]):
            table = Table.metadata.tables[kind.__tablename__]
            self.session.execute(table.insert(), [values for _, values in group])
