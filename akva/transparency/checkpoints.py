"""Checkpoints as of C2SP tlog-checkpoint v1: a log's origin, size and root, in three lines."""

import re
from base64 import b64encode
from dataclasses import dataclass

from akva.errors import InvalidProof
from akva.transparency import notes
from akva.transparency.merkle import EMPTY_ROOT, HASH_BYTES

WHOLE_NUMBER = r"0|[1-9][0-9]{0,15}"  # one spelling a number, far below 2**64

_LINES = re.compile(rf"([^\n]+)\n({WHOLE_NUMBER})\n([A-Za-z0-9+/=]+)\n")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes


def text(origin: str, size: int, root: bytes) -> str:
    """Write what is signed; no extension lines, which no monitor could audit."""
    written = f"{origin}\n{size}\n{b64encode(root).decode()}\n"
    parse(written)
    return written


def parse(text: str) -> Checkpoint:
    """Read the three lines that `text` writes; InvalidProof for anything else."""
    lines = _LINES.fullmatch(text)
    if lines is None:
        raise InvalidProof("not the three lines of a checkpoint")
    found = Checkpoint(lines[1], int(lines[2]), notes.read_base64(lines[3]))
    if len(found.root) != HASH_BYTES or (found.size == 0 and found.root != EMPTY_ROOT):
        raise InvalidProof("not a root of that size")
    return found


def read(note: str, *, verifier_key: str, check: notes.SignatureCheck) -> Checkpoint:
    """Read a checkpoint that its own log signed; InvalidProof otherwise."""
    found = parse(notes.verify(note, verifier_key=verifier_key, check=check))
    if found.origin != notes.read_verifier_key(verifier_key)[0]:
        raise InvalidProof("a checkpoint of another log than the key's")
    return found
