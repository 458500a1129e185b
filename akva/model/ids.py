"""Ids: time-ordered UUIDs (RFC 9562 version 7), so that rows lie in the order of their making."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    return uuid7()
