"""One call of a use case: who asks, when, in which transaction, with which keys."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from itertools import count
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from akva.errors import NotAllowed
from akva.model.actors import Actor, Role
from akva.model.days import day_of
from akva.storage import keys as stored_keys
from akva.storage import register_keys
from akva.storage.keys import KeyRow
from akva.storage.log import Entry
from akva.storage.register_keys import RegisterKeyRow
from akva.vault.commitments import commit
from akva.vault.datakeys import DataKey, Purpose, Wanted
from akva.vault.keyfiles import Vault

OWN = (Purpose.RECORD, Purpose.AUDIT)
T = TypeVar("T")


def require(actor: Actor, *roles: Role) -> None:
    """Raise NotAllowed unless the actor has one of the roles."""
    if actor.role not in roles:
        raise NotAllowed(f"this needs the role {' or '.join(roles)}")


@dataclass(frozen=True, slots=True)
class RegisterKey:
    """An episode's register key and its place in storage, empty until the first report."""

    key: DataKey
    slot: RegisterKeyRow

    @property
    def fresh(self) -> RegisterKeyRow | None:
        """Give the row to be written, when the key was made in this transaction."""
        return replace(self.slot, wrapped=self.key.wrapped) if self.slot.wrapped is None else None


@dataclass(frozen=True, slots=True)
class ClientKeys:
    """A client's keys in hand, and the next numbers of its events."""

    client_id: UUID
    record: DataKey
    audit: DataKey
    numbers: Iterator[int]
    register: Mapping[UUID, RegisterKey] = field(default_factory=dict)

    def entry(
        self, kind: str, actor: Actor, act_id: UUID, payload: Mapping[str, str | int | bool]
    ) -> Entry:
        """Prepare the leaf of one act about this client; storage calls `seal` with its index."""
        seal = partial(commit, self.audit, next(self.numbers), payload)
        return Entry(act_id=act_id, kind=kind, org=actor.org, client_id=self.client_id, seal=seal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    session: Session
    now: datetime
    vault: Vault
    actor: Actor

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def provider_id(self) -> UUID:
        """Tell the caller's provider; raises NotAllowed for who belongs to none."""
        if self.actor.provider_id is None:
            raise NotAllowed("this needs somebody of a provider")
        return self.actor.provider_id

    def keys_of(self, client_id: UUID, *, events: int, reported: Sequence[UUID] = ()) -> ClientKeys:
        """Take a stored client's keys in hand, with numbers for so many events.

        With the episodes about to be reported, their register keys too; the first report of an
        episode makes one.
        """
        own, first = stored_keys.draw(self.session, client_id, events)
        return self._take(client_id, own, count(first), register_keys.slots(self.session, reported))

    def held(self, client_id: UUID) -> ClientKeys:
        """Take a stored client's keys in hand for reading alone."""
        own = list(stored_keys.of_client(self.session, client_id).values())
        return self._take(client_id, own, iter(()), ())

    def _take(
        self,
        client_id: UUID,
        own: Sequence[KeyRow],
        numbers: Iterator[int],
        slots: Sequence[RegisterKeyRow],
    ) -> ClientKeys:
        wanted = [Wanted(client_id, Purpose(row.purpose), row.version, row.wrapped) for row in own]
        wanted += [
            Wanted(slot.episode_id, Purpose.REGISTER, slot.version, slot.wrapped) for slot in slots
        ]
        taken = self.vault.datakeys.take(wanted)
        keys = {Purpose(row.purpose): key for row, key in zip(own, taken, strict=False)}
        return ClientKeys(
            client_id,
            record=keys[Purpose.RECORD],
            audit=keys[Purpose.AUDIT],
            numbers=numbers,
            register={
                slot.episode_id: RegisterKey(key, slot)
                for slot, key in zip(slots, taken[len(own) :], strict=True)
            },
        )


def calling(
    vault: Vault, actor: Actor, step: Callable[[Call], T]
) -> Callable[[Session, datetime], T]:
    """Turn a step of a use case into what a database runs in one transaction."""

    def within(session: Session, now: datetime) -> T:
        return step(Call(session=session, now=now, vault=vault, actor=actor))

    return within
