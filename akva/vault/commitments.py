"""The three secrets of a log leaf: subject tag, commitment, and the payload's ciphertext.

Once the key is destroyed, the leaf's values are random bytes to everybody; every proof still holds.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import urandom
from secrets import token_bytes
from unicodedata import normalize

from cryptography.exceptions import InvalidTag

from akva.errors import Unreadable
from akva.vault.datakeys import UNREADABLE, DataKey
from akva.vault.envelope import BODY_STARTS, HEADER_BYTES, NONCE_BYTES, TAG_BYTES

SECRET_BYTES = 32
LARGEST_INTEGER = 2**53 - 1  # what every reader of canonical JSON holds exactly


@dataclass(frozen=True, slots=True)
class Committed:
    """What the log keeps: tag and commitment in the leaf, the ciphertext beside it, erasable."""

    tag: bytes
    commitment: bytes
    ciphertext: bytes


@dataclass(frozen=True, slots=True)
class Opening:
    """What an auditor is shown: with both, the commitment can be computed anew."""

    secret: bytes = field(repr=False)
    payload: bytes = field(repr=False)


def commit(
    key: DataKey, number: int | None, payload: Mapping[str, str | int | bool], index: int
) -> Committed:
    r"""Commit to an event's payload at a log index.

    tag        = HMAC-SHA256(key, "akva/tag/v1\0" | u64(number)), the client's event counter;
                 without a client, HMAC-SHA256(key, "akva/index-tag/v1\0" | u64(index))
    commitment = HMAC-SHA256(r, "akva/commit/v1\0" | canonical JSON), r = 32 fresh random bytes
    ciphertext = envelope of (r | canonical JSON), bound to "akva/payload/v1\0" | u64(index)

    ValueError for a payload that has no canonical form; its text shows no value.
    """
    secret, nonce, plain = token_bytes(SECRET_BYTES), urandom(NONCE_BYTES), _canonical(payload)
    label, count = (
        (b"akva/index-tag/v1\x00", index) if number is None else (b"akva/tag/v1\x00", number)
    )
    return Committed(
        tag=hmac.digest(key.secret, label + count.to_bytes(8), "sha256"),
        commitment=recommit(Opening(secret, plain)),
        ciphertext=key.header + nonce + key.encrypt(nonce, secret + plain, _bound(index)),
    )


def reveal(key: DataKey, index: int, ciphertext: bytes) -> Opening:
    """Open a leaf's payload; Unreadable, with one text for every cause."""
    ours = hmac.compare_digest(ciphertext[:HEADER_BYTES], key.header)
    if not ours or len(ciphertext) < BODY_STARTS + SECRET_BYTES + TAG_BYTES:
        raise Unreadable(UNREADABLE)
    nonce, sealed = ciphertext[HEADER_BYTES:BODY_STARTS], ciphertext[BODY_STARTS:]
    try:
        plain = key.decrypt(nonce, sealed, _bound(index))
    except InvalidTag:
        raise Unreadable(UNREADABLE) from None
    return Opening(plain[:SECRET_BYTES], plain[SECRET_BYTES:])


def recommit(opening: Opening) -> bytes:
    """Compute the commitment anew, to be compared with the leaf's."""
    return hmac.digest(opening.secret, b"akva/commit/v1\x00" + opening.payload, "sha256")


def _bound(index: int) -> bytes:
    return b"akva/payload/v1\x00" + index.to_bytes(8)


def _canonical(payload: Mapping[str, str | int | bool]) -> bytes:
    """RFC 8785 for the subset we use: ASCII keys; texts (NFC), whole numbers and truth values."""
    fields = {_key(key): _value(value) for key, value in payload.items()}
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def _key(key: object) -> str:
    if not isinstance(key, str) or not key.isascii():
        raise ValueError("a payload's key is ASCII text")
    return key


def _value(value: object) -> str | int:
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, int) and abs(value) <= LARGEST_INTEGER:
        return value
    raise ValueError("a payload holds texts, whole numbers below 2^53 and truth values alone")
