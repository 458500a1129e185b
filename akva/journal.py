"""The journal: one JSON line for each call, and nothing in it that is not on the list.

Structured by structlog. A key that is not listed raises, and so does a value that is no plain short
word, number or id: what is personal has no way in.
"""

import re
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, TextIO, TypeAlias
from uuid import UUID

import structlog

KEYS = frozenset(
    {
        "event",
        "at",
        "request",  # the id that the answer carries too
        "method",
        "route",  # the pattern of the path, never the path
        "status",
        "ms",
        "actor",
        "provider",
        "code",
        "log_index",
        "place",  # of a fault of ours: its kind, module and line
    }
)
PLAIN = re.compile(r"[A-Za-z0-9_./:<>{} -]{1,120}", re.ASCII)

Value: TypeAlias = str | int | UUID | None
Event: TypeAlias = MutableMapping[str, Any]


class Unlisted(ValueError):
    """Something that the journal does not take; neither key nor value is repeated."""


@dataclass(frozen=True, slots=True)
class Journal:
    _told: Callable[..., Any]

    def told(self, event: str, **fields: Value) -> None:
        """Write one line; raises Unlisted for a key or a value that is not on the list."""
        self._told(event, **{name: value for name, value in fields.items() if value is not None})


def journal(stream: TextIO) -> Journal:
    """Make a journal that writes to the stream, configured for itself alone."""
    logger = structlog.wrap_logger(
        structlog.PrintLogger(stream),
        processors=[
            listed,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.BoundLogger,
        context_class=dict,
        cache_logger_on_first_use=False,
    )
    return Journal(logger.msg)


def listed(_: object, __: str, event: Event) -> Event:
    """Let through what is on the list; ids become text."""
    if not event.keys() <= KEYS:
        raise Unlisted("a key that is not on the journal's list")
    return {name: plain(value) for name, value in event.items()}


def plain(value: object) -> str | int:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, int) or (isinstance(value, str) and PLAIN.fullmatch(value)):
        return value
    raise Unlisted("a value that is no short plain word, number or id")
