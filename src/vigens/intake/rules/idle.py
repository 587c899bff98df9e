"""Words of undertaking and asking that tell of no deed: "we will see"."""

from __future__ import annotations

from vigens.intake.cues import Hit
from vigens.intake.mentions import Mention
from vigens.intake.scene import Scene

_NEAR = 2
_SUBJECT = 8  # words from a verb of speaking to what the thing told of does


def is_idle(scene: Scene, hit: Hit) -> bool:
    """Say whether a cue of a commitment leads to nothing that anybody does."""
    return (
        _is_doubted(scene, hit)
        or _does_nothing(scene, hit)
        or _is_trade(scene, hit)
        or _is_past_word(scene, hit)
    )


def is_told_of_thing(scene: Scene, doer: Mention, deed: Hit) -> bool:
    """Say whether somebody only tells what a thing will do: "hopes the dam will"."""
    if scene.words.verb_last:
        return False
    owned = {h.first for h in scene.of("owner")}
    return any(
        doer.last <= verb.first
        and 0 < deed.first - verb.last <= _SUBJECT
        and verb.last not in owned
        and scene.tokens[verb.last].form in scene.words.determiners
        and not scene.separators(verb.last, deed.first)
        for verb in scene.of("say", "judge", "expected", "written_voice", "fear")
    )


def _is_doubted(scene: Scene, hit: Hit) -> bool:
    """Say whether somebody denies it, or calls it a claim: "denied that it promised"."""
    doubts = scene.words.words("that", "doubted")
    return bool(doubts) and any(
        that.first
        and that.last <= hit.first
        and not scene.separators(that.last, hit.first)
        and any(k in doubts for k in scene.tokens[that.first - 1].word.keys)
        for that in scene.of("that")
    )


def _does_nothing(scene: Scene, hit: Hit) -> bool:
    """Say whether the verb, or the one that follows, is of seeing, thanking."""
    idle = scene.words.words("no_deed", "idle")
    if hit.name == "deed":
        return scene.tokens[hit.first].form in idle
    if hit.name not in ("we_will", "intend"):
        return False
    after = scene.tokens[hit.last : hit.last + _NEAR]
    return any(t.form in idle for t in after)


def _is_trade(scene: Scene, hit: Hit) -> bool:
    """Say whether a word names what a market asks for: "demand for grain rose"."""
    nouns = scene.words.words("appeal", "nouns")
    if hit.name != "appeal" or not nouns or hit.last == len(scene.tokens):
        return False
    said = f"{scene.tokens[hit.first].form} {scene.tokens[hit.last].form}"
    return said in nouns and not _is_owned(scene, hit)


def _is_past_word(scene: Scene, hit: Hit) -> bool:
    """Say whether a promise is only spoken of: "Chad's promise is worth little"."""
    marks = scene.words.words("perform", "infinitive_after")
    if hit.name != "undertake" or not marks or not _is_owned(scene, hit):
        return False
    after = scene.tokens[hit.last : hit.last + _NEAR]
    return not any(
        t.form in marks
        or (t.is_number and not any(d.start <= t.start < d.end for d in scene.dates))
        for t in after
    )


def _is_owned(scene: Scene, hit: Hit) -> bool:
    """Say whether it is told right before whose a noun is: "Chad's demand"."""
    if not hit.first or hit.features & {"past", "participle"}:
        return False
    return "possessor" in scene.tokens[hit.first - 1].features
