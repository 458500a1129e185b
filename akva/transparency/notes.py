"""Signed notes as of C2SP signed-note v1, with Ed25519 alone: text that a key answers for."""

import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import TypeAlias

from akva.errors import InvalidProof

LARGEST_BYTES = 64 * 1024
ED25519 = b"\x01"
PUBLIC_BYTES, KEY_ID_BYTES = 32, 4

# Called with (public key, signature, message); returns None or raises InvalidProof.
SignatureCheck: TypeAlias = Callable[[bytes, bytes, bytes], None]

_NAME = re.compile(r"[^\s+\x00-\x1f\ud800-\udfff]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


def sign(text: str, *, name: str, public: bytes, sign: Callable[[bytes], bytes]) -> str:
    """Write the note: a text that ends in a newline, a blank line, one signature line."""
    _need_text(text)
    signature = sign(text.encode())
    signed = b64encode(_key_id(_named(name), public) + signature).decode()
    return f"{text}\n— {name} {signed}\n"


def verify(note: str, *, verifier_key: str, check: SignatureCheck) -> str:
    """Return the text that the key signed; InvalidProof unless every line of that key holds.

    Lines of other keys are passed over, a malformed line is not.
    """
    name, public = read_verifier_key(verifier_key)
    text, signatures = _parse(note)
    of_key = [blob for signer, blob in signatures if signer == name]
    known = [blob for blob in of_key if blob[:KEY_ID_BYTES] == _key_id(name, public)]
    if not known:
        raise InvalidProof("the note bears no signature of the key")
    for blob in known:
        check(public, blob[KEY_ID_BYTES:], text.encode())
    return text


def verifier_key(name: str, public: bytes) -> str:
    """Write a public key as C2SP hands it out: name+id+base64(type and key)."""
    if len(public) != PUBLIC_BYTES:
        raise ValueError("an Ed25519 public key is 32 bytes")
    encoded = b64encode(ED25519 + public).decode()
    return f"{_named(name)}+{_key_id(name, public).hex()}+{encoded}"


def read_verifier_key(text: str) -> tuple[str, bytes]:
    """Read name and public key; InvalidProof for anything but what `verifier_key` writes."""
    name, _, rest = text.partition("+")
    key = read_base64(rest.partition("+")[2])
    if key[:1] != ED25519 or len(key) != 1 + PUBLIC_BYTES or not _NAME.fullmatch(name):
        raise InvalidProof("not an Ed25519 verifier key")
    if text != verifier_key(name, key[1:]):
        raise InvalidProof("a verifier key whose id is not its own")
    return name, key[1:]


def read_base64(text: str) -> bytes:
    """Decode RFC 4648 §4 in its one canonical spelling; InvalidProof for any other."""
    try:
        found = b64decode(text, validate=True)
    except ValueError as error:
        raise InvalidProof("not base64") from error
    if b64encode(found).decode() != text:
        raise InvalidProof("base64 that is not canonical")
    return found


def _parse(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    _need_text(note)
    text, blank, lines = note.rpartition("\n\n")
    if not blank or not text or not lines:
        raise InvalidProof("no blank line before the signatures")
    return text + "\n", [_signature(line) for line in lines[:-1].split("\n")]


def _need_text(text: str) -> None:
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise InvalidProof("not UTF-8") from error
    if size > LARGEST_BYTES or _CONTROL.search(text) or not text.endswith("\n"):
        raise InvalidProof("too long, a control character, or no end of line at the end")


def _signature(line: str) -> tuple[str, bytes]:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    blob = read_base64(encoded)
    if dash != "—" or not _NAME.fullmatch(name) or len(blob) <= KEY_ID_BYTES:
        raise InvalidProof("a malformed signature line")
    return name, blob


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("a key's name is not empty and has neither space nor plus")
    return name


def _key_id(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:KEY_ID_BYTES]
