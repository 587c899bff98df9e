"""Proofs: logs whose growth can be checked by those who were not there.

Pure: leaves, trees, heads and signatures as bytes in, bytes out. It refuses to know
what an entry says and where it lies.

Example:
    >>> leaves = [leaf_hash(salt(bytes(32), "all"), digit * 64) for digit in "abc"]
    >>> tree = Tree(leaves)
    >>> proof = tree.inclusion(1)
    >>> verify_inclusion(leaves[1], 1, 3, proof=proof, root=tree.root())
    True
"""

from __future__ import annotations

from vigens.journal.proof.heads import (
    SignedHead,
    head_from_json,
    head_to_json,
    sign_head,
)
from vigens.journal.proof.leaves import (
    ALL_ENTRIES,
    HASH_BYTES,
    leaf_hash,
    leaf_hashes,
    new_key,
    salt,
)
from vigens.journal.proof.merkle import (
    EMPTY_ROOT,
    Frontier,
    Tree,
    consistency_proof,
    inclusion_proof,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from vigens.journal.proof.signing import (
    Signer,
    Succession,
    fingerprint,
    hand_over,
    hex_fields,
    is_signed,
    succession_from_json,
    succession_to_json,
    successors,
)

__all__ = [
    "ALL_ENTRIES",
    "EMPTY_ROOT",
    "HASH_BYTES",
    "Frontier",
    "SignedHead",
    "Signer",
    "Succession",
    "Tree",
    "consistency_proof",
    "fingerprint",
    "hand_over",
    "head_from_json",
    "head_to_json",
    "hex_fields",
    "inclusion_proof",
    "is_signed",
    "leaf_hash",
    "leaf_hashes",
    "new_key",
    "node_hash",
    "root_of",
    "salt",
    "sign_head",
    "succession_from_json",
    "succession_to_json",
    "successors",
    "verify_consistency",
    "verify_inclusion",
]
