"""A note is read strictly, and only from the key that answers for it."""

from base64 import b64decode, b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from akva.errors import InvalidProof
from akva.transparency import notes
from tests.small_log import ORIGIN, SmallLog, check

# Verifier keys published with golang.org/x/mod/sumdb/note and with C2SP signed-note.
PUBLISHED_KEYS = [
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
]
# The signature that golang.org/x/mod/sumdb/note documents for the first of them.
PUBLISHED_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PUBLISHED_NOTE = (
    PUBLISHED_TEXT + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2"
    "pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
TEXT = "one line\n\nafter a blank one, äö\n"
LOG = SmallLog()
STRANGER = SmallLog(seed=b"\1" * 32)
NOTE = LOG.signed(TEXT)


def line_of(note: str) -> str:
    return note.rpartition("\n\n")[2]


def reads(note: str, key: str = LOG.key) -> bool:
    try:
        notes.verify(note, verifier_key=key, check=check)
    except InvalidProof:
        return False
    return True


@pytest.mark.parametrize("key", PUBLISHED_KEYS)
def test_published_verifier_keys_read_and_write_alike(key: str) -> None:
    assert key == notes.verifier_key(*notes.read_verifier_key(key))


def test_a_note_signed_by_go_holds() -> None:
    text = notes.verify(PUBLISHED_NOTE, verifier_key=PUBLISHED_KEYS[0], check=check)

    assert text == PUBLISHED_TEXT


def test_a_note_returns_the_text_that_was_signed() -> None:
    assert notes.verify(NOTE, verifier_key=LOG.key, check=check) == TEXT


def test_lines_of_unknown_keys_are_passed_over() -> None:
    """Sixteen at least, whether they share the name, the id or neither with the key."""
    unknown = [f"— w{i}.example {b64encode(bytes(5 + i)).decode()}\n" for i in range(16)]
    same_name = line_of(STRANGER.signed(TEXT))
    same_id = line_of(NOTE).replace(ORIGIN, "other.example")

    assert reads(f"{NOTE}{''.join(unknown)}{same_name}{same_id}")


def test_every_line_of_the_key_must_hold() -> None:
    assert not reads(NOTE + line_of(LOG.signed("another text\n")))


def test_a_note_without_the_key_is_refused() -> None:
    assert not reads(STRANGER.signed(TEXT))
    assert not reads(line_of(NOTE).replace(ORIGIN, "other.example"))


def test_a_signature_of_another_type_does_not_count() -> None:
    """A key id made for type 0x04 names another key, though the key bytes are the same."""
    blob = b64decode(line_of(NOTE).split(" ")[2])
    downgraded = b64encode(b"\0\0\0\4" + blob[4:]).decode()

    assert not reads(f"{TEXT}\n— {ORIGIN} {downgraded}\n")


@pytest.mark.parametrize("bit", range(0, 8 * len(NOTE.encode()), 5))
def test_one_bit_of_a_note_refutes_it(bit: int) -> None:
    data = bytearray(NOTE.encode())
    data[bit // 8] ^= 1 << bit % 8

    assert not reads(data.decode("utf-8", "surrogateescape"))


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        "\n\n",
        TEXT,
        NOTE[:-1],
        NOTE + "\n",
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("one", "one\x00"),
        NOTE.replace("—", "-"),
        NOTE.replace("— ", "—  "),
        NOTE.replace(" log", " log "),
        NOTE.replace(" log", " l+g"),
        NOTE + "— other.example\n",
        NOTE + "— other.example AAAA\n",
        NOTE + "— other.example AAAAA===\n",
        NOTE + "— other.example AAAAAAB=\n",
        NOTE + "— other.example AAAA AAAA\n",
        "\n" + line_of(NOTE),
        "a" * notes.LARGEST_BYTES + NOTE,
    ],
    ids=range(19),
)
def test_a_malformed_note_is_refused(note: str) -> None:
    assert not reads(note)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "a",
        "a+b",
        LOG.key + "A",
        LOG.key.replace(ORIGIN, "other.example"),
        LOG.key.replace(ORIGIN, "\x01"),
        LOG.key.replace("+AT", "+BD"),
        LOG.key[:-4],
        " " + LOG.key,
    ],
)
def test_a_malformed_verifier_key_is_refused(key: str) -> None:
    assert not reads(NOTE, key)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\n", "a\u00a0b"])
def test_a_key_needs_a_name_that_fits_on_its_line(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        notes.verifier_key(name, LOG.public)


def test_a_public_key_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        notes.verifier_key(ORIGIN, LOG.public[:-1])


def test_a_text_that_does_not_end_its_line_is_not_signed() -> None:
    sign = Ed25519PrivateKey.from_private_bytes(LOG.seed).sign

    with pytest.raises(InvalidProof):
        notes.sign("no end", name=ORIGIN, public=LOG.public, sign=sign)
