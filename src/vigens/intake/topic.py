"""How much a document is about agreements between many parties.

A football report holds meetings and contracts too. What tells it apart is who acts:
sentences in which states, organisations or their officers stand beside the words of
diplomacy.
"""

from __future__ import annotations

from collections.abc import Sequence

from vigens.intake.rules import is_place
from vigens.intake.scene import Scene

_ACTORS = frozenset({"state", "organisation", "capital", "adjective"})
_WORDS = ("strong_text", "core_gathering", "ceasefire", "pledge", "core_body", "ready")
_SHARE = 0.2
_ENOUGH = 2
_MANY = 3


def weight_of(scenes: Sequence[Scene]) -> float:
    """Give a factor for every strength: 1 for a report on agreements, less else."""
    named = {
        m.of or m.id
        for s in scenes
        for m in s.mentions
        if m.of or (m.kind in _ACTORS and m.id and not is_place(s, m))
    }
    telling = sum(bool(s.of(*_WORDS)) and _has_actor(s) for s in scenes)
    truces = any(s.of("ceasefire") for s in scenes)
    if not named and not truces:
        return 0.55
    if telling >= _ENOUGH and telling >= _SHARE * len(scenes):
        return 1.0 if len(named) > 1 or truces else 0.9
    if telling and len(named) >= _MANY:
        return 0.9
    return 0.9 if telling and telling >= _SHARE * len(scenes) else 0.7


def _has_actor(scene: Scene) -> bool:
    return any(
        (m.kind in _ACTORS and not is_place(scene, m))
        or m.kind in ("office", "group")
        or (m.kind == "person" and (m.id or m.lead < m.first))
        for m in scene.mentions
    )
