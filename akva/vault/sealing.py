"""Sealing a value at rest: AES-256-GCM under a client's key, bound to its place."""

from os import urandom

from akva.vault.datakeys import DataKey
from akva.vault.envelope import NONCE_BYTES, Place


def seal(plaintext: bytes, key: DataKey, place: Place) -> bytes:
    """Return version(1) | key version(2) | key commitment(16) | nonce(12) | ciphertext and tag."""
    nonce = urandom(NONCE_BYTES)
    associated = place.before + key.associated + place.after
    return key.header + nonce + key.encrypt(nonce, plaintext, associated)
