"""Proofs put together from stored complete subtrees, as RFC 6962 §2.1.1 and §2.1.2 define them."""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import TypeAlias

from akva.errors import InvalidProof
from akva.transparency.merkle import node_hash

Place: TypeAlias = tuple[int, int]  # level and position; the leaf hashes are level 0
Range: TypeAlias = tuple[int, int]  # leaves [start, stop), start on a multiple of its subtrees
NodeReader: TypeAlias = Callable[[int, int], bytes]  # the stored hash of a complete subtree


def inclusion_nodes(index: int, size: int) -> list[list[Place]]:
    """List what an inclusion proof reads: for each of its hashes, the subtrees that make it."""
    if not 0 <= index < size:
        raise InvalidProof(f"no leaf {index} in a tree of {size}")
    return [_subtrees(each) for each in reversed(_siblings(index, size=size))]


def consistency_nodes(old: int, new: int) -> list[list[Place]]:
    """List what a consistency proof reads: for each of its hashes, the subtrees that make it."""
    if not 0 < old <= new:
        raise InvalidProof(f"no consistency from size {old} to size {new}")
    return [_subtrees(each) for each in reversed(_differences(old, new=new))]


def inclusion(index: int, size: int, node: NodeReader) -> list[bytes]:
    """Prove the leaf at `index` in the tree of `size`, from the leaf's sibling upwards."""
    return [_joined(places, node) for places in inclusion_nodes(index, size)]


def consistency(old: int, new: int, node: NodeReader) -> list[bytes]:
    """Prove that the tree of `old` leaves begins the tree of `new`."""
    return [_joined(places, node) for places in consistency_nodes(old, new)]


def _siblings(index: int, *, size: int) -> list[Range]:
    """PATH(m, D[n]), written down from the root."""
    start, stop, found = 0, size, list[Range]()
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            found.append((middle, stop))
            stop = middle
        else:
            found.append((start, middle))
            start = middle
    return found


def _differences(old: int, *, new: int) -> list[Range]:
    """PROOF(m, D[n]) by way of SUBPROOF, written down from the root."""
    start, stop, found = 0, new, list[Range]()
    while old < stop:
        middle = start + _split(stop - start)
        if old <= middle:
            found.append((middle, stop))
            stop = middle
        else:
            found.append((start, middle))
            start = middle
    return [*found, (start, stop)] if start else found  # the old tree as a whole is known


def _split(width: int) -> int:
    return 1 << (width - 1).bit_length() - 1  # the largest power of two below `width`


def _subtrees(leaves: Range) -> list[Place]:
    """List the complete subtrees over a range, largest first."""
    start, stop = leaves
    found = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return found


def _joined(places: Sequence[Place], node: NodeReader) -> bytes:
    hashes = [node(level, position) for level, position in places]
    return reduce(lambda right, left: node_hash(left, right), reversed(hashes))
