"""The log's signature: Ed25519 (RFC 8032), under a name that is the log's origin."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from akva.errors import InvalidProof


class Signer:
    """Holds the log's private key; `name` and `public` are for everybody."""

    def __init__(self, seed: bytes, *, name: str) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.name = name
        self.public = self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


def check(public: bytes, signature: bytes, message: bytes) -> None:
    """Return if the signature holds, else raise InvalidProof."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise InvalidProof("the signature does not hold") from None
