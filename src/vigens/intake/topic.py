"""How much a document is about agreements between many parties.

A football report holds meetings and contracts too. What tells it apart is who acts:
sentences in which states, organisations or their officers stand beside the words of
diplomacy, more of them than sentences with words of sport, crime or weather.
"""

from __future__ import annotations

from collections.abc import Sequence

from vigens.intake.rules import is_place
from vigens.intake.scene import Scene

_ACTORS = frozenset({"state", "organisation", "capital"})
_WORDS = ("strong_text", "core_gathering", "ceasefire", "pledge", "core_body", "ready")
_SHARE = 0.2
_ENOUGH = 2
_MANY = 3
_OFF = 0.55
_HALF = 0.5


def weight_of(scenes: Sequence[Scene]) -> float:
    """Give a factor for every strength: 1 for a report on agreements, less else."""
    named = {
        m.of or m.id
        for s in scenes
        for m in s.mentions
        if m.of
        or (m.id and m.kind == "person")
        or (m.kind in _ACTORS and m.id and not is_place(s, m))
    }
    truces = sum(bool(s.of("ceasefire")) for s in scenes)
    telling = sum(map(_points, scenes))
    others = sum(bool(s.of("other_topic")) for s in scenes)
    if telling < 1 or not (named or truces >= _ENOUGH):
        return _OFF
    if others >= _ENOUGH and others >= telling:
        return _OFF
    if telling >= _ENOUGH and telling >= _SHARE * len(scenes):
        return 1.0 if len(named) > 1 or truces else 0.9
    if len(named) >= _MANY or telling >= _SHARE * len(scenes):
        return 0.9
    if not others and len(named) > 1:
        return 0.9
    return 0.7 if telling >= _ENOUGH else _OFF


def _points(scene: Scene) -> float:
    """Say how much a sentence tells of agreements: words of diplomacy, and by whom.

    "Spanish clubs" are nobody's delegation, and a studio in Moscow is no Moscow.
    """
    if scene.of("ceasefire", "exchange"):
        return 1
    if not scene.of(*_WORDS):
        return 0
    if any(
        m.of
        or (m.kind in ("state", "organisation") and not is_place(scene, m))
        or (m.kind == "capital" and m.subject and not is_place(scene, m))
        or (m.kind == "person" and m.id)
        for m in scene.mentions
    ):
        return 1
    return _HALF if any(m.kind in ("group", "office") for m in scene.mentions) else 0
