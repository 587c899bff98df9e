"""Time leaves, trees and paths beside pymerkle, then bundles and fsck.

`python -m benchmarks.proofs.run`; processor time of this process, best of three for
what is short. pymerkle hashes as many leaves as it can in about a second; both figures
are for one leaf.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from pymerkle import InmemoryTree
from pymerkle import verify_inclusion as verify_peer

from vigens.journal import (
    Draft,
    Store,
    bundle_lines,
    check_proof,
    fsck,
    logs_for,
    open_journal,
    sign_logs,
)
from vigens.journal.proof import (
    Frontier,
    Signer,
    Tree,
    leaf_hashes,
    verify_inclusion,
)

N_LEAVES = 1_000_000
N_PEER = 20_000
N_PATHS = 2_000
N_ENTRIES = 20_000
MOMENT = "2026-03-08T09:00:00.000000Z"

Made = TypeVar("Made")


def timed(act: Callable[[], Made], runs: int = 3) -> tuple[float, Made]:
    """Give the least processor time of some runs, and what the last one gave."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        made = act()
        best = min(best, time.process_time() - start)
    return best, made


def say(what: str, seconds: float, each: int, peer: float | None = None) -> None:
    """Print one figure, and the peer's beside it."""
    beside = "" if peer is None else f"   pymerkle {peer / each * 1e6:8.2f} us"
    print(f"{what:<44} {seconds / each * 1e6:8.2f} us{beside}", flush=True)


def trees() -> None:
    """Time leaves, growth and paths."""
    pairs = [(os.urandom(32), os.urandom(32).hex()) for _ in range(N_LEAVES)]
    seconds, leaves = timed(lambda: leaf_hashes(pairs, "public"), 1)
    say(f"salted leaf, of {N_LEAVES:,}", seconds, N_LEAVES)

    def one_by_one() -> Frontier:
        edge = Frontier()
        for leaf in leaves:
            edge.append(leaf)
        return edge

    def at_once() -> Frontier:
        edge = Frontier()
        edge.extend(leaves)
        return edge

    def peer() -> InmemoryTree:
        tree = InmemoryTree(algorithm="sha256")
        for leaf in leaves[:N_PEER]:
            tree.append_entry(leaf)
        return tree

    peer_seconds, tree = timed(peer, 1)
    scaled = peer_seconds / N_PEER * N_LEAVES
    seconds, _ = timed(one_by_one)
    say("append a leaf, one by one", seconds, N_LEAVES, scaled)
    seconds, _ = timed(at_once)
    say("append a leaf, all at once", seconds, N_LEAVES, scaled)
    paths(leaves[:N_PEER], tree)


def paths(leaves: list[bytes], peer: InmemoryTree) -> None:
    """Time making and checking paths in a tree of the same size as the peer's."""
    step = len(leaves) // N_PATHS
    chosen = range(0, len(leaves), step)
    ours = Tree(leaves)
    root = ours.root()
    seconds, made = timed(lambda: [ours.inclusion(at) for at in chosen])
    peer_seconds, theirs = timed(
        lambda: [peer.prove_inclusion(at + 1) for at in chosen], 1
    )
    say(f"prove one of {len(leaves):,} leaves", seconds, N_PATHS, peer_seconds)

    def check() -> bool:
        return all(
            verify_inclusion(leaves[at], at, len(leaves), proof=path, root=root)
            for at, path in zip(chosen, made, strict=True)
        )

    def check_peer() -> None:
        state = peer.get_root()
        for at, proof in zip(chosen, theirs, strict=True):
            verify_peer(peer.get_leaf(at + 1), state, proof)

    seconds, fits = timed(check)
    assert fits
    peer_seconds, _ = timed(check_peer)
    say("check that proof", seconds, N_PATHS, peer_seconds)


def journals(folder: Path) -> None:
    """Time what goes over a whole journal."""
    place = folder / "journal.db"
    with open_journal(place, lambda: datetime.now(UTC), create=True) as store:
        for start in range(0, N_ENTRIES, 5_000):
            store.append(
                Draft("note", {"text": f"Note {start + n}"}, "me", marks=("public",))
                for n in range(5_000)
            )
        seconds, size = timed(lambda: write(store, folder / "bundle"), 1)
        say(f"write a bundle of {N_ENTRIES:,}, {size / 1e6:.0f} MB", seconds, N_ENTRIES)
    seconds, checked = timed(lambda: check_proof(folder / "bundle"), 1)
    assert checked.is_sound
    say("verify it", seconds, N_ENTRIES)
    seconds, findings = timed(lambda: fsck(place), 1)
    assert findings == ()
    say("fsck of the journal", seconds, N_ENTRIES)


def write(store: Store, path: Path) -> int:
    """Write a bundle of what is public."""
    states = sign_logs(store, logs_for(store, ("public",)), Signer.new(), MOMENT)
    lines = bundle_lines(store, states, reader="public", made=MOMENT)
    return path.write_bytes(b"".join(lines))


def main() -> None:
    """Print every figure."""
    trees()
    with tempfile.TemporaryDirectory() as folder:
        journals(Path(folder))


if __name__ == "__main__":
    main()
