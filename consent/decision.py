"""The consent rule, whole."""

from collections.abc import Sequence
from datetime import datetime

from consent.events import Asked, Event, Granted, History, Refused, Verified, Withdrawn
from consent.purposes import listed
from consent.verdicts import Permit, Scope, Verdict, refusal


def decide(
    history: History,
    purpose: str,
    *,
    at: datetime,
    known_at: datetime | None = None,
    scope: Scope | None = None,
) -> Verdict:
    """Answer whether the client's last word for this purpose permits reporting at that instant.

    `known_at` asks what was known then (the default: at `at` itself); without `scope` no instrument
    is looked at. Whatever is not plainly a grant in force is refused.
    """
    known = known_events(history, purpose, at=at, known_at=known_at or at)
    code = "CONSENT_MISSING"
    match last_word(known):
        case _ if purpose not in listed():
            code = "CONSENT_SCOPE_PURPOSE"
        case Refused():
            code = "CONSENT_REFUSED_BY_CLIENT"
        case Withdrawn():
            code = "CONSENT_WITHDRAWN"
        case Granted() as grant:
            faults = {
                "CONSENT_NOT_WRITTEN": not grant.written,
                "CONSENT_EVIDENCE_UNVERIFIED": not verified(grant, known),
                "CONSENT_NOT_YET_VALID": at < grant.valid_from,
                "CONSENT_EXPIRED": grant.valid_to is not None and grant.valid_to <= at,
                "CONSENT_SCOPE_INSTRUMENT": not covers(grant, scope),
            }
            codes = [code for code, found in faults.items() if found]
            return refusal(codes[0]) if codes else Permit(grant.id)
    return refusal(code)


def known_events(
    history: History, purpose: str, *, at: datetime, known_at: datetime
) -> list[Event]:
    """Select what had been said by `at` and recorded by `known_at`, for this purpose.

    A grant or a verification recorded after `at` never covers it, however early its date.
    """
    heard = [
        event
        for event in history.events
        if event.purpose == purpose and event.said_at <= at and event.recorded_at <= known_at
    ]
    return [
        event
        for event in heard
        if event.recorded_at <= at or not isinstance(event, Granted | Verified)
    ]


def last_word(events: Sequence[Event]) -> Event | None:
    """Find the latest answer; asking displaces none, and of two answers at one instant no wins."""
    answers = [event for event in events if not isinstance(event, Asked | Verified)]
    asked = [event for event in events if isinstance(event, Asked)]
    return max(answers or asked, key=_order, default=None)


def verified(grant: Granted, events: Sequence[Event]) -> bool:
    """Tell whether somebody else than the grant's recorder confirmed its evidence."""
    return any(
        isinstance(event, Verified)
        and event.grant_id == grant.id
        and event.recorded_by != grant.recorded_by
        for event in events
    )


def covers(grant: Granted, scope: Scope | None) -> bool:
    return scope is None or grant.instruments is None or scope.instrument in grant.instruments


def _order(event: Event) -> tuple[datetime, datetime, bool, int]:
    # The id settles a full tie, so that the order of the tuple never does.
    closes = not isinstance(event, Granted)
    return (event.said_at, event.recorded_at, closes, event.id.int)
