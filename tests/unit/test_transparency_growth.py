"""A log may be cut into batches in any way and is the same log."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akva.errors import InvalidProof
from akva.transparency import growth, merkle, proofs

HASHES = [merkle.leaf_hash(b"%d" % i) for i in range(200)]
EMPTY = growth.Growth(0, (), merkle.EMPTY_ROOT, ())


def grown(batches: Sequence[int]) -> Iterator[growth.Growth]:
    tree = EMPTY
    for width in batches:
        tree = growth.extend(tree.size, tree.frontier, HASHES[tree.size : tree.size + width])
        yield tree


@given(st.lists(st.integers(0, 40), max_size=5))
def test_any_batching_gives_the_same_tree(batches: list[int]) -> None:
    whole = growth.extend(0, (), HASHES[: sum(batches)])
    steps = [EMPTY, *grown(batches)]

    assert (whole.size, whole.frontier, whole.root) == (
        steps[-1].size,
        steps[-1].frontier,
        steps[-1].root,
    )
    assert sorted(whole.nodes) == sorted(node for step in steps for node in step.nodes)


@given(st.integers(0, 200))
def test_the_root_is_that_of_the_leaves(size: int) -> None:
    assert merkle.root(HASHES[:size]) == growth.extend(0, (), HASHES[:size]).root


@given(st.integers(0, 200))
def test_the_nodes_are_exactly_the_complete_subtrees(size: int) -> None:
    expected = {
        (level, position, merkle.root(HASHES[position << level :][: 1 << level]))
        for level in range(1, size.bit_length())
        for position in range(size >> level)
    }

    nodes = growth.extend(0, (), HASHES[:size]).nodes

    assert len(expected) == len(nodes)
    assert expected == set(nodes)


@given(st.data(), st.integers(1, 200))
def test_the_stored_nodes_prove_every_leaf_and_every_beginning(
    data: st.DataObject, size: int
) -> None:
    tree = growth.extend(0, (), HASHES[:size])
    stored = {(level, position): each for level, position, each in tree.nodes}
    stored |= {(0, position): each for position, each in enumerate(HASHES[:size])}
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))

    inclusion = proofs.inclusion(index, size, lambda *place: stored[place])
    consistency = proofs.consistency(old, size, lambda *place: stored[place])

    merkle.verify_inclusion(HASHES[index], index, size, inclusion, tree.root)
    merkle.verify_consistency(old, size, merkle.root(HASHES[:old]), tree.root, consistency)


def test_a_proof_names_what_it_will_read() -> None:
    inclusion = [[(0, 9)], [(0, 10)], [(3, 0)]]
    consistency = [[(0, 2)], [(0, 3)], [(1, 0)], [(2, 1)], [(1, 4), (0, 10)]]

    assert inclusion == proofs.inclusion_nodes(8, 11)
    assert consistency == proofs.consistency_nodes(3, 11)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_outside_the_tree_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(InvalidProof):
        proofs.inclusion_nodes(index, size)


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 3), (4, 3)])
def test_from_nothing_or_backwards_there_is_no_proof(old: int, new: int) -> None:
    with pytest.raises(InvalidProof):
        proofs.consistency_nodes(old, new)


@pytest.mark.parametrize("frontier", [(), (bytes(32),), (bytes(32), bytes(31))])
def test_a_frontier_that_does_not_fit_its_size_is_refused(frontier: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match=r"frontier|32 bytes"):
        growth.extend(3, frontier, HASHES[:1])
