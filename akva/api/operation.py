"""The operation: one method on one path, who may call it, what it takes and what it gives.

The table of operations is the whole door: a route exists because it stands there, the rule of who
may call is beside it, and the OpenAPI document is printed from it. Nothing here knows Flask.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any, TypeAlias

from marshmallow import Schema

from akva.errors import NotAuthenticated
from akva.model.actors import Actor, Role
from akva.service.once import Once
from akva.settings import Settings
from akva.wiring import Akva

JSON, NDJSON, CSV, TEXT = "application/json", "application/x-ndjson", "text/csv", "text/plain"
PROBLEM = "application/problem+json"  # RFC 9457
KIB, MIB = 1024, 1024 * 1024
BODY_BYTES, BATCH_BYTES = 256 * KIB, 32 * MIB
NOBODY: frozenset[Role] = frozenset()  # needs no role: public


class Tenancy(StrEnum):
    """Whose things an operation reaches."""

    OWN = "own"  # the caller's provider's; another's id answers exactly as an unknown one
    NONE = "none"  # they belong to no provider: releases, the log, the catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One call, its shape already checked at the door."""

    akva: Akva
    settings: Settings
    actor: Actor | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    sent: bytes = field(default=b"", repr=False)
    once: Once | None = None
    version: int | None = None  # of If-Match
    language: str = "fi"  # of the words in an answer
    document: bytes = field(default=b"", repr=False)  # the OpenAPI document, printed once

    @property
    def who(self) -> Actor:
        """Tell who calls; raises NotAuthenticated for nobody."""
        if self.actor is None:
            raise NotAuthenticated("this needs a valid token")
        return self.actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes out; `body` is shown by the operation's own schema, unless it is bytes already."""

    status: int = 200
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    log_index: int | None = None  # told in the journal


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One parameter of the query, with the JSON Schema of its text."""

    description: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Takes:
    """The body that an operation reads."""

    schema: type[Schema]
    examples: Mapping[str, Any]
    media: str = JSON
    limit: int = BODY_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Gives:
    """One way to answer."""

    description: str
    schema: type[Schema] | None = None
    media: str = JSON
    headers: tuple[str, ...] = ()


View: TypeAlias = Callable[..., Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """`name` is the endpoint and the OpenAPI operation id; `path` has Flask's converters."""

    name: str
    method: str
    path: str
    view: View
    summary: str
    roles: frozenset[Role]
    tenancy: Tenancy
    gives: Mapping[int, Gives]
    takes: Takes | None = None
    query: Mapping[str, Query] = field(default_factory=dict)
    versioned: bool = False  # needs If-Match
    tag: str = "service"

    @property
    def public(self) -> bool:
        return not self.roles

    @property
    def writes(self) -> bool:
        return self.method != "GET"

    @property
    def media(self) -> list[str]:
        return sorted({one.media for one in self.gives.values()})


# What anybody may read, with or without a token.
public = partial(Operation, method="GET", roles=NOBODY, tenancy=Tenancy.NONE)


def etag(version: int) -> str:
    return f'"{version}"'


def page(items: Iterable[Any], after: str | None) -> dict[str, Any]:
    """Give one page of a list with the cursor of the next, None at the end."""
    return {"items": list(items), "next": after}
