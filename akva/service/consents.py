"""The use cases of permission: asked, granted, verified by another person, refused, withdrawn.

Only these write consent states; storage compares them, `consent.decide` gives them meaning.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from akva.errors import Conflict, DatabaseNotReady, NotFound, SamePerson
from akva.model.actors import Actor, Role
from akva.service.call import Call, calling, require
from akva.service.once import Once, Repeatable, write_once
from akva.service.record.answers import asked, granted, refused, said
from akva.service.record.permission import Filed, file
from akva.service.record.reading import an_episode
from akva.service.record.receipts import ConsentReceipt, again, all_again
from akva.service.record.timeline import ConsentEvent, Timeline, read_event, timeline
from akva.storage import consents, episodes, log, register_keys
from akva.storage.database import Database
from akva.storage.episodes import EpisodeRow
from akva.vault.datakeys import Purpose
from akva.vault.keyfiles import Vault
from consent import Event, Evidence, Granted, Verified, Withdrawn

__all__ = ["ConsentReceipt", "Consents"]


@dataclass(frozen=True, slots=True)
class Closing:
    """A withdrawal: of which episodes, and how its receipts are told again."""

    purpose: str
    which: Callable[[Call], Sequence[EpisodeRow]]
    again: Callable[[Call, UUID], list[ConsentReceipt]]

    def step(self, call: Call) -> list[ConsentReceipt]:
        return close(call, self.which(call), self.purpose)


@dataclass(frozen=True, slots=True)
class Consents:
    """Each write may be sent twice under one key, and is done once; raises KeyReused."""

    database: Database
    vault: Vault

    def ask(
        self,
        actor: Actor,
        episode_id: UUID,
        purpose: str,
        *,
        on: date,
        once: Once | None = None,
    ) -> ConsentReceipt:
        """Record that the client was asked; raises NotFound, InvalidRequest."""
        require(actor, Role.PROVIDER)
        return self._write(
            actor, once, lambda call: answer(call, episode_id, asked(call, purpose, on))
        )

    def refuse(
        self,
        actor: Actor,
        episode_id: UUID,
        purpose: str,
        *,
        on: date,
        once: Once | None = None,
    ) -> ConsentReceipt:
        """Record that the client said no; the service itself does not change.

        A no after a yes closes like a withdrawal: the register's copy can no longer be opened.
        """
        require(actor, Role.PROVIDER)
        closed = self._write(actor, once, lambda call: decline(call, episode_id, purpose, on))
        self._forget([closed])
        return closed

    def grant(
        self,
        actor: Actor,
        episode_id: UUID,
        purpose: str,
        evidence: Evidence,
        *,
        once: Once | None = None,
    ) -> ConsentReceipt:
        """Record a permission; it opens nothing before another person has verified it."""
        require(actor, Role.PROVIDER)
        return self._write(
            actor,
            once,
            lambda call: answer(call, episode_id, granted(call, purpose, evidence), evidence),
        )

    def verify(self, actor: Actor, grant_id: UUID, *, once: Once | None = None) -> ConsentReceipt:
        """Confirm signature, date and form version; raises SamePerson for who recorded them."""
        require(actor, Role.VERIFIER)
        return self._write(actor, once, lambda call: confirm(call, grant_id))

    def withdraw(
        self, actor: Actor, episode_id: UUID, purpose: str, *, once: Once | None = None
    ) -> list[ConsentReceipt]:
        """Withdraw one episode's permission at once; its register copy can no longer be opened."""
        require(actor, Role.PROVIDER)
        closing = Closing(
            purpose,
            lambda call: [an_episode(call, episode_id)],
            lambda call, id_: [again(call, id_)],
        )
        return self._close(actor, once, closing)

    def withdraw_all(
        self, actor: Actor, client_id: UUID, purpose: str, *, once: Once | None = None
    ) -> list[ConsentReceipt]:
        """Withdraw the permission of all of a client's episodes."""
        require(actor, Role.PROVIDER)
        closing = Closing(purpose, partial(episodes_of, client_id), all_again)
        return self._close(actor, once, closing)

    def event(self, actor: Actor, event_id: UUID) -> ConsentEvent:
        """Read one event of the caller's own clients, without its evidence; raises NotFound."""
        require(actor, Role.PROVIDER, Role.VERIFIER)
        return self.database.read(
            calling(self.vault, actor, lambda call: read_event(call, event_id))
        )

    def timeline(
        self,
        actor: Actor,
        client_id: UUID,
        *,
        as_valid: datetime | None = None,
        as_known: datetime | None = None,
    ) -> Timeline:
        """Tell what was said and what holds of it at these times, now unless given; NotFound.

        A provider reads of its own clients, an auditor of anybody's.
        """
        require(actor, Role.PROVIDER, Role.AUDITOR)
        step = partial(timeline, client_id=client_id, as_valid=as_valid, as_known=as_known)
        return self.database.read(calling(self.vault, actor, step))

    def _write(
        self, actor: Actor, once: Once | None, step: Callable[[Call], ConsentReceipt]
    ) -> ConsentReceipt:
        if once is None:
            return self.database.write(calling(self.vault, actor, step))
        work = Repeatable(step, lambda receipt: receipt.id, again)
        return write_once(self.database, self.vault, actor, once, work)

    def _close(self, actor: Actor, once: Once | None, closing: Closing) -> list[ConsentReceipt]:
        if once is None:
            closed = self.database.write(calling(self.vault, actor, closing.step))
        else:
            work = Repeatable(closing.step, lambda closed: closed[0].id, closing.again)
            closed = write_once(self.database, self.vault, actor, once, work)
        self._forget(closed)
        return closed

    def _forget(self, closed: Sequence[ConsentReceipt]) -> None:
        """Let the destroyed keys go from memory and from the journal."""
        for receipt in closed:
            self.vault.datakeys.forget(receipt.episode_id, Purpose.REGISTER)
        # A reader who is at work keeps the old pages until he is done; the next one empties them.
        with suppress(DatabaseNotReady):
            self.database.checkpoint()


def episodes_of(client_id: UUID, call: Call) -> Sequence[EpisodeRow]:
    found = episodes.of_client(call.session, call.provider_id, client_id)
    if not found:
        raise NotFound("no such client, or no episode")
    return found


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
