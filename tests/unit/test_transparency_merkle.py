"""The tree is that of RFC 6962, and a proof holds for what it was made for and nothing else."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from akva.errors import InvalidProof
from akva.transparency import merkle, proofs

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "merkle.json").read_text(encoding="utf-8")
)
ROOTS = {case["size"]: bytes.fromhex(case["root"]) for case in VECTORS["roots"]}
ENTRIES = [b"" if i % 17 == 0 else f"audit event {i} äö".encode() for i in range(300)]
HASHES = [merkle.leaf_hash(entry) for entry in ENTRIES]
APART = [merkle.leaf_hash(b"%d" % i) for i in range(100)]  # no two alike
SIZES = st.integers(1, 100)


def path_of(case: dict[str, Any]) -> list[bytes]:
    return [bytes.fromhex(each) for each in case["proof"]]


def node(level: int, position: int) -> bytes:
    return merkle.root(APART[position << level :][: 1 << level])


def turns(index: int, size: int) -> list[str]:
    """Walk from the leaf to the root by the recursive definition."""
    if size == 1:
        return []
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        return [*turns(index, half), "right"]
    return [*turns(index - half, size - half), "left"]


def holds(verify: Callable[..., None], *claim: object) -> bool:
    try:
        verify(*claim)
    except InvalidProof:
        return False
    return True


def test_leaf_and_node_hashes_are_prefixed_apart() -> None:
    for case in VECTORS["leaf_hash"]:
        assert case["hash"] == merkle.leaf_hash(bytes.fromhex(case["data"])).hex()
    for case in VECTORS["node_hash"]:
        pair = bytes.fromhex(case["left"]), bytes.fromhex(case["right"])
        assert case["hash"] == merkle.node_hash(*pair).hex()


@pytest.mark.parametrize("size", ROOTS)
def test_the_root_is_what_go_computes(size: int) -> None:
    assert ROOTS[size] == merkle.root(HASHES[:size])


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 100, 255, 256, 257])
def test_the_root_is_what_pymerkle_computes(size: int) -> None:
    oracle = pymerkle.InmemoryTree(algorithm="sha256")
    for entry in ENTRIES[:size]:
        oracle.append_entry(entry)

    assert oracle.get_root() == merkle.root(HASHES[:size])


@pytest.mark.parametrize("case", VECTORS["inclusion"], ids=str)
def test_inclusion_proofs_made_by_go_hold(case: dict[str, Any]) -> None:
    index, size = case["index"], case["size"]

    merkle.verify_inclusion(HASHES[index], index, size, path_of(case), ROOTS[size])


@pytest.mark.parametrize("case", VECTORS["consistency"], ids=str)
def test_consistency_proofs_made_by_go_hold(case: dict[str, Any]) -> None:
    old, new = case["old"], case["new"]

    merkle.verify_consistency(old, new, ROOTS[old], ROOTS[new], path_of(case))


def test_every_leaf_of_every_small_tree_is_proven() -> None:
    for size in range(1, 34):
        root = merkle.root(APART[:size])
        for index in range(size):
            proof = proofs.inclusion(index, size, node)
            merkle.verify_inclusion(APART[index], index, size, proof, root)


def test_every_small_tree_is_the_beginning_of_every_larger_one() -> None:
    for new in range(1, 34):
        for old in range(1, new + 1):
            roots = merkle.root(APART[:old]), merkle.root(APART[:new])
            merkle.verify_consistency(old, new, *roots, proofs.consistency(old, new, node))


@given(st.data(), SIZES)
def test_one_bit_of_leaf_proof_or_root_refutes_an_inclusion(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = proofs.inclusion(index, size, node)
    hashes = [APART[index], *proof, merkle.root(APART[:size])]

    leaf, *path, root = flipped(data, hashes)

    assert not holds(merkle.verify_inclusion, leaf, index, size, path, root)


@given(st.data(), SIZES)
def test_one_bit_of_proof_or_root_refutes_a_consistency(data: st.DataObject, new: int) -> None:
    old = data.draw(st.integers(1, new))
    roots = [merkle.root(APART[:old]), merkle.root(APART[:new])]
    hashes = [*roots, *proofs.consistency(old, new, node)]

    first, second, *path = flipped(data, hashes)

    assert not holds(merkle.verify_consistency, old, new, first, second, path)


def flipped(data: st.DataObject, hashes: list[bytes]) -> list[bytes]:
    which, bit = data.draw(st.integers(0, len(hashes) - 1)), data.draw(st.integers(0, 255))
    changed = int.from_bytes(hashes[which]) ^ 1 << bit
    return [*hashes[:which], changed.to_bytes(32), *hashes[which + 1 :]]


@given(st.data(), SIZES)
def test_another_index_is_refuted(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(-3, 120).filter(lambda i: i != index))
    proof, root = proofs.inclusion(index, size, node), merkle.root(APART[:size])

    assert not holds(merkle.verify_inclusion, APART[index], other, size, proof, root)


@given(st.data(), SIZES)
def test_another_size_is_refuted_unless_the_path_turns_alike(
    data: st.DataObject, size: int
) -> None:
    """What the path cannot show, the signed checkpoint binds."""
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, 120))
    alike = index < other and turns(index, other) == turns(index, size)
    proof, root = proofs.inclusion(index, size, node), merkle.root(APART[:size])

    assert alike == holds(merkle.verify_inclusion, APART[index], index, other, proof, root)


@given(st.data(), SIZES)
def test_another_old_size_is_refuted(data: st.DataObject, new: int) -> None:
    old = data.draw(st.integers(1, new))
    other = data.draw(st.integers(0, 120).filter(lambda size: size != old))
    roots = merkle.root(APART[:old]), merkle.root(APART[:new])
    proof = proofs.consistency(old, new, node)

    assert not holds(merkle.verify_consistency, other, new, *roots, proof)


@given(st.data(), SIZES)
def test_a_longer_or_shorter_proof_is_refuted(data: st.DataObject, size: int) -> None:
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    root, before = merkle.root(APART[:size]), merkle.root(APART[:old])
    inclusion = proofs.inclusion(index, size, node)
    consistency = proofs.consistency(old, size, node)

    for path in (inclusion[:-1], [*inclusion, root]):
        if path != inclusion:
            assert not holds(merkle.verify_inclusion, APART[index], index, size, path, root)
    for path in (consistency[:-1], [*consistency, root]):
        if path != consistency:
            assert not holds(merkle.verify_consistency, old, size, before, root, path)


@pytest.mark.parametrize("size", [0, 1, 8])
def test_nothing_is_consistent_with_the_empty_tree(size: int) -> None:
    roots = merkle.EMPTY_ROOT, merkle.root(APART[:size])

    assert not holds(merkle.verify_consistency, 0, size, *roots, [])


def test_a_tree_cannot_shrink() -> None:
    roots = merkle.root(APART[:3]), merkle.root(APART[:2])

    assert not holds(merkle.verify_consistency, 3, 2, *roots, [])


@pytest.mark.parametrize("short", [b"", bytes(31), bytes(33)])
def test_hashes_of_another_length_are_refused(short: bytes) -> None:
    """An empty root and an empty leaf hash would otherwise prove each other."""
    assert not holds(merkle.verify_inclusion, short, 0, 1, [], short)
    assert not holds(merkle.verify_consistency, 1, 1, short, short, [])
    with pytest.raises(ValueError, match="not 32 bytes"):
        merkle.root([short])
