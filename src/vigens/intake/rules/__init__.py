"""Sentence rules: from cues, actors and dates to suggestions.

Each module looks for one family of claims. A rule knows no word of any language;
words are the vocabulary's.

Example:
    >>> from vigens.intake.rules import meetings
    >>> meetings.__doc__
    'Propose the meetings of a sentence.'
"""

from vigens.intake.rules.ceasefires import ceasefires
from vigens.intake.rules.commitments import commitments
from vigens.intake.rules.compose import is_governed, is_place
from vigens.intake.rules.counts import counts
from vigens.intake.rules.hints import hints
from vigens.intake.rules.institutions import institutions
from vigens.intake.rules.instruments import instruments
from vigens.intake.rules.meetings import meetings
from vigens.intake.rules.quoted import quoted_statements
from vigens.intake.rules.speech import reported_statements
from vigens.intake.rules.voices import speaker_of, voice_after

__all__ = [
    "ceasefires",
    "commitments",
    "counts",
    "hints",
    "institutions",
    "instruments",
    "is_governed",
    "is_place",
    "meetings",
    "quoted_statements",
    "reported_statements",
    "speaker_of",
    "voice_after",
]
