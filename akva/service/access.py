"""The use cases of who may call: providers, actors and their roles, and their tokens."""

import re
from dataclasses import dataclass
from uuid import UUID

from akva.errors import Fault, InvalidRequest, NotFound
from akva.model.actors import Actor, Provider, Role
from akva.model.ids import new_id
from akva.service.call import calling, require
from akva.service.callers import people, tokens
from akva.service.callers.tokens import Caller, Issued, TokenLine
from akva.storage.callers import actors
from akva.storage.callers import tokens as stored_tokens
from akva.storage.database import Database
from akva.vault.keyfiles import Vault

CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?", re.ASCII)  # stands in every leaf
DAYS, MOST_DAYS = 90, 366  # that a token lives


@dataclass(frozen=True, slots=True)
class Access:
    database: Database
    vault: Vault

    def begin(self, name: str) -> Actor:
        """Make the first operator; raises Conflict when there is one already."""
        first = Actor(id=new_id(), role=Role.OPERATOR)
        return self.database.write(
            calling(self.vault, first, lambda call: people.add_first(call, first, name))
        )

    def add_provider(self, actor: Actor, code: str, name: str) -> Provider:
        """Set up an organisation; raises InvalidRequest, Conflict when the code is taken."""
        require(actor, Role.OPERATOR)
        if not CODE.fullmatch(code):
            raise InvalidRequest(
                Fault("invalid-code", "/code", "not a short name", "use a-z, 0-9 and -, at most 32")
            )
        provider = Provider(id=new_id(), code=code, name=name)
        return self.database.write(
            calling(self.vault, actor, lambda call: people.add_provider(call, provider))
        )

    def add_actor(self, actor: Actor, role: Role, name: str, provider: str | None = None) -> Actor:
        """Set up a caller; providers' people name their provider's code. Raises NotFound."""
        require(actor, Role.OPERATOR)
        return self.database.write(
            calling(self.vault, actor, lambda call: people.add_member(call, role, name, provider))
        )

    def actor(self, actor_id: UUID) -> Actor:
        """Find a caller; raises NotFound."""
        found = self.database.read(lambda session, _: actors.find_actor(session, actor_id))
        if found is None:
            raise NotFound("no such actor")
        return found

    def issue(self, actor: Actor, actor_id: UUID, *, days: int = DAYS) -> Issued:
        """Give a caller a token, shown this once; raises InvalidRequest, NotFound."""
        require(actor, Role.OPERATOR)
        if not 1 <= days <= MOST_DAYS:
            why, step = "not a token's lifetime", f"Give 1 to {MOST_DAYS} days."
            raise InvalidRequest(Fault("value-out-of-range", "/days", why, step))
        return self.database.write(
            calling(self.vault, actor, lambda call: tokens.issue(call, actor_id, days))
        )

    def revoke(self, actor: Actor, token_id: UUID) -> None:
        """Revoke a token, at once and for good; raises NotFound, Conflict if it was revoked."""
        require(actor, Role.OPERATOR)
        self.database.write(calling(self.vault, actor, lambda call: tokens.revoke(call, token_id)))

    def tokens(self, actor: Actor) -> list[TokenLine]:
        """List every token, without what would let anybody call."""
        require(actor, Role.OPERATOR)
        return self.database.read(
            lambda session, now: [TokenLine.of(row, now) for row in stored_tokens.every(session)]
        )

    def caller(self, text: str) -> Caller:
        """Find who calls with this token; raises NotAuthenticated, of whatever cause, alike."""
        digest = self.vault.tokens.digest(text)
        return tokens.known(
            self.database.read(lambda session, now: stored_tokens.caller(session, digest, now))
        )
