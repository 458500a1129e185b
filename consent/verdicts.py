"""The gate's answer: a permit naming its event, or a refusal with a code and one next step."""

from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from consent.errors import UnknownRefusal

# Codes never change their meaning; one that is retired stays reserved.
NEXT_STEPS = {
    "CONSENT_MISSING": "Ask the client, give the leaflet, and record the answer.",
    "CONSENT_NOT_WRITTEN": (
        "Record the signed form: its version, the signing date, the signer,"
        " and the document's hash or archive number."
    ),
    "CONSENT_EVIDENCE_UNVERIFIED": "Let a second person check the signed form and confirm it.",
    "CONSENT_REFUSED_BY_CLIENT": "Do not report: the client said no, and may say yes later.",
    "CONSENT_WITHDRAWN": "Do not report: only a new written consent opens the gate again.",
    "CONSENT_NOT_YET_VALID": "Report on or after the day from which the consent is valid.",
    "CONSENT_EXPIRED": "Ask the client for a new written consent.",
    "CONSENT_SUPERSEDED": "Read the consent again and repeat the report.",
    "CONSENT_SCOPE_PURPOSE": "Use a purpose that is listed.",
    "CONSENT_SCOPE_INSTRUMENT": "Leave this instrument out, or ask for a consent that covers it.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What would be reported."""

    instrument: str


@dataclass(frozen=True, slots=True)
class Permit:
    """Yes, by this event."""

    event_id: UUID


@dataclass(frozen=True, slots=True)
class Refuse:
    """No, and what to do about it."""

    code: str
    next_step: str


Verdict: TypeAlias = Permit | Refuse


def refusal(code: str) -> Refuse:
    """Word a refusal by its code; raises UnknownRefusal."""
    if code not in NEXT_STEPS:
        raise UnknownRefusal("no such refusal code")
    return Refuse(code, NEXT_STEPS[code])
