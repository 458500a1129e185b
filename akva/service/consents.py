"""The use cases of permission: asked, granted, verified by another person, refused, withdrawn.

Only these write consent states; storage compares them, `consent.decide` gives them meaning.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TypedDict
from uuid import UUID

from akva.errors import (
    Conflict,
    DatabaseNotReady,
    Fault,
    InvalidRequest,
    NotFound,
    SamePerson,
)
from akva.model.actors import Actor, Role
from akva.model.days import start_of
from akva.model.ids import new_id
from akva.service.call import Call, calling, require
from akva.service.record.meaning import EARLIEST
from akva.service.record.permission import Filed, file
from akva.storage import consents, episodes, log, register_keys
from akva.storage.database import Database
from akva.storage.episodes import EpisodeRow
from akva.vault.datakeys import Purpose
from akva.vault.keyfiles import Vault
from consent import Asked, Event, Evidence, Granted, Refused, Verified, Withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentReceipt:
    """What the caller keeps of a consent event: its id, the state after it, its log index."""

    id: UUID
    episode_id: UUID
    state: str
    log_index: int


@dataclass(frozen=True, slots=True)
class Consents:
    database: Database
    vault: Vault

    def ask(self, actor: Actor, episode_id: UUID, purpose: str, *, on: date) -> ConsentReceipt:
        """Record that the client was asked; raises NotFound, InvalidRequest."""
        require(actor, Role.PROVIDER)
        return self._write(actor, lambda call: answer(call, episode_id, asked(call, purpose, on)))

    def refuse(self, actor: Actor, episode_id: UUID, purpose: str, *, on: date) -> ConsentReceipt:
        """Record that the client said no; the service itself does not change.

        A no after a yes closes like a withdrawal: the register's copy can no longer be opened.
        """
        require(actor, Role.PROVIDER)
        closed = self._write(actor, lambda call: decline(call, episode_id, purpose, on))
        self._forget([closed])
        return closed

    def grant(
        self, actor: Actor, episode_id: UUID, purpose: str, evidence: Evidence
    ) -> ConsentReceipt:
        """Record a permission; it opens nothing before another person has verified it."""
        require(actor, Role.PROVIDER)
        return self._write(
            actor,
            lambda call: answer(call, episode_id, granted(call, purpose, evidence), evidence),
        )

    def verify(self, actor: Actor, grant_id: UUID) -> ConsentReceipt:
        """Confirm signature, date and form version; raises SamePerson for who recorded them."""
        require(actor, Role.VERIFIER)
        return self._write(actor, lambda call: confirm(call, grant_id))

    def withdraw(self, actor: Actor, episode_id: UUID, purpose: str) -> list[ConsentReceipt]:
        """Withdraw one episode's permission at once; its register copy can no longer be opened."""
        require(actor, Role.PROVIDER)
        return self._close(actor, purpose, lambda call: [an_episode(call, episode_id)])

    def withdraw_all(self, actor: Actor, client_id: UUID, purpose: str) -> list[ConsentReceipt]:
        """Withdraw the permission of all of a client's episodes."""
        require(actor, Role.PROVIDER)
        return self._close(actor, purpose, partial(episodes_of, client_id))

    def _write(self, actor: Actor, step: Callable[[Call], ConsentReceipt]) -> ConsentReceipt:
        return self.database.write(calling(self.vault, actor, step))

    def _close(
        self, actor: Actor, purpose: str, which: Callable[[Call], Sequence[EpisodeRow]]
    ) -> list[ConsentReceipt]:
        closed = self.database.write(
            calling(self.vault, actor, lambda call: close(call, which(call), purpose))
        )
        self._forget(closed)
        return closed

    def _forget(self, closed: Sequence[ConsentReceipt]) -> None:
        """Let the destroyed keys go from memory and from the journal."""
        for receipt in closed:
            self.vault.datakeys.forget(receipt.episode_id, Purpose.REGISTER)
        # A reader who is at work keeps the old pages until he is done; the next one empties them.
        with suppress(DatabaseNotReady):
            self.database.checkpoint()


