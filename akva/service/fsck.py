"""Recomputes the stored log from its leaves and compares everything that was derived from them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.orm import Session

from akva.errors import InvalidProof, LogBroken
from akva.storage import ledger
from akva.storage.ledger import StoredEntry
from akva.transparency import growth, leaves, merkle
from akva.transparency.checkpoints import Checkpoint
from akva.transparency.growth import Growth

BLOCK = 4096  # entries read at a time


@dataclass(frozen=True, slots=True)
class LogState:
    """What holds: so many leaves under this root, and so many signed checkpoints on the way."""

    size: int
    root: bytes
    checkpoints: int


def verify_stored(session: Session, read_note: Callable[[str], Checkpoint]) -> LogState:
    """Check every stored byte of the log; raises LogBroken with the index of the first fault.

    `read_note` reads a checkpoint whose signature holds, or raises InvalidProof.
    """
    signed = {row.size: row.note for row in ledger.checkpoints(session)}
    head = ledger.head(session)
    tree = Growth(0, (), merkle.root([]), ())
    for size, note in sorted(signed.items()):
        tree = grow(session, tree, size)
        verify_checkpoint(note, read_note, tree)
    tree = grow(session, tree, ledger.count(session))
    edge = max(tree.size - 1, 0)
    if (head.size, head.root, head.frontier) != (tree.size, tree.root, tree.frontier):
        raise LogBroken(edge, "the head is not that of the leaves")
    stray = ledger.stray(session, tree.size)
    if stray is not None:
        raise LogBroken(stray, "something is stored about an entry or a subtree that is not there")
    return LogState(tree.size, tree.root, len(signed))


def grow(session: Session, tree: Growth, size: int) -> Growth:
    """Extend the recomputed tree with the stored leaves up to `size`, checking each."""
    while tree.size < size:
        entries = ledger.entries(session, tree.size, min(size, tree.size + BLOCK))
        verify_entries(entries, tree.size, min(size, tree.size + BLOCK))
        larger = growth.extend(tree.size, tree.frontier, [entry.leaf_hash for entry in entries])
        verify_nodes(session, larger)
        tree = larger
    return tree


def verify_entries(entries: Sequence[StoredEntry], start: int, stop: int) -> None:
    for index in range(start, stop):
        entry = entries[index - start] if index - start < len(entries) else None
        if entry is None or entry.index != index:
            raise LogBroken(index, "the entry is missing")
        if merkle.leaf_hash(entry.leaf) != entry.leaf_hash:
            raise LogBroken(index, "the leaf's hash is not the leaf's")
        verify_entry(entry)


def verify_entry(entry: StoredEntry) -> None:
    try:
        leaf = leaves.decode(entry.leaf)
    except InvalidProof:
        raise LogBroken(entry.index, "the leaf is not in its canonical form") from None
    if leaf.index != entry.index:
        raise LogBroken(entry.index, "the leaf was written for another place")
    if (entry.kind, entry.act_index) != (leaf.kind, entry.index):
        raise LogBroken(entry.index, "the act is not the one that the leaf tells of")
    if entry.sealed is None or sha256(entry.sealed).digest() != leaf.payload_hash:
        raise LogBroken(entry.index, "the sealed payload is not the one that was committed to")


def verify_nodes(session: Session, tree: Growth) -> None:
    for level, position, expected in tree.nodes:
        if ledger.find_node(session, level, position) != expected:
            first = position << level
            raise LogBroken(first, f"the stored subtree of level {level} is not that of its leaves")


def verify_checkpoint(note: str, read_note: Callable[[str], Checkpoint], tree: Growth) -> None:
    edge = max(tree.size - 1, 0)
    try:
        said = read_note(note)
    except InvalidProof as error:
        raise LogBroken(edge, f"the stored checkpoint does not hold: {error}") from None
    if (said.size, said.root) != (tree.size, tree.root):
        raise LogBroken(edge, "the signed checkpoint is not that of the leaves")
