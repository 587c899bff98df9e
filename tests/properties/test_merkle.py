"""Laws of the logs' trees, with pymerkle as an independent opinion."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree
from pymerkle import verify_consistency as verify_peer

from vigens.journal.proof import (
    EMPTY_ROOT,
    Frontier,
    Tree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    leaf_hashes,
    root_of,
    salt,
    verify_consistency,
    verify_inclusion,
)

hashes = st.binary(min_size=32, max_size=32)
ids = st.text("0123456789abcdef", min_size=64, max_size=64)
names = st.sampled_from(["all", "public", "UA", "Коаліція"])
logs = st.lists(hashes, max_size=70)


def hashed(data: list[bytes]) -> list[bytes]:
    return [sha256(b"\0" + item).digest() for item in data]


def peer(data: list[bytes]) -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    for item in data:
        tree.append_entry(item)
    return tree


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70), st.data())
def test_roots_and_proofs_are_those_of_pymerkle(
    data: list[bytes], draw: st.DataObject
) -> None:
    other, tree = peer(data), Tree(hashed(data))
    size = draw.draw(st.integers(1, len(data)))
    old = draw.draw(st.integers(1, size))
    index = draw.draw(st.integers(0, size - 1))
    assert tree.root(size) == other.get_root(size)

    leaf, *path = other.prove_inclusion(index + 1, size).path
    assert leaf == hashed(data)[index]
    assert tree.inclusion(index, size) == tuple(path)

    # pymerkle cuts its paths of growth otherwise; what they show must be the same.
    grown = other.prove_consistency(old, size)
    verify_peer(tree.root(old), tree.root(size), grown)
    path = list(tree.consistency(old, size))
    assert path == ([] if old == size else subproof(old, hashed(data)[:size], True))


def subproof(old: int, leaves: list[bytes], is_whole: bool) -> list[bytes]:
    """RFC 6962, 2.1.2, word for word."""
    if old == len(leaves):
        return [] if is_whole else [peer_root(leaves)]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    if old <= k:
        return [*subproof(old, leaves[:k], is_whole), peer_root(leaves[k:])]
    return [*subproof(old - k, leaves[k:], False), peer_root(leaves[:k])]


def peer_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    pair = peer_root(leaves[:k]) + peer_root(leaves[k:])
    return sha256(b"\1" + pair).digest()


@given(st.lists(st.tuples(hashes, ids), max_size=40), names)
def test_a_leaf_is_the_hash_of_what_pymerkle_is_given(
    pairs: list[tuple[bytes, str]], log: str
) -> None:
    leaves = leaf_hashes(pairs, log)
    assert leaves == [leaf_hash(salt(key, log), name) for key, name in pairs]
    data = [
        b"vigens leaf 1\nl2:s64:%bs64:%b"
        % (
            sha256(b"vigens salt 1\n" + key + log.encode()).hexdigest().encode(),
            name.encode(),
        )
        for key, name in pairs
    ]
    if data:
        assert peer(data).get_root() == root_of(leaves)


@given(logs, logs)
def test_an_edge_grows_alike_one_by_one_and_at_once(
    first: list[bytes], second: list[bytes]
) -> None:
    slow, quick = Frontier(), Frontier()
    for leaf in (*first, *second):
        slow.append(leaf)
    quick.extend(first)
    before = quick.copy()
    quick.extend(second)
    assert slow == quick
    assert Frontier.from_bytes(slow.to_bytes()) == slow
    assert slow.root() == Tree([*first, *second]).root()
    assert slow.size == len(first) + len(second)
    assert before.root() == root_of(first), "a copy does not grow along"


@given(logs.filter(bool), st.data())
def test_an_inclusion_shows_its_leaf_and_nothing_else(
    leaves: list[bytes], draw: st.DataObject
) -> None:
    index = draw.draw(st.integers(0, len(leaves) - 1))
    size, proof, root = len(leaves), inclusion_proof(leaves, index), root_of(leaves)
    assert verify_inclusion(leaves[index], index, size, proof=proof, root=root)
    other = draw.draw(hashes.filter(lambda leaf: leaf != leaves[index]))
    assert not verify_inclusion(other, index, size, proof=proof, root=root)
    assert not verify_inclusion(leaves[index], index, size, proof=proof, root=other)
    longer = (*proof, other)
    assert not verify_inclusion(leaves[index], index, size, proof=longer, root=root)
    assert not verify_inclusion(leaves[index], -1, size, proof=proof, root=root)
    assert not verify_inclusion(leaves[index], size, size, proof=proof, root=root)
    if proof:
        at = draw.draw(st.integers(0, len(proof) - 1))
        changed = (*proof[:at], other, *proof[at + 1 :])
        is_same = changed == proof
        assert is_same == verify_inclusion(
            leaves[index], index, size, proof=changed, root=root
        )
        assert not verify_inclusion(
            leaves[index], index, size, proof=proof[:-1], root=root
        )


@given(logs, st.data())
def test_a_log_is_shown_to_have_grown_only_if_it_did(
    leaves: list[bytes], draw: st.DataObject
) -> None:
    tree = Tree(leaves)
    old = draw.draw(st.integers(0, len(leaves)))
    old_root, proof = root_of(leaves[:old]), consistency_proof(leaves, old)
    assert tree.root(old) == old_root

    def shown(old_root: bytes, root: bytes, proof: tuple[bytes, ...]) -> bool:
        return verify_consistency(
            old, len(leaves), old_root=old_root, root=root, proof=proof
        )

    assert shown(old_root, tree.root(), proof)
    other = draw.draw(hashes)
    assert other in {old_root, tree.root(), EMPTY_ROOT} or not (
        shown(other, tree.root(), proof)
        or (old and shown(old_root, other, proof))
        or shown(old_root, tree.root(), (*proof, other))
    )
    if old:
        forked = [*leaves[: old - 1], other, *leaves[old:]]
        is_same = forked == leaves
        proven = consistency_proof(forked, old)
        assert shown(old_root, root_of(forked), proven) == is_same
