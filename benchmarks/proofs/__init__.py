"""What proofs cost: leaves, trees, bundles and the whole-journal check."""
