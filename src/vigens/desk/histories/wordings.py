"""Two wordings side by side: what each page says, line by line, and what each promises."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.rules import match_duties, read_specificity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.rules import Effect, Instrument, Obligation, Program, Slot

#: Lines of the same words that are shown around a change.
AROUND = 2

#: Most lines of one comparison; the rest is counted.
MOST_LINES = 800


@dataclass(frozen=True, slots=True)
class WordLine:
    """One line of two wordings.

    Attributes:
        kind: `same`, `added`, `removed` or `skipped`.
        text: The line; of skipped lines how many.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Promise:
    """One duty as a text puts it.

    Attributes:
        title: Of the duty.
        obligor: Who owes it; empty where nobody is named.
        modality: How strongly.
        part: Title of the component; empty for the whole text.
        place: Where it is encoded.
        slots: What stands in each place of it.
    """

    title: str
    obligor: str
    modality: str
    part: str
    place: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class PromisePair:
    """What two texts promise alike, or what only one of them does.

    Attributes:
        before: As the first text puts it; none where only the second does.
        after: As the second text puts it.
        effects: What differs in effect, where both promise it.
        is_reworded: Whether they say it in other words.
    """

    before: Promise | None
    after: Promise | None
    effects: tuple[Effect, ...]
    is_reworded: bool


@dataclass(frozen=True, slots=True)
class Promises:
    """The duties of two texts, matched by what they do.

    Attributes:
        pairs: Those that part in effect first.
        gone: Obligors whom only the first text names.
        new: Obligors whom only the second names.
    """

    pairs: tuple[PromisePair, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]


def compare_words(before: str, after: str) -> tuple[WordLine, ...]:
    """Tell line by line what two wordings share and where they part."""
    one, two = before.splitlines(), after.splitlines()
    found: list[WordLine] = []
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.extend(_around(one[i1:i2], is_first=not i1, is_last=i2 == len(one)))
        else:
            found.extend(WordLine("removed", line) for line in one[i1:i2])
            found.extend(WordLine("added", line) for line in two[j1:j2])
    if len(found) > MOST_LINES:
        rest = len(found) - MOST_LINES
        return (*found[:MOST_LINES], WordLine("skipped", str(rest)))
    return tuple(found)


def _around(lines: list[str], *, is_first: bool, is_last: bool) -> Iterator[WordLine]:
    head = 0 if is_first else AROUND
    tail = 0 if is_last else AROUND
    if len(lines) <= head + tail + 1:
        yield from (WordLine("same", line) for line in lines)
        return
    yield from (WordLine("same", line) for line in lines[:head])
    yield WordLine("skipped", str(len(lines) - head - tail))
    yield from (WordLine("same", line) for line in lines[len(lines) - tail :])


def compare_promises(
    before: tuple[Program, Instrument], after: tuple[Program, Instrument]
) -> Promises:
    """Match the duties of two texts by what they do; see `rules.match_duties`.

    Args:
        before: The first text, with the rules in which it stands.
        after: The second; of another edition of the rules it may be the same text.
    """
    pairs = match_duties(_duties(*before), _duties(*after))
    found = tuple(
        PromisePair(
            _promise(*before, pair.before),
            _promise(*after, pair.after),
            pair.effects,
            pair.is_reworded,
        )
        for pair in pairs
    )
    named = [
        dict.fromkeys(one.obligor for one in side if one is not None and one.obligor)
        for side in ([p.before for p in found], [p.after for p in found])
    ]
    return Promises(
        found,
        tuple(who for who in named[0] if who not in named[1]),
        tuple(who for who in named[1] if who not in named[0]),
    )


def _duties(program: Program, text: Instrument) -> list[Obligation]:
    return [
        duty
        for duty in program.obligations.values()
        if duty.under is not None and duty.under.instrument == text.name
    ]


def _promise(
    program: Program, text: Instrument, duty: Obligation | None
) -> Promise | None:
    if duty is None:
        return None
    who: str = program.title_of(duty.obligor) if duty.obligor else ""
    if duty.obligor_role:
        who = Message("each {sort}", sort=Message(duty.obligor_role))
    part = duty.under.component if duty.under else None
    titles = {each.name: each.title for each in text.components}
    slots = read_specificity(program, duty).slots
    place = duty.place
    return Promise(
        duty.title, who, duty.modality, titles.get(part or "", ""), place, slots
    )
