"""Recomputes the stored log from its leaves and compares everything that was derived from them."""

from collections.abc import Callable
from dataclasses import astuple, dataclass
from functools import partial
from hashlib import sha256
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from akva.errors import InvalidProof, LogBroken
from akva.service.binding import Binding
from akva.storage import ledger, log
from akva.storage.ledger import LeafRow, PayloadRow
from akva.transparency import growth, leaves, merkle
from akva.transparency.checkpoints import Checkpoint
from akva.transparency.growth import Growth
from akva.transparency.leaves import Leaf
from akva.vault.forkguard import Head
from akva.vault.keyfiles import Vault

BLOCK = 4096  # entries read at a time
EMPTY = Growth(0, (), merkle.EMPTY_ROOT, ())

ReadNote = Callable[[str], Checkpoint]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LogState:
    """What holds: so many leaves under this root, and so many signed checkpoints on the way."""

    size: int
    root: bytes
    checkpoints: int


def verify_stored(
    session: Session, vault: Vault, read_note: ReadNote, *, signed_last: Head
) -> LogState:
    """Check every stored byte of the log; raises LogBroken with the index of the first fault.

    `read_note` reads a checkpoint whose signature holds, or raises InvalidProof. `signed_last` is
    what the fork guard remembers: the log may have grown since, never shrunk.
    """
    head = readable(lambda: log.head(session), 0)
    signed = readable(lambda: ledger.checkpoints(session), 0)
    binding, tree = Binding(session, vault), EMPTY
    for row in signed:
        tree = grow(session, tree, row.size, binding)
        verify_checkpoint(row.note, read_note, tree)
    if signed_last.size and (not signed or (tree.size, tree.root) != astuple(signed_last)):
        missing = min(head.size, signed_last.size - 1)
        raise LogBroken(missing, "what was signed last is not here: entries are gone")
    tree = grow(session, tree, head.size, binding)
    if (head.size, head.root, head.frontier) != (tree.size, tree.root, tree.frontier):
        raise LogBroken(last(tree), "the head is not that of the leaves")
    verify_time(session, head)
    for index in sorted(ledger.strays(session, tree.size)):
        raise LogBroken(index, "something is stored that the log has no place for")
    return LogState(tree.size, tree.root, len(signed))


def readable(read: Callable[[], T], index: int) -> T:
    """Read something stored; what cannot even be read is broken too."""
    try:
        return read()
    except (ValueError, TypeError, LookupError, AttributeError, SQLAlchemyError):
        raise LogBroken(index, "what is stored cannot be read") from None


def grow(session: Session, tree: Growth, size: int, binding: Binding) -> Growth:
    """Extend the recomputed tree with the stored leaves up to `size`, checking each."""
    while tree.size < size:
        start, stop = tree.size, min(size, tree.size + BLOCK)
        rows, payloads = entries(session, start, stop)
        read: dict[int, Leaf] = {}
        for index in range(start, stop):
            if index not in rows:
                raise LogBroken(index, "the leaf is missing")
            read[index] = verify_leaf(rows[index], payloads.get(index))
        binding.verify(read, payloads)
        hashes = [rows[index].leaf_hash for index in range(start, stop)]
        tree = growth.extend(start, tree.frontier, hashes)
        verify_nodes(session, tree, start)
    return tree


def entries(
    session: Session, start: int, stop: int
) -> tuple[dict[int, LeafRow], dict[int, PayloadRow]]:
    """Read leaves and payloads, one by one where a block cannot be read, to name the index."""
    try:
        rows = {row.index: row for row in ledger.leaves(session, start, stop)}
        payloads = {row.index: row for row in ledger.payloads(session, start, stop)}
    except (ValueError, TypeError, AttributeError, SQLAlchemyError):
        for index in range(start, stop):
            readable(partial(ledger.leaves, session, index, index + 1), index)
            readable(partial(ledger.payloads, session, index, index + 1), index)
        raise
    return rows, payloads


def verify_time(session: Session, head: log.Head) -> None:
    rows = ledger.leaves(session, head.size - 1, head.size)
    if (head.latest_at is None) != (not rows) or any(
        leaves.decode(row.leaf).at != head.latest_at for row in rows
    ):
        raise LogBroken(max(head.size - 1, 0), "the head's time is not that of the last leaf")


def verify_leaf(row: LeafRow, payload: PayloadRow | None) -> Leaf:
    """Check one leaf against its hash, its place, its act and its payload, and give it read."""
    if readable(partial(merkle.leaf_hash, row.leaf), row.index) != row.leaf_hash:
        raise LogBroken(row.index, "the stored hash is not the leaf's")
    try:
        leaf = leaves.decode(row.leaf)
    except InvalidProof:
        raise LogBroken(row.index, "the leaf is not in its canonical form") from None
    if leaf.index != row.index:
        raise LogBroken(row.index, "the leaf was written for another place")
    if (row.kind, row.act_index) != (leaf.kind, row.index):
        raise LogBroken(row.index, "the act is not the one that the leaf tells of")
    if payload is None or sha256(payload.sealed).digest() != leaf.payload_hash:
        raise LogBroken(row.index, "the sealed payload is not the one that was committed to")
    return leaf


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


def last(tree: Growth) -> int:
    return max(tree.size - 1, 0)
