"""Trees by the figures that RFC 6962 and its first implementation give."""

from __future__ import annotations

from hashlib import sha256

import pytest

from vigens.journal import ProofError
from vigens.journal.proof import (
    EMPTY_ROOT,
    Frontier,
    Tree,
    inclusion_proof,
    leaf_hash,
    root_of,
    salt,
    verify_consistency,
    verify_inclusion,
)

# The eight inputs and the root that Certificate Transparency's own tests use.
INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
LEAVES = [sha256(b"\0" + bytes.fromhex(item)).digest() for item in INPUTS]
ROOT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_roots_are_those_of_certificate_transparency() -> None:
    assert EMPTY_ROOT.hex() == sha256().hexdigest()
    assert root_of(LEAVES[:1]).hex() == (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    assert root_of(LEAVES).hex() == ROOT


def test_a_path_is_that_of_certificate_transparency() -> None:
    assert [part.hex() for part in inclusion_proof(LEAVES, 0)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    proof = Tree(LEAVES).consistency(6, 8)
    assert [part.hex() for part in proof] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_a_proof_of_one_size_does_not_pass_for_another() -> None:
    tree = Tree(LEAVES)
    proof = tree.inclusion(2, 5)
    assert verify_inclusion(LEAVES[2], 2, 5, proof=proof, root=tree.root(5))
    assert not verify_inclusion(LEAVES[2], 2, 8, proof=proof, root=tree.root())
    grown = tree.consistency(3, 7)
    assert verify_consistency(
        3, 7, old_root=tree.root(3), root=tree.root(7), proof=grown
    )
    assert not verify_consistency(
        7, 3, old_root=tree.root(7), root=tree.root(3), proof=grown
    )
    assert not verify_consistency(
        3, 7, old_root=tree.root(3), root=tree.root(7), proof=()
    )


@pytest.mark.parametrize("data", [b"", b"\0" * 7, b"\0" * 7 + b"\1", b"\0" * 40])
def test_bytes_that_are_no_edge_are_refused(data: bytes) -> None:
    with pytest.raises(ProofError, match="do not fit the size"):
        Frontier.from_bytes(data)


def test_what_a_tree_does_not_have_is_refused() -> None:
    tree = Tree(LEAVES)
    with pytest.raises(ProofError, match="no leaf 8 in a log of 8"):
        tree.inclusion(8)
    with pytest.raises(ProofError, match="no earlier state of 9"):
        tree.root(9)
    with pytest.raises(ProofError, match="no earlier state of 7"):
        tree.consistency(7, 6)


def test_an_entry_has_another_leaf_in_each_log() -> None:
    key, name = bytes(range(32)), "ab" * 32
    public, hidden = (leaf_hash(salt(key, log), name) for log in ("public", "UA"))
    assert public != hidden
    assert (
        public.hex()
        == "dc8bff75f133574994be4687f9869eed64720b017577d272f943b6f454ac4181"
    )


def test_keys_and_ids_of_other_lengths_are_refused() -> None:
    with pytest.raises(ProofError, match="a key has 31 bytes"):
        salt(bytes(31), "all")
    with pytest.raises(ProofError, match="a salt has 16 bytes"):
        leaf_hash(bytes(16), "ab" * 32)
    with pytest.raises(ProofError, match="no id of 64"):
        leaf_hash(bytes(32), "ab" * 31)
