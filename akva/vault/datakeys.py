"""Data keys: made, wrapped by their zone's master, unwrapped, kept for a while and forgotten."""

import hmac
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from os import urandom
from threading import Lock
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from akva.errors import Unreadable
from akva.vault.derivation import KEY_BYTES, derive
from akva.vault.envelope import COMMITMENT_BYTES, NONCE_BYTES, TAG_BYTES, VERSION, framed

WRAP_VERSION = b"\x01"
WRAPPED_BYTES = len(WRAP_VERSION) + NONCE_BYTES + KEY_BYTES + TAG_BYTES
KEPT_KEYS = 1_000
UNREADABLE = "these sealed bytes cannot be opened"  # one text for every cause


class Purpose(StrEnum):
    """The three keys of a client; RECORD and AUDIT belong to the provider's zone."""

    RECORD = "record"
    REGISTER = "register"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True, eq=False)
class DataKey:
    """A key in use: its cipher, and what of it stands in every envelope it seals.

    `header` is version, key version and key commitment: AES-GCM alone would let one ciphertext
    open under two keys. `associated` is the key's part of the bytes to authenticate; `wrapped` is
    what storage keeps, nothing for a standing key.
    """

    purpose: str
    version: int
    secret: bytes = field(repr=False)
    wrapped: bytes = field(default=b"", repr=False)
    header: bytes = field(init=False, repr=False)
    associated: bytes = field(init=False, repr=False)
    encrypt: Callable[[bytes, bytes, bytes], bytes] = field(init=False, repr=False)
    decrypt: Callable[[bytes, bytes, bytes], bytes] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        version, cipher = self.version.to_bytes(2), AESGCM(self.secret)
        commitment = hmac.digest(self.secret, b"akva/kc/v1\x00" + version, "sha256")
        header = VERSION + version + commitment[:COMMITMENT_BYTES]
        object.__setattr__(self, "header", header)
        object.__setattr__(self, "associated", framed(self.purpose.encode(), version))
        object.__setattr__(self, "encrypt", cipher.encrypt)
        object.__setattr__(self, "decrypt", cipher.decrypt)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A key to take in hand: stored, or (`wrapped` is None) to be made."""

    owner: UUID
    purpose: Purpose
    version: int
    wrapped: bytes | None = field(repr=False)


class DataKeys:
    """The two masters at work; safe to share between threads."""

    def __init__(self, *, record_master: bytes, register_master: bytes) -> None:
        record, register = (
            AESGCM(derive(master, "akva/wrap/v1")) for master in (record_master, register_master)
        )
        self._wrappers = {
            Purpose.RECORD: record,
            Purpose.AUDIT: record,
            Purpose.REGISTER: register,
        }
        self._standing = derive(record_master, "akva/standing/v1")
        self._kept: OrderedDict[tuple[UUID, Purpose, int], DataKey] = OrderedDict()
        self._lock = Lock()

    def take(self, wanted: Sequence[Wanted]) -> list[DataKey]:
        """Take several keys in hand at once, in order, making those that are not there yet."""
        return [
            self.unwrap(
                self.make(one.owner, one.purpose, version=one.version)
                if one.wrapped is None
                else one.wrapped,
                owner=one.owner,
                purpose=one.purpose,
                version=one.version,
            )
            for one in wanted
        ]

    def make(self, owner: UUID, purpose: Purpose, *, version: int = 1) -> bytes:
        """Make a fresh key, wrapped: version(1) | nonce(12) | ciphertext and tag(48)."""
        nonce, context = urandom(NONCE_BYTES), _context(owner, purpose, version)
        key = AESGCM.generate_key(bit_length=8 * KEY_BYTES)
        return WRAP_VERSION + nonce + self._wrappers[purpose].encrypt(nonce, key, context)

    def unwrap(self, wrapped: bytes, *, owner: UUID, purpose: Purpose, version: int) -> DataKey:
        """Return the key, from memory if these very bytes were unwrapped before; Unreadable."""
        name = (owner, purpose, version)
        with self._lock:
            key = self._kept.get(name)
            if key is None or key.wrapped != wrapped:
                key = DataKey(purpose, version, self._open(wrapped, name), wrapped)
                self._kept[name] = key
            self._kept.move_to_end(name)
            while len(self._kept) > KEPT_KEYS:
                self._kept.popitem(last=False)
        return key

    def forget(self, owner: UUID, purpose: Purpose) -> None:
        """Drop every version of a destroyed key from memory."""
        with self._lock:
            for name in [name for name in self._kept if name[:2] == (owner, purpose)]:
                del self._kept[name]

    def standing(self, name: str) -> DataKey:
        """Derive the key of what belongs to no client; it cannot be destroyed by itself."""
        return DataKey(f"standing/{name}", 1, derive(self._standing, name))

    def _open(self, wrapped: bytes, name: tuple[UUID, Purpose, int]) -> bytes:
        if len(wrapped) != WRAPPED_BYTES or wrapped[:1] != WRAP_VERSION:
            raise Unreadable(UNREADABLE)
        nonce, sealed = wrapped[1 : 1 + NONCE_BYTES], wrapped[1 + NONCE_BYTES :]
        try:
            return self._wrappers[name[1]].decrypt(nonce, sealed, _context(*name))
        except (InvalidTag, OverflowError):
            raise Unreadable(UNREADABLE) from None


def _context(owner: UUID, purpose: Purpose, version: int) -> bytes:
    # Fixed widths first and one text last: nothing to confuse.
    return b"akva/wrap/v1\x00" + owner.bytes + version.to_bytes(2) + purpose.encode()
