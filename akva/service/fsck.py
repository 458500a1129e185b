"""Recomputes the stored log from its leaves and compares everything that was derived from them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.orm import Session

from akva.errors import InvalidProof, LogBroken
from akva.storage import ledger, log
from akva.storage.ledger import LeafRow
from akva.transparency import growth, leaves, merkle
from akva.transparency.checkpoints import Checkpoint
from akva.transparency.growth import Growth

BLOCK = 4096  # entries read at a time
BEYOND = 2**62  # no log grows so far
EMPTY = Growth(0, (), merkle.EMPTY_ROOT, ())

ReadNote = Callable[[str], Checkpoint]


@dataclass(frozen=True, slots=True)
class LogState:
    """What holds: so many leaves under this root, and so many signed checkpoints on the way."""

    size: int
    root: bytes
    checkpoints: int


def verify_stored(session: Session, read_note: ReadNote) -> LogState:
    """Check every stored byte of the log; raises LogBroken with the index of the first fault.

    `read_note` reads a checkpoint whose signature holds, or raises InvalidProof.
    """
    head, signed, tree = log.head(session), ledger.checkpoints(session), EMPTY
    for row in signed:
        tree = grow(session, tree, row.size)
        verify_checkpoint(row.note, read_note, tree)
    tree = grow(session, tree, head.size)
    if (head.size, head.root, head.frontier) != (tree.size, tree.root, tree.frontier):
        raise LogBroken(last(tree), "the head is not that of the leaves")
    verify_end(session, tree.size)
    for index in ledger.hollow(session):
        raise LogBroken(index, "the row that the act wrote is gone")
    return LogState(tree.size, tree.root, len(signed))


def grow(session: Session, tree: Growth, size: int) -> Growth:
    """Extend the recomputed tree with the stored leaves up to `size`, checking each."""
    while tree.size < size:
        start, stop = tree.size, min(size, tree.size + BLOCK)
        rows = ledger.leaves(session, start, stop)
        payloads = {row.index: row.sealed for row in ledger.payloads(session, start, stop)}
        verify_leaves(rows, payloads, start=start, stop=stop)
        tree = growth.extend(start, tree.frontier, [row.leaf_hash for row in rows])
        verify_nodes(session, tree, start)
    return tree


def verify_leaves(
    rows: Sequence[LeafRow], payloads: Mapping[int, bytes], *, start: int, stop: int
) -> None:
    found = {row.index: row for row in rows}
    for index in range(start, stop):
        if index not in found:
            raise LogBroken(index, "the leaf is missing")
        verify_leaf(found[index], payloads.get(index))


def verify_leaf(row: LeafRow, sealed: bytes | None) -> None:
    if merkle.leaf_hash(row.leaf) != row.leaf_hash:
        raise LogBroken(row.index, "the stored hash is not the leaf's")
    try:
        leaf = leaves.decode(row.leaf)
    except InvalidProof:
        raise LogBroken(row.index, "the leaf is not in its canonical form") from None
    if leaf.index != row.index:
        raise LogBroken(row.index, "the leaf was written for another place")
    if (row.kind, row.act_index) != (leaf.kind, row.index):
        raise LogBroken(row.index, "the act is not the one that the leaf tells of")
    if sealed is None or sha256(sealed).digest() != leaf.payload_hash:
        raise LogBroken(row.index, "the sealed payload is not the one that was committed to")


def verify_nodes(session: Session, tree: Growth, start: int) -> None:
    """Compare the subtrees that became complete since `start` with those stored."""
    for level in range(1, tree.size.bit_length()):
        expected = {at: hash_ for depth, at, hash_ in tree.nodes if depth == level}
        stored = ledger.nodes(session, level, start >> level, tree.size >> level)
        if stored != expected:
            wrong = min(at for at in stored | expected if stored.get(at) != expected.get(at))
            raise LogBroken(wrong << level, f"a stored subtree of level {level} is not its leaves'")


def verify_checkpoint(note: str, read_note: ReadNote, tree: Growth) -> None:
    try:
        said = read_note(note)
    except InvalidProof as error:
        raise LogBroken(last(tree), f"a stored checkpoint does not hold: {error}") from None
    if (said.size, said.root) != (tree.size, tree.root):
        raise LogBroken(last(tree), "a signed checkpoint is not that of the leaves")


def verify_end(session: Session, size: int) -> None:
    """See that nothing is stored of entries beyond the head."""
    if ledger.leaves(session, size, BEYOND) or ledger.payloads(session, size, BEYOND):
        raise LogBroken(size, "something is stored beyond the head")
    for level in range(1, BEYOND.bit_length()):
        if ledger.nodes(session, level, size >> level, BEYOND >> level):
            raise LogBroken(size, f"a subtree of level {level} is stored beyond the head")


def last(tree: Growth) -> int:
    return max(tree.size - 1, 0)
