"""The receipt that a caller keeps: c2sp.org/tlog-proof@v1, checkable without us."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from akva.errors import InvalidProof
from akva.transparency.checkpoints import WHOLE_NUMBER
from akva.transparency.merkle import HASH_BYTES
from akva.transparency.notes import read_base64

HEADER = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class TlogProof:
    """`extra` is bound by nothing; ours holds the leaf, which the proof then binds."""

    index: int
    proof: tuple[bytes, ...]
    checkpoint_note: str
    extra: bytes | None


def encode(
    index: int, proof: Sequence[bytes], checkpoint_note: str, extra: bytes | None = None
) -> str:
    """Write the receipt; with the leaf as `extra` it needs no other file to be checked."""
    carried = [] if extra is None else [f"extra {b64encode(extra).decode()}"]
    hashes = [b64encode(each).decode() for each in proof]
    return "\n".join([HEADER, *carried, f"index {index}", *hashes, "", checkpoint_note])


def decode(text: str) -> TlogProof:
    """Read a receipt's parts, none of them verified; InvalidProof where the form is wrong."""
    head, _, note = text.partition("\n\n")
    header, *lines = head.split("\n")
    extra = _after("extra ", lines.pop(0)) if lines and lines[0].startswith("extra ") else None
    index = _after("index ", lines.pop(0)) if lines else ""
    proof = tuple(read_base64(line) for line in lines)
    if header != HEADER or not note or not re.fullmatch(WHOLE_NUMBER, index):
        raise InvalidProof("not a tlog-proof")
    if any(len(each) != HASH_BYTES for each in proof):
        raise InvalidProof("a hash is not 32 bytes")
    return TlogProof(int(index), proof, note, None if extra is None else read_base64(extra))


def _after(word: str, line: str) -> str:
    if not line.startswith(word):
        raise InvalidProof(f"no line of {word.strip()}")
    return line.removeprefix(word)
