"""Histories drawn as tables, so that a rule's test can be read by whoever answers for the rule.

    day | event  | dated | by   | more
    ----+--------+-------+------+--------------------
      1 | grant  |       |      | unwritten, until 9, only bdi-21, for research-extract
      2 | verify |       | Aino |

`day` is when an event was recorded (the drawn order settles the order within a day), `dated` the
day it bears, the same if left out. `verify` is about the grant drawn last. Who is not named:
Raili records, Veikko verifies.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

from consent import (
    REPORT_TO_KELA,
    Asked,
    Event,
    Granted,
    History,
    NeverAsked,
    Refuse,
    Refused,
    Scope,
    UnknownPurpose,
    Verified,
    Withdrawn,
    decide,
    state_of,
)

DAY_ZERO = datetime(2025, 12, 31, 22, tzinfo=UTC)  # midnight in Finland
CLOSED = {
    "asked": "CONSENT_MISSING",
    "unwritten": "CONSENT_NOT_WRITTEN",
    "unverified": "CONSENT_EVIDENCE_UNVERIFIED",
    "refused": "CONSENT_REFUSED_BY_CLIENT",
    "withdrawn": "CONSENT_WITHDRAWN",
}
PLAIN = {"ask": Asked, "refuse": Refused, "withdraw": Withdrawn}


def dawn(day: int) -> datetime:
    """Give the instant at which a drawn day begins."""
    return DAY_ZERO + timedelta(days=day)


def evening(day: int) -> datetime:
    """Give an instant after everything that was recorded on a drawn day."""
    return dawn(day) + timedelta(hours=23)


def event_id(row: int) -> UUID:
    """Give the id of the event drawn in that row, the first being 1."""
    return UUID(int=row)


def drawn(table: str) -> History:
    """Read a drawn table."""
    header, _, *lines = (line for line in table.splitlines() if line.strip())
    names = [name.strip() for name in header.split("|")]
    events: list[Event] = []
    for line in lines:
        cells = dict(zip(names, (cell.strip() for cell in line.split("|")), strict=True))
        events.append(_event(len(events) + 1, cells, events))
    return History(tuple(events))


def spec(
    table: str,
    *,
    on: int,
    expect: str,
    known: int | None = None,
    purpose: str = REPORT_TO_KELA,
    instrument: str | None = None,
) -> None:
    """Ask on the evening of a day, as known on the evening of another (the same if left out).

    The answer is "permit" or a refusal's code. Asked of what storage keeps on that evening, it
    must be the same.
    """
    history = drawn(table)
    answer = decide(
        history,
        purpose,
        at=evening(on),
        known_at=None if known is None else evening(known),
        scope=None if instrument is None else Scope(instrument=instrument),
    )

    assert expect == (answer.code if isinstance(answer, Refuse) else "permit")
    if known is None and instrument is None:
        assert expect == stored(history, purpose, at=evening(on))


def stored(history: History, purpose: str, *, at: datetime) -> str:
    """Answer as the database's trigger does: from the state kept after the last recording."""
    recorded = History(tuple(event for event in history.events if event.recorded_at <= at))
    try:
        state = state_of(recorded, purpose)
    except NeverAsked:
        return "CONSENT_MISSING"
    except UnknownPurpose:
        return "CONSENT_SCOPE_PURPOSE"
    if state.name != "granted":
        return CLOSED[state.name]
    if at < state.valid_from:
        return "CONSENT_NOT_YET_VALID"
    if state.valid_to is not None and state.valid_to <= at:
        return "CONSENT_EXPIRED"
    return "permit"


def _event(row: int, cells: dict[str, str], before: list[Event]) -> Event:
    kind, day = cells["event"], int(cells["day"])
    said = dict(part.strip().partition(" ")[::2] for part in cells.get("more", "").split(","))
    shared: dict[str, Any] = {
        "id": event_id(row),
        "purpose": said.get("for", REPORT_TO_KELA),
        "valid_from": dawn(int(cells.get("dated") or day)),
        "recorded_at": dawn(day) + timedelta(hours=10, minutes=row),
        "recorded_by": person(cells.get("by") or ("Veikko" if kind == "verify" else "Raili")),
    }
    if kind == "verify":
        grants = [event.id for event in before if isinstance(event, Granted)]
        return Verified(**shared, grant_id=grants[-1])
    if kind == "grant":
        return Granted(
            **shared,
            written="unwritten" not in said,
            valid_to=dawn(int(said["until"])) if "until" in said else None,
            instruments=frozenset(said["only"].split()) if "only" in said else None,
        )
    return PLAIN[kind](**shared)


def person(name: str) -> UUID:
    return uuid5(NAMESPACE_DNS, name)
