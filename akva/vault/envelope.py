"""The envelope of every sealed value: its bytes, and the place they are bound to.

version(1) | key version(2) | key commitment(16) | nonce(12) | ciphertext and tag(16)
"""

from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

VERSION = b"\x01"
COMMITMENT_BYTES, NONCE_BYTES, TAG_BYTES = 16, 12, 16
HEADER_BYTES = len(VERSION) + 2 + COMMITMENT_BYTES
BODY_STARTS = HEADER_BYTES + NONCE_BYTES
LABEL = b"akva/aad/v1"


@dataclass(frozen=True, slots=True)
class Place:
    """One column of one row, whose it is, and which version of the row.

    The bytes to authenticate are `before`, the key's own `associated`, `after`: every field with
    its length in front (two bytes, big-endian), so that no two places spell alike. They are made
    here, with the value, so that sealing and opening only add them up.
    """

    table: str
    column: str
    row_id: UUID
    provider_id: UUID | None
    client_id: UUID | None
    row_version: int = field(default=1, kw_only=True)
    before: bytes = field(init=False, repr=False, compare=False)
    after: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ids = _id(self.row_id) + _id(self.provider_id) + _id(self.client_id)
        object.__setattr__(self, "before", _column((self.table, self.column)) + ids)
        object.__setattr__(self, "after", b"\x00\x04" + self.row_version.to_bytes(4))


def framed(*parts: bytes) -> bytes:
    """Put each part's length in front of it."""
    return b"".join(len(part).to_bytes(2) + part for part in parts)


@lru_cache(maxsize=256)  # tables and columns are few, rows are many
def _column(names: tuple[str, str]) -> bytes:
    return framed(LABEL, *(name.encode() for name in names))


def _id(id_: UUID | None) -> bytes:
    return b"\x00\x00" if id_ is None else b"\x00\x10" + id_.bytes
