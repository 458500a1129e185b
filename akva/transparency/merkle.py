"""The Merkle tree of RFC 6962: hashes, roots, and the two verifications of RFC 9162 §2.1."""

from collections.abc import Sequence
from hashlib import sha256

from akva.errors import InvalidProof

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """Compute the root over leaf hashes in log order; ValueError where one is not 32 bytes."""
    if any(len(each) != HASH_BYTES for each in leaf_hashes):
        raise ValueError("a leaf hash is not 32 bytes")
    row = list(leaf_hashes)
    while len(row) > 1:
        paired = [node_hash(*pair) for pair in zip(row[::2], row[1::2], strict=False)]
        row = paired + row[2 * len(paired) :]  # an odd last hash rises unpaired
    return row[0] if row else EMPTY_ROOT


def verify_inclusion(
    leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Hold the leaf at `index` (from 0) to the root of `size` leaves, or raise InvalidProof.

    The proof runs from the leaf's sibling to the root's child.
    Sizes whose path from this leaf turns alike cannot be told apart by a proof: what binds the
    size is the signed checkpoint that names size and root together.
    """
    _need_hashes(leaf_hash, root, *proof)
    if not 0 <= index < size:
        raise InvalidProof(f"no leaf {index} in a tree of {size}")
    inner, border = _path(index, size=size)
    if len(proof) != inner + border:
        raise InvalidProof(f"a proof of {len(proof)} hashes where {inner + border} are needed")
    reached = leaf_hash
    for level, sibling in enumerate(proof):
        from_left = level >= inner or index >> level & 1
        reached = node_hash(sibling, reached) if from_left else node_hash(reached, sibling)
    if reached != root:
        raise InvalidProof(f"leaf {index} does not lead to the root of {size}")


def verify_consistency(
    size1: int, size2: int, root1: bytes, root2: bytes, proof: Sequence[bytes]
) -> None:
    """Hold the tree of `size1` leaves to begin the tree of `size2`, or raise InvalidProof.

    From size 0 nothing follows and everything would be consistent: always refused.
    """
    _need_hashes(root1, root2, *proof)
    if not 0 < size1 <= size2:
        raise InvalidProof(f"no consistency from size {size1} to size {size2}")
    if size1 == size2:
        if proof or root1 != root2:
            raise InvalidProof(f"two roots of size {size1}, or a proof where none is needed")
        return
    old, new = _grown(root1, proof, size1=size1, size2=size2)
    if old != root1 or new != root2:
        raise InvalidProof(f"the tree of {size1} is not the beginning of the tree of {size2}")


def _grown(root1: bytes, proof: Sequence[bytes], *, size1: int, size2: int) -> tuple[bytes, bytes]:
    """Both roots as the proof makes them, climbing from the last complete subtree of `size1`."""
    inner, border = _path(size1 - 1, size=size2)
    climbed = (size1 & -size1).bit_length() - 1
    inner -= climbed
    seeded = size1 == 1 << climbed  # a complete tree is its own seed and is not repeated
    path = proof if seeded else proof[1:]
    if len(path) != inner + border or (not seeded and not proof):
        raise InvalidProof(f"the proof's length does not fit sizes {size1} and {size2}")
    old = new = root1 if seeded else proof[0]
    for level, sibling in enumerate(path):
        if level >= inner or (size1 - 1) >> (climbed + level) & 1:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
        else:
            new = node_hash(new, sibling)
    return old, new


def _path(index: int, *, size: int) -> tuple[int, int]:
    """Hashes below the point where the path meets the tree's right edge, and along that edge."""
    inner = (index ^ (size - 1)).bit_length()
    return inner, (index >> inner).bit_count()


def _need_hashes(*hashes: bytes) -> None:
    if any(len(each) != HASH_BYTES for each in hashes):
        raise InvalidProof("a hash is not 32 bytes")
