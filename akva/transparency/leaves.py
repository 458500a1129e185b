"""The leaf: what the log says of an act, in bytes that never change and name no person."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypedDict, Unpack

from akva.errors import InvalidProof
from akva.transparency.merkle import HASH_BYTES

LARGEST_BYTES = 4096  # fits the 16-bit length of a C2SP entry bundle
KINDS = frozenset({
    "assessment.recorded",
    "consent.asked", "consent.granted", "consent.verified",
    "consent.refused", "consent.withdrawn", "consent.corrected",
    "report.accepted", "report.refused", "report.quarantined",
    "release.drafted", "release.approved",
    "access.disclosed",
    "admin.changed",
})  # fmt: skip

_ORG = re.compile(r"[A-Za-z0-9._-]{1,64}")  # needs no escape, hence one spelling in JSON
_LAST_INDEX = 2**53 - 1  # the largest integer that every JSON reader holds exactly (RFC 8785)
_KEYS = {"c", "i", "org", "s", "t", "ty", "v", "x"}


class Fields(TypedDict):
    """What the leaf of an act says; `tag`, `commitment` and `payload_hash` look random."""

    index: int
    at: datetime  # aware
    kind: str  # one of KINDS
    org: str
    tag: bytes  # 32 bytes, like the two below
    commitment: bytes
    payload_hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A leaf that was read; `at` is in UTC."""

    index: int
    at: datetime
    kind: str
    org: str
    tag: bytes
    commitment: bytes
    payload_hash: bytes


def encode(**fields: Unpack[Fields]) -> bytes:
    """Write the leaf as canonical JSON (RFC 8785: keys sorted, no spaces), some 300 bytes.

    ValueError for a kind or organisation outside their lists, a naive time, or a wrong length.
    """
    return _canonical(Leaf(**fields))


def decode(data: bytes) -> Leaf:
    """Read a leaf; InvalidProof for any bytes that `encode` would not write."""
    try:
        leaf = _read(data)
        same = _canonical(leaf) == data
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise InvalidProof("not a leaf") from error
    if not same:
        raise InvalidProof("a leaf whose bytes are not canonical")
    return leaf


def _read(data: bytes) -> Leaf:
    if len(data) > LARGEST_BYTES:
        raise ValueError("longer than a leaf may be")
    found = json.loads(data)
    if set(found) != _KEYS:
        raise ValueError("other keys than a leaf has")
    return Leaf(
        index=found["i"],
        at=datetime.fromisoformat(found["t"]),
        kind=found["ty"],
        org=found["org"],
        tag=bytes.fromhex(found["s"]),
        commitment=bytes.fromhex(found["c"]),
        payload_hash=bytes.fromhex(found["x"]),
    )


def _canonical(leaf: Leaf) -> bytes:
    found = {
        "v": 1,
        "i": _index(leaf.index),
        "t": _instant(leaf.at),
        "ty": _listed(leaf.kind),
        "org": _org(leaf.org),
        "s": _hash(leaf.tag),
        "c": _hash(leaf.commitment),
        "x": _hash(leaf.payload_hash),
    }
    return json.dumps(found, sort_keys=True, separators=(",", ":")).encode("ascii")


def _index(index: int) -> int:
    if type(index) is not int or not 0 <= index <= _LAST_INDEX:
        raise ValueError("an index is a whole number from 0 below 2**53")
    return index


def _instant(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("a leaf's time needs its zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _listed(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError("a kind of act that the log does not list")
    return kind


def _org(org: str) -> str:
    if not _ORG.fullmatch(org):
        raise ValueError("an organisation is 1 to 64 of A-Z a-z 0-9 . _ -")
    return org


def _hash(value: bytes) -> str:
    if len(value) != HASH_BYTES:
        raise ValueError("a hash is not 32 bytes")
    return value.hex()
