"""A write that may be sent twice and is done once: the caller's key remembers what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

from akva.errors import KeyReused
from akva.model.actors import Actor
from akva.service.call import Call, calling
from akva.storage.callers import repeats
from akva.storage.database import Database
from akva.vault.keyfiles import Vault

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Once:
    """The caller's key and all that was sent under it: method, path and body."""

    key: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Repeatable(Generic[T]):
    """A step, the id that remembers its result, and how to give that result again."""

    step: Callable[[Call], T]
    result_id: Callable[[T], UUID]
    again: Callable[[Call, UUID], T]


def write_once(
    database: Database, vault: Vault, actor: Actor, once: Once | None, work: Repeatable[T]
) -> T:
    """Run the step in one transaction, or give what it gave before under the same key.

    Raises KeyReused where something else came under that key. A step that raises leaves no claim.
    """
    if once is None:
        return database.write(calling(vault, actor, work.step))
    return database.write(calling(vault, actor, lambda call: run(call, once, work)))


def run(call: Call, once: Once, work: Repeatable[T]) -> T:
    # Of caller and key too: equal things sent twice leave rows that nobody can match.
    sent = b"%b %d %b %b" % (call.actor.id.bytes, len(once.key), once.key.encode(), once.content)
    fingerprint = call.vault.indexes.fingerprint(sent)
    # First of all locks: who comes second waits here, holding nothing.
    before = repeats.claim(call.session, call.actor.id, once.key, fingerprint, call.now)
    if before is None:
        result = work.step(call)
        repeats.settle(call.session, call.actor.id, once.key, work.result_id(result))
        return result
    if before.fingerprint != fingerprint:
        raise KeyReused("something else was sent before under this key")
    return work.again(call, before.result_id)