def an_episode(call: Call, episode_id: UUID) -> EpisodeRow:
    """Find the caller's own episode; another provider's is as unknown as one that never was."""
    episode = episodes.find(call.session, call.provider_id, episode_id)
    if episode is None:
        raise NotFound("no such episode")
    return episode


def episodes_of(client_id: UUID, call: Call) -> Sequence[EpisodeRow]:
    found = episodes.of_client(call.session, call.provider_id, client_id)
    if not found:
        raise NotFound("no such client, or no episode")
    return found


class Said(TypedDict):
    """What every event says: what for, from which day, known when and from whom."""

    id: UUID
    purpose: str
    valid_from: datetime
    recorded_at: datetime
    recorded_by: UUID


def said(call: Call, purpose: str, on: date, where: str = "/on") -> Said:
    """Give a new event's common fields; raises InvalidRequest for a day that cannot be."""
    if not EARLIEST <= on <= call.today:
        raise InvalidRequest(
            Fault("days-out-of-order", where, "that day is to come, or long ago", "check the date")
        )
    return Said(
        id=new_id(),
        purpose=purpose,
        valid_from=start_of(on),
        recorded_at=call.now,
        recorded_by=call.actor.id,
    )


def asked(call: Call, purpose: str, on: date) -> Asked:
    return Asked(**said(call, purpose, on))


def refused(call: Call, purpose: str, on: date) -> Refused:
    return Refused(**said(call, purpose, on))


def granted(call: Call, purpose: str, evidence: Evidence) -> Granted:
    """Take the day of signing as the day from which it holds; without one, today."""
    signed_on = evidence.signed_on or call.today
    return Granted(
        **said(call, purpose, signed_on, "/evidence/signed_on"), written=evidence.written
    )


def answer(
    call: Call, episode_id: UUID, event: Event, evidence: Evidence | None = None
) -> ConsentReceipt:
    return file_one(call, an_episode(call, episode_id), event, evidence)


def decline(call: Call, episode_id: UUID, purpose: str, on: date) -> ConsentReceipt:
    receipt = answer(call, episode_id, refused(call, purpose, on))
    register_keys.destroy(call.session, [episode_id], call.now)
    return receipt


def confirm(call: Call, grant_id: UUID) -> ConsentReceipt:
    filing = consents.find_event(call.session, call.provider_id, grant_id)
    if filing is None or not isinstance(filing.event, Granted):
        raise NotFound("no such permission")
    if filing.event.recorded_by == call.actor.id:
        raise SamePerson("another person than the one who recorded it must verify it")
    known = consents.histories(call.session, [filing.episode_id], filing.event.purpose)
    if any(
        isinstance(event, Verified) and event.grant_id == grant_id
        for event in known[filing.episode_id].events
    ):
        raise Conflict("this permission is verified already")
    event = Verified(**said(call, filing.event.purpose, call.today), grant_id=grant_id)
    return file_one(call, an_episode(call, filing.episode_id), event, None)


def file_one(
    call: Call, episode: EpisodeRow, event: Event, evidence: Evidence | None
) -> ConsentReceipt:
    client = call.keys_of(episode.client_id, events=1)
    filed = file(call, client, episode, event, evidence)
    [logged] = log.append(call.session, call.now, [filed.entry])
    return receipt(filed, episode, logged.index)


def receipt(filed: Filed, episode: EpisodeRow, index: int) -> ConsentReceipt:
    return ConsentReceipt(
        id=filed.event_id, episode_id=episode.id, state=filed.state, log_index=index
    )


def close(call: Call, closing: Sequence[EpisodeRow], purpose: str) -> list[ConsentReceipt]:
    """Withdraw for these episodes of one client, and destroy their register keys."""
    client = call.keys_of(closing[0].client_id, events=len(closing))
    filed = [
        file(call, client, episode, Withdrawn(**said(call, purpose, call.today)))
        for episode in closing
    ]
    register_keys.destroy(call.session, [episode.id for episode in closing], call.now)
    logged = log.append(call.session, call.now, [one.entry for one in filed])
    return [
        receipt(one, episode, entry.index)
        for one, episode, entry in zip(filed, closing, logged, strict=True)
    ]
