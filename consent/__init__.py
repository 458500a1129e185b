"""Consent as a written, bitemporal record, and the one gate that stands on it."""

from consent.decision import decide
from consent.errors import (
    ConsentError,
    NeverAsked,
    NotAdmitted,
    PurposesUnreadable,
    UnknownPurpose,
    UnknownRefusal,
)
from consent.events import Asked, Event, Granted, History, Refused, Verified, Withdrawn
from consent.evidence import Evidence
from consent.gate import Admission, Block, Consented, admit
from consent.purposes import REPORT_TO_KELA
from consent.states import State, state_of
from consent.verdicts import Permit, Refuse, Scope, Verdict

__all__ = [
    "REPORT_TO_KELA",
    "Admission",
    "Asked",
    "Block",
    "ConsentError",
    "Consented",
    "Event",
    "Evidence",
    "Granted",
    "History",
    "NeverAsked",
    "NotAdmitted",
    "Permit",
    "PurposesUnreadable",
    "Refuse",
    "Refused",
    "Scope",
    "State",
    "UnknownPurpose",
    "UnknownRefusal",
    "Verdict",
    "Verified",
    "Withdrawn",
    "admit",
    "decide",
    "state_of",
]
