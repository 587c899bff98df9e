"""How much a document is about agreements between many parties.

A football report holds meetings and contracts too. What tells it apart is who
acts: states, organisations and their officers, and the words of diplomacy.
"""

from __future__ import annotations

from collections.abc import Sequence

from vigens.intake.scene import Scene

_ACTORS = frozenset({"state", "organisation", "capital", "adjective"})
_WORDS = ("strong_text", "core_gathering", "ceasefire", "pledge", "core_body")
_MANY_WORDS = 3
_ENOUGH_WORDS = 2


def weight_of(scenes: Sequence[Scene]) -> float:
    """Give a factor for every strength: 1 for a report on agreements, less else."""
    actors = {m.id for s in scenes for m in s.mentions if m.kind in _ACTORS and m.id}
    hits = [h.cue.text for s in scenes for h in s.of(*_WORDS)]
    words = len(hits)
    if actors and words >= (_ENOUGH_WORDS if len(actors) > 1 else _MANY_WORDS):
        return 1.0
    if len(actors) >= 1 and words >= 1:
        return 0.85
    return 0.5
