"""Which problems an operation can answer with, by status."""

from collections.abc import Mapping

from akva.api.operation import Operation
from akva.errors import (
    AkvaError,
    AuditFailed,
    Conflict,
    DatabaseNotReady,
    InvalidRequest,
    KeyMissing,
    KeyReused,
    MediaTypeRefused,
    MethodRefused,
    NotAcceptable,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    NotJson,
    SamePerson,
    Stale,
    TooLarge,
    TooMany,
    Unreadable,
    VersionMissing,
)
from akva.problems.table import PROBLEMS

ANY = (
    NotAuthenticated, NotFound, MethodRefused, NotAcceptable, InvalidRequest, TooMany, AkvaError,
    DatabaseNotReady,
)  # fmt: skip
OF_ROLES = (NotAllowed,)
OF_WRITES = (KeyMissing, KeyReused, Conflict, SamePerson, Unreadable, AuditFailed)
OF_BODIES = (NotJson, TooLarge, MediaTypeRefused)
OF_VERSIONS = (Stale, VersionMissing)


def possible(operation: Operation) -> Mapping[int, list[str]]:
    """List the codes of the problems that an operation can answer with, by status."""
    kinds: list[type[AkvaError]] = [*ANY]
    kinds += OF_ROLES if operation.roles else ()
    kinds += OF_WRITES if operation.writes else ()
    kinds += OF_BODIES if operation.takes else ()
    kinds += OF_VERSIONS if operation.versioned else ()
    found: dict[int, list[str]] = {}
    for kind in kinds:
        found.setdefault(PROBLEMS[kind].status, []).append(PROBLEMS[kind].code)
    return dict(sorted(found.items()))
