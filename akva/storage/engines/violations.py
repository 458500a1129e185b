"""What an engine's error says, in the two cases that a caller can act on."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError

from akva.errors import Conflict, ReportRefused

REFUSAL = re.compile(r"AKVA01:([A-Z_]+)")
DUPLICATES = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"}


@contextmanager
def gated() -> Iterator[None]:
    """Raise ReportRefused with the gate's code, if the gate spoke."""
    try:
        yield
    except DBAPIError as error:
        if found := REFUSAL.search(str(error.orig)):
            raise ReportRefused(found[1]) from None
        raise


@contextmanager
def at_most_once(otherwise: str) -> Iterator[None]:
    """Raise Conflict, with that sentence, where something unique is there already."""
    try:
        yield
    except IntegrityError as error:
        if is_duplicate(error):
            raise Conflict(otherwise) from None
        raise


def is_duplicate(error: IntegrityError) -> bool:
    name = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    return name in DUPLICATES
