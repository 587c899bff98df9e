"""Deeds told in the present or closed by a future, and who does them behind the verb."""

from __future__ import annotations

from vigens.intake.cues import Hit
from vigens.intake.dates import DateMention
from vigens.intake.mentions import Mention
from vigens.intake.scene import Scene
from vigens.intake.tokens import Token


def follows(scene: Scene, doer: Mention, deed: Hit) -> bool:
    """Say whether who does something stands right behind the verb: "soon opens Chad"."""
    inverted = scene.words.words("tense", "inverted")
    return bool(inverted) and 0 <= doer.lead - deed.first - 1 <= 1


def is_due(scene: Scene, deed: Hit) -> bool:
    """Say whether the present tells what will be done, where a language uses it so.

    A day ahead or a word beside it tells: "from May on Chad withdraws its troops".
    """
    if not scene.words.words("tense", "present_ahead"):
        return False
    if "present" not in deed.features or deed.features & {"past", "infinitive"}:
        return False
    if deed.cue.text in scene.words.words("perform", "announced"):
        return True
    content = scene.content(deed)
    if any(_is_term(scene, d) for d in scene.dates if content.holds(d.start, d.end)):
        return True
    return any(
        not scene.separators(min(d.first, deed.first), max(d.first, deed.first))
        for d in scene.inside(content, "due")
    )


def _is_term(scene: Scene, date: DateMention) -> bool:
    """Say whether a day, or the last day of a term, is later than the report's own."""
    day, today = date.edtf.removeprefix("../").strip("~"), scene.document.published
    return bool(today) and day[:1].isdigit() and day > (today or "")[: len(day)]


def is_affirmed(token: Token) -> bool:
    """Say whether a verb of the future tells a deed: no passive, no negative."""
    return "future" in token.features and not token.features & {"negative", "voice"}
