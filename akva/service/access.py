"""The use cases of who may call: providers, actors and their roles."""

import re
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from akva.errors import Conflict, Fault, InvalidRequest, NotFound
from akva.model.actors import Actor, Provider, Role
from akva.model.ids import new_id
from akva.service.call import Call, calling, require
from akva.storage import log
from akva.storage.callers import actors
from akva.storage.database import Database
from akva.storage.log import Entry
from akva.vault.commitments import commit
from akva.vault.envelope import Place
from akva.vault.keyfiles import Vault
from akva.vault.sealing import seal

CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?", re.ASCII)  # stands in every leaf
OF_PROVIDERS = frozenset({Role.PROVIDER, Role.VERIFIER})


@dataclass(frozen=True, slots=True)
class Access:
    database: Database
    vault: Vault

    def begin(self, name: str) -> Actor:
        """Make the first operator; raises Conflict when there is one already."""
        first = Actor(id=new_id(), role=Role.OPERATOR)
        return self.database.write(
            calling(self.vault, first, lambda call: add_first(call, first, name))
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
            calling(self.vault, actor, lambda call: add_provider(call, provider))
        )

    def add_actor(self, actor: Actor, role: Role, name: str, provider: str | None = None) -> Actor:
        """Set up a caller; providers' people name their provider's code. Raises NotFound."""
        require(actor, Role.OPERATOR)
        return self.database.write(
            calling(self.vault, actor, lambda call: add_member(call, role, name, provider))
        )

    def actor(self, actor_id: UUID) -> Actor:
        """Find a caller; raises NotFound."""
        found = self.database.read(lambda session, _: actors.find_actor(session, actor_id))
        if found is None:
            raise NotFound("no such actor")
        return found


def add_first(call: Call, first: Actor, name: str) -> Actor:
    if actors.any_operator(call.session):
        raise Conflict("there is an operator already; ask one to add you")
    return add(call, first, name)


def add_provider(call: Call, provider: Provider) -> Provider:
    act_id = new_id()
    actors.add_provider(call.session, provider, act_id=act_id, now=call.now)
    payload = {"provider": str(provider.id), "code": provider.code}
    log.append(call.session, call.now, [entry(call, act_id, payload)])
    return provider


def add_member(call: Call, role: Role, name: str, provider_code: str | None) -> Actor:
    provider = actors.find_provider(call.session, provider_code) if provider_code else None
    if (provider is None) == (role in OF_PROVIDERS):
        raise NotFound("no such provider, or a role that belongs to none")
    member = Actor(
        id=new_id(),
        role=role,
        provider_id=provider.id if provider else None,
        org=provider.code if provider else call.actor.org,
    )
    return add(call, member, name)


def add(call: Call, member: Actor, name: str) -> Actor:
    """Write a caller; the name is sealed, the leaf says the role alone."""
    act_id = new_id()
    place = Place("actors", "name", member.id, member.provider_id, None)
    sealed = seal(name.encode(), call.vault.names, place)
    actors.add_actor(call.session, member, name=sealed, act_id=act_id, now=call.now)
    payload = {"actor": str(member.id), "role": member.role, "by": str(call.actor.id)}
    log.append(call.session, call.now, [entry(call, act_id, payload)])
    return member


def entry(call: Call, act_id: UUID, payload: dict[str, str]) -> Entry:
    key = call.vault.acts
    return Entry(
        act_id=act_id,
        kind="admin.changed",
        org=call.actor.org,
        client_id=None,
        seal=partial(commit, key, None, payload),
    )
