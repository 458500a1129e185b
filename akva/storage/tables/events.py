"""Between a consent event and the columns of its row."""

from typing import Any

from sqlalchemy import RowMapping

from consent import Asked, Event, Granted, Refused, Verified, Withdrawn

KINDS: dict[str, type[Event]] = {
    "asked": Asked,
    "granted": Granted,
    "verified": Verified,
    "refused": Refused,
    "withdrawn": Withdrawn,
}
NAMES = {made: name for name, made in KINDS.items()}
SHARED = ("id", "purpose", "valid_from", "recorded_at", "recorded_by")


def written(event: Event) -> dict[str, Any]:
    """Give an event's columns; those of other kinds stay empty."""
    row: dict[str, Any] = {name: getattr(event, name) for name in SHARED}
    row["kind"] = NAMES[type(event)]
    if isinstance(event, Granted):
        row["written"] = event.written
        row["valid_to"] = event.valid_to
        if event.instruments is not None:
            row["instruments"] = " ".join(sorted(event.instruments))
    elif isinstance(event, Verified):
        row["grant_id"] = event.grant_id
    return row


def read(row: RowMapping) -> Event:
    """Make the event again from its row."""
    made = KINDS[row["kind"]]
    own: dict[str, Any] = {}
    if made is Granted:
        listed = row["instruments"]
        own = {
            "written": row["written"],
            "valid_to": row["valid_to"],
            "instruments": None if listed is None else frozenset(listed.split()),
        }
    elif made is Verified:
        own = {"grant_id": row["grant_id"]}
    return made(**{name: row[name] for name in SHARED}, **own)
