"""The verifier, written from the definitions a second time, answers everything as the log does."""

from collections.abc import Callable

import pymerkle
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from akva.errors import InvalidProof
from akva.transparency import checkpoints, leaves, merkle, notes, proofs, tlogproof
from akva.verifier import main as verifier
from tests.small_log import ORIGIN, SmallLog, check, small_log

HASHES = [merkle.leaf_hash(b"%d" % i) for i in range(70)]
LOG = small_log()
KEY = verifier.key_of(LOG.key)
NOTE = LOG.note(12).encode()
RECEIPT = LOG.receipt(4, 12).encode()
STRANGER = SmallLog(seed=b"\1" * 32)
PIECES = [b"", b"\n", b"\n\n", b" ", b"0", b"=", b"+", b"\xff", b"\0", b'"', b"a"]
EDIT = st.tuples(st.integers(0, 700), st.integers(0, 3), st.sampled_from(PIECES))
SIZES = st.integers(-1, 70)


def node(level: int, position: int) -> bytes:
    return merkle.root(HASHES[position << level :][: 1 << level])


def edited(data: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """Replace a few bytes here and there."""
    for at, width, piece in edits:
        place = at % (len(data) + 1)
        data = data[:place] + piece + data[place + width :]
    return data


def answer(ask: Callable[..., object], *claim: object) -> object:
    """Return what was read, or that it was refused."""
    try:
        return ask(*claim)
    except (InvalidProof, UnicodeDecodeError, verifier.Refuted, verifier.Undecided):
        return "refused"


def test_the_verifier_grows_the_tree_that_pymerkle_grows() -> None:
    oracle, tree = pymerkle.InmemoryTree(algorithm="sha256"), verifier.Tree()
    roots = [(merkle.EMPTY_ROOT, tree.root())]

    for leaf in LOG.leaves:
        oracle.append_entry(leaf)
        tree.append(verifier.leaf_hash(leaf))
        roots.append((oracle.get_root(), tree.root()))

    assert all(expected == actual for expected, actual in roots)


@given(st.data(), SIZES, SIZES, SIZES)
def test_both_judge_inclusion_alike(data: st.DataObject, index: int, size: int, other: int) -> None:
    proof = proofs.inclusion(index, size, node) if 0 <= index < size else []
    proof = altered(data, proof)
    leaf = HASHES[index % 70]
    roots = [merkle.root(HASHES[: max(0, each)]) for each in (size, other)]

    for asked in (size, other):
        for root in roots:
            ours = answer(merkle.verify_inclusion, leaf, index, asked, proof, root)
            theirs = answer(joins, leaf, proof, index, asked, root)
            assert ours == theirs


def joins(leaf: bytes, proof: list[bytes], index: int, size: int, root: bytes) -> None:
    if verifier.root_by_inclusion(leaf, proof, index=index, size=size) != root:
        raise verifier.Refuted("another root")


def grows(proof: list[bytes], old: verifier.Head, new: verifier.Head) -> None:
    verifier.check_growth(proof, old=old, new=new)


@given(st.data(), SIZES, SIZES, SIZES)
def test_both_judge_consistency_alike(data: st.DataObject, old: int, new: int, other: int) -> None:
    proof = proofs.consistency(old, new, node) if 0 < old <= new else []
    proof = altered(data, proof)
    heads = [
        verifier.Head(ORIGIN, size, merkle.root(HASHES[: max(0, known)]))
        for size, known in ((old, old), (new, new), (other, new))
    ]

    for first in heads:
        for second in heads:
            claim = first.size, second.size, first.root, second.root
            ours = answer(merkle.verify_consistency, *claim, proof)
            theirs = answer(grows, proof, first, second)
            assert ours == theirs


def altered(data: st.DataObject, proof: list[bytes]) -> list[bytes]:
    """Leave a proof as it is, or cut, lengthen or spoil it."""
    cut = proof[: data.draw(st.sampled_from([len(proof), len(proof), len(proof), 1, -1]))]
    return cut + data.draw(st.sampled_from([[], [], [], HASHES[:1], [bytes(32)]]))


@given(st.lists(EDIT, max_size=2))
@example([])
def test_both_read_notes_alike(edits: list[tuple[int, int, bytes]]) -> None:
    note = edited(NOTE, edits)

    ours = answer(lambda: notes.verify(note.decode(), verifier_key=LOG.key, check=check))
    theirs = answer(verifier.opened, note, KEY)

    assert ours == theirs


@given(st.lists(EDIT, max_size=2))
@example([])
def test_both_read_what_is_signed_in_a_checkpoint_alike(
    edits: list[tuple[int, int, bytes]],
) -> None:
    """The edits stand above a good signature, as a careless log might make it."""
    text = edited(NOTE.partition(b"\n\n")[0] + b"\n", edits)
    signed = answer(lambda: LOG.signed(text.decode()))
    note = str(signed).encode()

    ours = answer(lambda: checkpoints.read(note.decode(), verifier_key=LOG.key, check=check))
    theirs = answer(verifier.head_of, note, KEY)

    assert parts(ours, "origin", "size", "root") == parts(theirs, "origin", "size", "root")


@given(st.lists(EDIT, max_size=2))
@example([])
def test_both_read_receipts_alike(edits: list[tuple[int, int, bytes]]) -> None:
    receipt = edited(RECEIPT, edits)

    ours = answer(lambda: tlogproof.decode(receipt.decode()))
    theirs = answer(verifier.proof_of, receipt)

    assert parts(ours, "index", "extra") == parts(theirs, "index", "extra")


@given(st.lists(EDIT, max_size=2))
@example([])
def test_both_read_leaves_alike(edits: list[tuple[int, int, bytes]]) -> None:
    leaf = edited(LOG.leaves[4], edits)

    ours = answer(leaves.decode, leaf)
    index = ours.index if isinstance(ours, leaves.Leaf) else 4
    theirs = answer(verifier.leaf_at, index, leaf)

    assert parts(ours, "index", "kind", "org") == parts(theirs, "index", "kind", "org")


@pytest.mark.parametrize("kind", sorted(leaves.KINDS))
def test_both_know_the_same_kinds(kind: str) -> None:
    leaf = LOG.leaves[0].replace(b"consent.asked", kind.encode())

    assert verifier.leaf_at(0, leaf).kind == leaves.decode(leaf).kind


def test_both_stop_at_the_largest_index_that_json_holds() -> None:
    largest = LOG.leaves[0].replace(b'"i":0', b'"i":%d' % (2**53 - 1))
    beyond = LOG.leaves[0].replace(b'"i":0', b'"i":%d' % 2**53)

    assert verifier.leaf_at(2**53 - 1, largest).index == leaves.decode(largest).index
    assert answer(leaves.decode, beyond) == "refused"
    assert answer(verifier.leaf_at, 2**53, beyond) == "refused"


@given(st.lists(EDIT, max_size=2))
@example([])
def test_both_read_verifier_keys_alike(edits: list[tuple[int, int, bytes]]) -> None:
    key = edited(STRANGER.key.encode(), edits).decode("utf-8", "surrogateescape")

    ours = answer(notes.read_verifier_key, key)
    theirs = answer(verifier.key_of, key)

    expected = (theirs.name, theirs.public) if isinstance(theirs, verifier.Key) else theirs
    assert expected == ours


def parts(found: object, *names: str) -> object:
    return found if found == "refused" else [getattr(found, name) for name in names]


def test_a_crash_of_the_verifier_is_no_answer() -> None:
    verdict = verifier.judged(lambda: verifier.Verdict(1 // 0, "never"))

    assert verdict.code == verifier.UNDECIDED
    assert "ZeroDivisionError" in verdict.sentence
