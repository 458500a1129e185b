"""The state that storage keeps, derived from the verdict so that the two cannot drift."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from consent.decision import decide, last_word
from consent.errors import NeverAsked, UnknownPurpose
from consent.events import Granted, History
from consent.verdicts import Permit

StateName: TypeAlias = Literal[
    "asked", "unwritten", "unverified", "granted", "refused", "withdrawn"
]

# A grant not yet valid or expired stays `granted`: its own interval closes the gate.
NAMES: dict[str, StateName] = {
    "CONSENT_MISSING": "asked",
    "CONSENT_NOT_WRITTEN": "unwritten",
    "CONSENT_EVIDENCE_UNVERIFIED": "unverified",
    "CONSENT_NOT_YET_VALID": "granted",
    "CONSENT_EXPIRED": "granted",
    "CONSENT_REFUSED_BY_CLIENT": "refused",
    "CONSENT_WITHDRAWN": "withdrawn",
}


@dataclass(frozen=True, slots=True)
class State:
    """What holds from the last recording until the next one.

    Only `granted` opens the gate, and only in [valid_from, valid_to); every other state closes it
    at once, whatever its dates.
    """

    name: StateName
    event_id: UUID
    valid_from: datetime
    valid_to: datetime | None


def state_of(history: History, purpose: str) -> State:
    """Sum up the history as it stands after its last recording.

    Raises NeverAsked when nothing was said or asked, UnknownPurpose for a purpose not listed.
    """
    said = [event for event in history.events if event.purpose == purpose]
    word = last_word(said)
    if word is None:
        raise NeverAsked("nothing was asked or answered for this purpose")
    now = max(event.recorded_at for event in said)
    verdict = decide(history, purpose, at=now)
    name = "granted" if isinstance(verdict, Permit) else NAMES.get(verdict.code)
    if name is None:
        raise UnknownPurpose("this purpose is not listed")
    valid_to = word.valid_to if isinstance(word, Granted) else None
    return State(name, word.id, word.valid_from, valid_to)
