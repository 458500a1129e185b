"""Makes consent events of what was asked and said, each with its day and who recorded it."""

from datetime import date, datetime
from typing import TypedDict
from uuid import UUID

from akva.errors import Fault, InvalidRequest
from akva.model.days import start_of
from akva.model.ids import new_id
from akva.service.call import Call
from akva.service.record.meaning import EARLIEST
from consent import Asked, Evidence, Granted, Refused


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
