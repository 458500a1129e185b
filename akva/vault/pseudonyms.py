"""Pseudonyms of subjects: one for each domain, so that two recipients cannot link their extracts.

They come from the random subject id, never from an identity code: a leaked domain key gives nobody
away by itself.
"""

import hmac
from uuid import UUID

from akva.vault.derivation import derive

PSEUDONYM_BYTES = 15  # 120 bits: 24 characters, and no padding
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = ALPHABET + "*~$=U"  # Crockford's check symbols, modulo 37


class Pseudonyms:
    """There is no way back and no table: finding a subject means computing all of them again."""

    def __init__(self, *, register_master: bytes) -> None:
        self._root = derive(register_master, "akva/pseudonyms/v1")

    def of(self, subject_id: UUID, *, domain: str) -> str:
        """Name a subject in a domain: 24 characters of Crockford's base 32, then the check."""
        key = derive(self._root, f"akva/pseudonyms/v1/{domain}")
        digest = hmac.digest(key, b"akva/psn/v1\x00" + subject_id.bytes, "sha256")
        return _spell(int.from_bytes(digest[:PSEUDONYM_BYTES]))


def _spell(number: int) -> str:
    places = range(5 * (8 * PSEUDONYM_BYTES // 5 - 1), -1, -5)
    return "".join(ALPHABET[number >> place & 31] for place in places) + CHECKS[number % 37]
