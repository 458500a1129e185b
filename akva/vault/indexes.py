"""Blind indexes: equal texts give equal bytes, and without the key the bytes tell nothing.

A personal identity code has 42 million forms, so an unkeyed hash of it would be the code itself.
"""

import hmac
from unicodedata import normalize
from uuid import UUID

from akva.vault.derivation import derive


class Indexes:
    """Two zones: a provider's own indexes, and the register's, which is one across providers."""

    def __init__(self, *, record_master: bytes, register_master: bytes) -> None:
        self._identity = derive(record_master, "akva/index/identity/v1")
        self._reference = derive(record_master, "akva/index/reference/v1")
        self._fingerprint = derive(record_master, "akva/index/fingerprint/v1")
        self._register = derive(register_master, "akva/index/register/v1")

    def identity(self, provider_id: UUID, text: str) -> bytes:
        """Index an identity code at one provider: two providers' indexes never meet."""
        return _index(self._identity, provider_id.bytes + _encoded(text))

    def reference(self, provider_id: UUID, text: str) -> bytes:
        """Index a provider's own client reference."""
        return _index(self._reference, provider_id.bytes + _encoded(text))

    def fingerprint(self, content: bytes) -> bytes:
        """Mark what a caller sent, so that the same is known again; it may name a person."""
        return _index(self._fingerprint, content)

    def register(self, text: str) -> bytes:
        """Index an identity code in the register, so that a person is counted once."""
        return _index(self._register, _encoded(text))


def _encoded(text: str) -> bytes:
    return normalize("NFC", text).encode()


def _index(key: bytes, content: bytes) -> bytes:
    return hmac.digest(key, content, "sha256")
