"""Keys derived from a master, one for each label: no key ever serves two ends."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


def derive(master: bytes, label: str) -> bytes:
    """HKDF-SHA256 (RFC 5869) without salt: a master is 32 uniformly random bytes already."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label.encode()).derive(master)
