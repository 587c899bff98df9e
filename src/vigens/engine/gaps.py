"""Where nobody looked, in words: what may have happened unseen, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import Joined, Message
from vigens.chrono import civil_date
from vigens.engine.contributions import contributions
from vigens.engine.inertia import Move, inertia_at
from vigens.engine.intervals import HIGH, span_at
from vigens.engine.nodes import Cause, Node
from vigens.engine.patterns import known_values
from vigens.engine.phrases import phrase, words_of_event
from vigens.model import Weight
from vigens.rules import Atom, substitute_atom

if TYPE_CHECKING:
    from vigens.engine.evaluate import Evaluation
    from vigens.engine.inertia import Contribution
    from vigens.engine.world import World


def look_gaps(
    evaluation: Evaluation, atom: Atom, instant: int, since: int | None
) -> tuple[list[Node], list[Cause], bool]:
    """Say which gaps leave a fluent open, if any do.

    Args:
        evaluation: What is known.
        atom: Ground, and not known at the instant.
        instant: UTC seconds.
        since: From when it has not been known.

    Returns:
        A node and a cause for each stretch in which nobody looked, the one that began
        with the doubt first; and whether it would be known without them.

    Source:
        Design, section 4.3, cause 3.
    """
    sides = {
        starts: [
            part
            for part in contributions(evaluation, atom, starts=starts)
            if part.happening is None and part.move.first <= instant
        ]
        for starts in (True, False)
    }
    relevant = [
        part
        for starts, parts in sides.items()
        if parts and _leaves_open(evaluation, atom, instant, gaps_of=(starts,))
        for part in parts
    ]
    if not relevant and _leaves_open(evaluation, atom, instant, gaps_of=(True, False)):
        relevant = [*sides[True], *sides[False]]
    named: dict[Message, list[str]] = {}
    starts_at: dict[Message, int] = {}
    for part in relevant:
        text, start = _stretch(evaluation.world, part, instant)
        named.setdefault(text, []).append(_event(evaluation.world, part))
        starts_at.setdefault(text, start)
    begun = instant if since is None else since
    nodes, causes = [], []
    for text in sorted(named, key=lambda text: abs(starts_at[text] - begun)):
        names = Joined("; ", dict.fromkeys(named[text]))
        unseen = "{gap}, so it may have happened unseen: {names}"
        nodes.append(Node("gap", Message(unseen, gap=text, names=names)))
        causes.append(Cause("coverage", text, begun if since is None else since))
    is_known = not _leaves_open(evaluation, atom, instant, gaps_of=(), is_doubted=True)
    return nodes, causes, is_known


def _leaves_open(
    evaluation: Evaluation,
    atom: Atom,
    instant: int,
    *,
    gaps_of: tuple[bool, ...],
    is_doubted: bool = False,
) -> bool:
    """Say whether it is open with some gaps only, or with doubtful evidence only."""
    moves: dict[bool, list[Move]] = {True: [], False: []}
    for starts, kept in moves.items():
        for part in contributions(evaluation, atom, starts=starts):
            if part.happening is None:
                if starts in gaps_of:
                    kept.append(part.move)
            elif part.move.sure or is_doubted:
                kept.append(part.move)
    for seen in evaluation.world.sightings.get(atom.name, ()):
        is_sure = seen.weight is Weight.SURE
        is_counted = is_sure or (is_doubted and seen.weight is Weight.POSSIBLE)
        if seen.values == atom.values and is_counted:
            moves[seen.holds].append(Move(seen.first, seen.last, is_sure))
    surely, possibly = inertia_at(moves[True], moves[False], instant)
    return possibly and not surely


def _event(world: World, part: Contribution) -> str:
    """Say what nobody would have seen."""
    event = part.change.event
    if not isinstance(event, Atom):
        return str(event)
    return phrase(world.program, substitute_atom(event, dict(part.binding)))


def _never_looked(world: World, event: str) -> Message:
    what = words_of_event(world.program, event)
    if what:
        return Message("nobody has looked whether {what}", what=what)
    return Message("nobody has looked for {name}", name=event)


def _stretch(world: World, part: Contribution, instant: int) -> tuple[Message, int]:
    """Say in which stretch nobody looked for what a rule names."""
    event = part.change.event
    assert isinstance(event, Atom)
    pattern = substitute_atom(event, dict(part.binding))
    gaps = world.gaps(pattern.name, known_values(pattern))
    start, end = span_at(gaps, part.move.first) or (part.move.first, HIGH)
    declared = world.program.events.get(pattern.name)
    if declared is not None and declared.is_secret:
        silent = "{name} is secret by nature, so silence proves nothing"
        return Message(silent, name=pattern.name), start
    kept = world.kept_for(
        pattern.name, known_values(pattern), start, min(end, instant + 1)
    )
    if kept:
        said = "the record of {name} is complete for {readers}, not for this reader"
        readers: str = kept[0]
        for other in kept[1:]:
            readers = Message("{a} and {b}", a=readers, b=other)
        return Message(said, name=pattern.name, readers=readers), start
    is_ever = start <= world.origin
    if end > instant:
        if is_ever:
            return _never_looked(world, pattern.name), start
        day = civil_date(start - 1, world.zone)
        return Message("nobody has looked since {day}", day=day), start
    if is_ever:
        day = civil_date(end, world.zone)
        return Message("nobody looked before {day}", day=day), start
    first, last = civil_date(start, world.zone), civil_date(end - 1, world.zone)
    between = "nobody looked from {first} to {last}"
    return Message(between, first=first, last=last), start
