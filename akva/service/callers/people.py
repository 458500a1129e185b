"""Organisations and callers: each set up by an operator, in an act of its own."""

from functools import partial
from uuid import UUID

from akva.errors import Conflict, NotFound
from akva.model.actors import Actor, Provider, Role
from akva.model.ids import new_id
from akva.service.call import Call
from akva.storage import log
from akva.storage.callers import actors
from akva.storage.log import Entry
from akva.vault.commitments import commit
from akva.vault.envelope import Place
from akva.vault.sealing import seal

OF_PROVIDERS = frozenset({Role.PROVIDER, Role.VERIFIER})


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
