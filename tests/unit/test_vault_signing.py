"""The log's signature is Ed25519 as everybody else computes it."""

import pytest

from akva.errors import InvalidProof
from akva.vault.signing import Signer, check

# RFC 8032, section 7.1, test 2.
SEED = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
PUBLIC = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
MESSAGE = b"\x72"


def test_it_signs_as_the_rfc_does() -> None:
    signer = Signer(SEED, name="log.example")

    assert ("log.example", PUBLIC, SIGNATURE) == (signer.name, signer.public, signer.sign(MESSAGE))


def test_a_signature_that_holds_is_accepted() -> None:
    check(PUBLIC, SIGNATURE, MESSAGE)


@pytest.mark.parametrize(
    ("public", "signature", "message"),
    [
        (PUBLIC, SIGNATURE, b"\x73"),
        (PUBLIC, SIGNATURE[:-1] + b"\x01", MESSAGE),
        (PUBLIC, b"", MESSAGE),
        (Signer(bytes(32), name="x").public, SIGNATURE, MESSAGE),
        (b"short", SIGNATURE, MESSAGE),
    ],
)
def test_any_other_is_refused(public: bytes, signature: bytes, message: bytes) -> None:
    with pytest.raises(InvalidProof):
        check(public, signature, message)
