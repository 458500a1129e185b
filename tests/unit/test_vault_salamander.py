"""One ciphertext that AES-GCM opens under two keys, and the commitment that refuses it.

The construction is Dodis, Grubbs, Ristenpart and Woodage, "Fast Message Franking" (CRYPTO 2018):
tags are polynomials in a key's hash point, so one free block can be solved for. Fields are added
with `^` and multiplied as in NIST SP 800-38D.
"""

from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import ECB

from akva.errors import Unreadable
from akva.vault.datakeys import DataKey, Purpose
from akva.vault.envelope import HEADER_BYTES, Place
from akva.vault.opening import open_all

NONCE = bytes(12)
PLACE = Place("reports", "sealed", UUID(int=1), UUID(int=2), None)
ONE, TWO = (DataKey(Purpose.REGISTER, 1, bytes([n]) * 32) for n in (1, 2))
ASSOCIATED = PLACE.before + ONE.associated + PLACE.after


def block(key: bytes, content: bytes) -> int:
    encryptor = Cipher(AES256(key), ECB()).encryptor()  # noqa: S305 - one block, as GCM itself does
    return int.from_bytes(encryptor.update(content))


def times(one: int, two: int) -> int:
    product = 0
    for place in range(127, -1, -1):
        product ^= two * (one >> place & 1)
        two = (two >> 1) ^ (0xE1 << 120) * (two & 1)
    return product


def power(base: int, exponent: int) -> int:
    result = 1 << 127
    while exponent:
        result = times(result, base) if exponent & 1 else result
        base, exponent = times(base, base), exponent >> 1
    return result


def tag(key: bytes, associated: bytes, ciphertext: bytes) -> int:
    hash_point, total = block(key, bytes(16)), 0
    padded = associated + bytes(-len(associated) % 16) + ciphertext
    lengths = (8 * len(associated)).to_bytes(8) + (8 * len(ciphertext)).to_bytes(8)
    for start in range(0, len(padded + lengths), 16):
        piece = (padded + lengths)[start : start + 16]
        total = times(total ^ int.from_bytes(piece), hash_point)
    return total ^ block(key, NONCE + b"\x00\x00\x00\x01")


def salamander(one: bytes, two: bytes, associated: bytes) -> bytes:
    """Solve for the block that makes both keys' tags the same; the last but the lengths."""
    difference = tag(one, associated, bytes(16)) ^ tag(two, associated, bytes(16))
    slope = power(block(one, bytes(16)), 2) ^ power(block(two, bytes(16)), 2)
    ciphertext = times(difference, power(slope, 2**128 - 2)).to_bytes(16)
    return ciphertext + tag(one, associated, ciphertext).to_bytes(16)


def test_the_bare_cipher_opens_it_under_both_keys() -> None:
    """The negative control: without a commitment the attack works."""
    body = salamander(ONE.secret, TWO.secret, ASSOCIATED)

    opened = {AESGCM(key.secret).decrypt(NONCE, body, ASSOCIATED) for key in (ONE, TWO)}

    assert 2 == len(opened)


def test_the_envelope_opens_it_under_the_key_it_names_alone() -> None:
    envelope = ONE.header + NONCE + salamander(ONE.secret, TWO.secret, ASSOCIATED)

    assert 16 == len(open_all([(envelope, ONE, PLACE)])[0])
    with pytest.raises(Unreadable):
        open_all([(envelope, TWO, PLACE)])


def test_the_commitments_of_two_keys_differ() -> None:
    assert ONE.header[3:HEADER_BYTES] != TWO.header[3:HEADER_BYTES]
