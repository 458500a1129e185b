"""Growth of the tree by its compact range: what to keep so that leaves can be appended for ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256
from typing import TypeAlias

from akva.transparency.merkle import EMPTY_ROOT, HASH_BYTES, leaf_hash, node_hash

Node: TypeAlias = tuple[int, int, bytes]


@dataclass(frozen=True, slots=True)
class Growth:
    """The tree after an append.

    `frontier` holds the hashes of the complete subtrees, largest (leftmost) first: as many as
    `size` has one-bits. `nodes` are the newly complete subtrees as (level, position, hash), level
    1 and up; leaf hashes are level 0.
    """

    size: int
    frontier: tuple[bytes, ...]
    root: bytes
    nodes: tuple[Node, ...]


def extend(size: int, frontier: Sequence[bytes], leaf_hashes: Sequence[bytes]) -> Growth:
    """Append to a tree of `size` leaves; about one node hash a leaf, and one root for them all.

    The result depends on the leaves alone, not on how they are batched.
    ValueError where the frontier does not fit the size, or a hash is not 32 bytes.
    """
    if size < 0 or len(frontier) != size.bit_count():
        raise ValueError(f"a frontier of {len(frontier)} does not fit size {size}")
    if any(len(each) != HASH_BYTES for each in (*frontier, *leaf_hashes)):
        raise ValueError("a hash is not 32 bytes")
    left, kept = list(frontier), list[bytes]()
    nodes = list[Node]()
    level, position, row = 0, size, list(leaf_hashes)
    while row:
        if position & 1:
            row.insert(0, left.pop())
        if len(row) & 1:
            kept.append(row.pop())
        level, position = level + 1, position >> 1
        row = [sha256(b"\x01" + a + b).digest() for a, b in zip(row[::2], row[1::2], strict=True)]
        nodes += [(level, position + k, each) for k, each in enumerate(row)]
    edge = (*left, *reversed(kept))
    return Growth(size + len(leaf_hashes), edge, _root(edge), tuple(nodes))


def append(
    size: int, frontier: Sequence[bytes], leaves: Sequence[bytes]
) -> tuple[Growth, list[bytes]]:
    """Append leaves by their bytes, up to 4 KiB each; gives their hashes too, in order."""
    hashes = [leaf_hash(leaf) for leaf in leaves]
    return extend(size, frontier, hashes), hashes


def _root(frontier: Sequence[bytes]) -> bytes:
    if not frontier:
        return EMPTY_ROOT
    return reduce(lambda right, left: node_hash(left, right), reversed(frontier))
