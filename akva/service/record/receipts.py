"""Receipts of consent events, also told again: what was answered when the event was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from akva.service.call import Call
from akva.service.record.timeline import an_event
from akva.storage import consents, episodes, log
from akva.storage.consents import Filing
from consent import Event, History, Withdrawn, state_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentReceipt:
    """What the caller keeps of a consent event: its id, the state after it, its log index."""

    id: UUID
    episode_id: UUID
    state: str
    log_index: int


def again(call: Call, event_id: UUID) -> ConsentReceipt:
    """Give the receipt that was given when the event was recorded."""
    [told] = receipts(call, [an_event(call, event_id)])
    return told


def all_again(call: Call, event_id: UUID) -> list[ConsentReceipt]:
    """Give the receipts of a withdrawal of several episodes, by the event that came first."""
    return receipts(call, withdrawn_with(call, an_event(call, event_id)))


def receipts(call: Call, filings: Sequence[Filing]) -> list[ConsentReceipt]:
    places = log.appended(call.session, [one.act_id for one in filings])
    said = consents.filings(call.session, {one.episode_id for one in filings})
    return [
        ConsentReceipt(
            id=one.event.id,
            episode_id=one.episode_id,
            state=state_after(one, said),
            log_index=places[one.act_id].index,
        )
        for one in filings
    ]


def state_after(filing: Filing, said: Sequence[Filing]) -> str:
    """Tell the state that followed an event; `said` is in the order of the log."""
    of_it = [one for one in said if one.episode_id == filing.episode_id]
    until = next(n for n, one in enumerate(of_it, 1) if one.event.id == filing.event.id)
    history = History(tuple(one.event for one in of_it[:until]))
    return state_of(history, filing.event.purpose).name


def withdrawn_with(call: Call, first: Filing) -> list[Filing]:
    """Find the withdrawals that were recorded in one act with this one, which came first.

    They follow each other in the log, at one instant, by one person, an episode at most once.
    """
    courses = episodes.of_client(call.session, first.provider_id, first.client_id)
    said = consents.filings(call.session, [course.id for course in courses])
    places = log.appended(call.session, [one.act_id for one in said])
    start = places[first.act_id].index
    found: dict[UUID, Filing] = {}
    for one in said:
        if places[one.act_id].index < start:
            continue
        follows = places[one.act_id].index == start + len(found)
        if not follows or one.episode_id in found or not is_alike(one.event, first.event):
            break
        found[one.episode_id] = one
    return list(found.values())


def is_alike(event: Event, first: Event) -> bool:
    same = attrgetter("purpose", "recorded_at", "recorded_by")
    return isinstance(event, Withdrawn) and same(event) == same(first)
