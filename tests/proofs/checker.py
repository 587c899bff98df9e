"""An independent checker of a why: each step again, from what stands below it.

It shares nothing with the engine but the data: a node's verdict is derived once more
from the verdicts of its children, and what moves a state from the occurrences and
observations of the world that the children cite, with plain logic. What a tree cannot
show (a state that ends by itself, one that another state's beginning moves, a number)
is counted as not checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from vigens.engine import Node, Verdict, World
from vigens.model import Happening, Sighting, Weight
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Change,
    Condition,
    Constant,
    Edge,
    Fluent,
    Negation,
    Quantified,
    Stated,
    Unstated,
    Variable,
    substitute,
)

YES, NO, OPEN = Verdict.HOLDS, Verdict.FAILS, Verdict.OPEN
OPPOSITE = {YES: NO, NO: YES, OPEN: OPEN}
COUNTED = (Weight.SURE, Weight.POSSIBLE)
FAR = 10**15


@dataclass
class Report:
    """What came of checking a tree."""

    checked: int = 0
    skipped: int = 0
    problems: list[str] = field(default_factory=list)

    def expect(self, so: object, node: Node, why: str) -> None:
        """Note a step that does not follow."""
        if not so:
            self.problems.append(f"{node.about} at {node.at} is {node.verdict}: {why}")


def check(node: Node, world: World, report: Report) -> None:
    """Check a node and all below it."""
    if node.verdict is not None:
        if node.about is None or node.at is None:
            report.skipped += 1
        elif _check(node, node.about, world, report):
            report.checked += 1
        else:
            report.skipped += 1
        if node.verdict is OPEN:
            report.expect(node.causes, node, "it has no cause")
    for child in node.children:
        check(child, world, report)


def _check(node: Node, about: Condition, world: World, report: Report) -> bool:
    """Check one node; say whether it could be checked."""
    found = [child for child in node.children if child.verdict is not None]
    match about:
        case Negation(inner):
            report.expect(
                len(found) == 1
                and found[0].about == inner
                and found[0].at == node.at
                and found[0].verdict is not None
                and OPPOSITE[found[0].verdict] is node.verdict,
                node,
                "it is not the opposite of what is below",
            )
        case AllOf(parts):
            _joined(node, found, parts, report, deciding=NO)
        case AnyOf(parts):
            _joined(node, found, parts, report, deciding=YES)
        case Quantified():
            return _quantified(node, found, about, world, report)
        case Stated():
            text = world.program.instruments.get(str(about.instrument))
            wanted = OPEN
            if text is not None and about.key in text.stated:
                wanted = YES if about.value in text.stated[about.key] else NO
            report.expect(node.verdict is wanted, node, "the text says otherwise")
        case Unstated():
            report.expect(node.verdict is OPEN, node, "it is left open")
        case Atom():
            return _state(node, about, world, report)
        case _:
            return False
    return True


def _joined(
    node: Node,
    found: Sequence[Node],
    parts: Sequence[Condition],
    report: Report,
    *,
    deciding: Verdict,
) -> None:
    """One part decides; without it all must be the opposite, or some are open."""
    verdicts = [child.verdict for child in found]
    report.expect(
        all(child.about in parts and child.at == node.at for child in found),
        node,
        "a child is no part of it",
    )
    if node.verdict is deciding:
        report.expect(deciding in verdicts, node, "no part decides it")
    elif node.verdict is OPEN:
        is_open = OPEN in verdicts and deciding not in verdicts
        report.expect(is_open, node, "no part is open, or one decides")
    else:
        are_all = {str(child.about) for child in found} == set(map(str, parts))
        is_so = are_all and set(verdicts) == {OPPOSITE[deciding]}
        report.expect(is_so, node, "not every part is shown to be so")


def _quantified(
    node: Node,
    found: Sequence[Node],
    about: Quantified,
    world: World,
    report: Report,
) -> bool:
    """Count members; what weighs or is guarded cannot be told from the tree alone."""
    sort, name = about.variable.sort, about.variable.name
    declared = world.program.sorts.get(sort)
    if about.guard or about.weights or about.share or about.is_more:
        return False
    if about.owner is not None or declared is None or declared.is_open:
        return False
    if any(measure.counts for measure in world.program.measures.values()):
        return False
    members = {
        str(substitute(about.body, {name: v})) for v in world.program.values_of(sort)
    }
    shown = {str(child.about) for child in found}
    report.expect(shown <= members, node, "a child is no member")
    by = {
        verdict: sum(child.verdict is verdict for child in found)
        + (node.n_more if found and found[0].verdict is verdict else 0)
        for verdict in Verdict
    }
    total = len(world.program.values_of(sort))
    need = total if about.at_least is None else about.at_least
    if node.verdict is YES:
        report.expect(by[YES] >= need, node, f"{by[YES]} of {need} are so")
    elif node.verdict is NO:
        report.expect(by[NO] > total - need, node, f"only {by[NO]} are not so")
    else:
        report.expect(by[OPEN] > 0, node, "no member is open")
    return True


def _state(node: Node, atom: Atom, world: World, report: Report) -> bool:
    """A state follows from its conditions, and from what moved it."""
    fluent = world.program.fluents[atom.name]
    if any(change.reading for change in (*fluent.initiated, *fluent.terminated)):
        return False
    if any(held.reading for held in fluent.held) or fluent.lasting:
        return False
    names = [param.name for param in fluent.params]
    binding = dict(zip(names, atom.values, strict=True))
    conditions = [substitute(held.condition, binding) for held in fluent.held]
    held = [c for c in node.children if c.about in conditions and c.at == node.at]
    verdicts = {child.verdict for child in held}
    is_moved = bool(fluent.initiated or fluent.initially or not fluent.held)
    if not is_moved:
        _joined(node, held, conditions, report, deciding=YES)
        return True
    if YES in verdicts:
        report.expect(node.verdict is YES, node, "a condition of it holds")
        return True
    if not _is_plain(fluent, world):
        return False
    allowed = set(_moved(node, atom, fluent, world, report))
    if OPEN in verdicts:
        allowed = {OPEN if one is NO else one for one in allowed}
    report.expect(node.verdict in allowed, node, f"what moved it makes it {allowed}")
    return True


def _is_plain(fluent: Fluent, world: World) -> bool:
    """Only recorded occurrences move it, one value, and anybody's act counts."""
    if fluent.has_values:
        return False
    brought = {one.brings.name for one in world.program.provisions.values()}
    for change in (*fluent.initiated, *fluent.terminated):
        if isinstance(change.event, Edge) or change.event.name in brought:
            return False
        if world.program.events[change.event.name].powers:
            return False
    return True


@dataclass(frozen=True)
class Moved:
    """One change: its range, whether it is sure, and whether that can be told."""

    first: int
    last: int
    is_sure: bool
    begins: bool
    is_told: bool = True


def _moved(
    node: Node, atom: Atom, fluent: Fluent, world: World, report: Report
) -> Iterator[Verdict]:
    """Say what the changes that the tree cites come to, whichever way doubts fall."""
    moves = list(_cited(node, atom, fluent, world, report))
    if fluent.initially:
        moves.append(Moved(-FAR, -FAR, is_sure=True, begins=True))
    moves += _unseen(atom, fluent, world)
    assert node.at is not None
    told = [move for move in moves if move.is_told]
    as_doubted = [*told, *(_doubted(move) for move in moves if not move.is_told)]
    yield _inertia(told, node.at)
    yield _inertia(moves, node.at)
    yield _inertia(as_doubted, node.at)


def _doubted(move: Moved) -> Moved:
    return Moved(move.first, move.last, is_sure=False, begins=move.begins)


def _inertia(moves: Sequence[Moved], at: int) -> Verdict:
    """Where each change may lie: could the last one have begun it, or ended it?

    It possibly holds where some beginning may come after every sure end, and possibly
    not where some end may come at or after every sure beginning.
    """
    began = [move for move in moves if move.begins]
    ended = [move for move in moves if not move.begins]
    ended.append(Moved(-FAR - 1, -FAR - 1, is_sure=True, begins=False))

    def may(group: Sequence[Moved]) -> int:
        return max((min(m.last, at) for m in group if m.first <= at), default=-FAR - 2)

    def must(group: Sequence[Moved]) -> int:
        sure = [m.first for m in group if m.is_sure and m.last <= at]
        return max(sure, default=-FAR - 2)

    is_possible = may(began) > must(ended)
    is_sure = not may(ended) >= must(began)
    return YES if is_sure else (OPEN if is_possible else NO)


def _cited(
    node: Node, atom: Atom, fluent: Fluent, world: World, report: Report
) -> Iterator[Moved]:
    for child in node.children:
        if child.begins is None:
            continue
        if child.kind == "sighting":
            yield _seen(child, atom, world, node, report)
            continue
        happening = _cited_happening(child, world)
        report.expect(happening is not None, node, f"{child.ref} is nowhere recorded")
        if happening is None:
            continue
        changes = fluent.initiated if child.begins else fluent.terminated
        change = next(
            (c for c in changes if _fits(c, child, atom, fluent, happening)), None
        )
        report.expect(change is not None, node, f"no rule lets {child.about} move it")
        if change is not None:
            yield _by_rule(child, change, happening, node, report)


def _by_rule(
    child: Node, change: Change, happening: Happening, node: Node, report: Report
) -> Moved:
    report.expect(happening.weight in COUNTED, node, f"{happening.ref} does not count")
    sure = happening.weight is Weight.SURE and change.perhaps is None
    is_told = True
    if change.when is not None:
        before = child.children[0].verdict
        is_told = happening.first == happening.last
        report.expect(
            not is_told or before is not NO, node, "what had to hold before did not"
        )
        sure = sure and before is YES
    assert child.begins is not None
    return Moved(happening.first, happening.last, sure, child.begins, is_told)


def _fits(
    change: Change, child: Node, atom: Atom, fluent: Fluent, happening: Happening
) -> bool:
    """Say whether a rule that stands at a place is about an occurrence."""
    if change.place != child.place or not isinstance(change.event, Atom):
        return False
    if change.event.name != happening.event:
        return False
    names = [param.name for param in fluent.params]
    known = dict(zip(names, atom.values, strict=True))
    for term, value in zip(change.event.terms, happening.values, strict=True):
        wanted = term.value if isinstance(term, Constant) else known.get(term.name)
        if wanted is not None and wanted != value:
            return False
        if isinstance(term, Variable):
            known[term.name] = value
    return True


def _cited_happening(child: Node, world: World) -> Happening | None:
    if not isinstance(child.about, Atom):
        return None
    for one in world.happenings.get(child.about.name, ()):
        if one.ref == child.ref and one.values == child.about.values:
            return one
    return None


def _seen(child: Node, atom: Atom, world: World, node: Node, report: Report) -> Moved:
    found: Sighting | None = None
    for one in world.sightings.get(atom.name, ()):
        if one.ref == child.ref and one.values == atom.values:
            found = one
    report.expect(found is not None, node, f"{child.ref} is nowhere observed")
    if found is None:
        return Moved(FAR, FAR, is_sure=False, begins=True)
    sure = found.weight is Weight.SURE
    report.expect(found.holds is child.begins, node, "it was observed otherwise")
    return Moved(found.first, found.last, sure, found.holds)


def _unseen(atom: Atom, fluent: Fluent, world: World) -> Iterator[Moved]:
    """What nobody recorded may have moved it wherever nobody looked for it."""
    names = [param.name for param in fluent.params]
    known = dict(zip(names, atom.values, strict=True))
    for begins, changes in ((True, fluent.initiated), (False, fluent.terminated)):
        for change in changes:
            assert isinstance(change.event, Atom)
            values = tuple(
                term.value if isinstance(term, Constant) else known.get(term.name)
                for term in change.event.terms
            )
            for start, end in _not_looked(change.event.name, values, world):
                yield Moved(start, end - 1, False, begins, change.when is None)


def _not_looked(
    event: str, values: tuple[str | None, ...], world: World
) -> Iterator[tuple[int, int]]:
    """List the stretches in which nobody looked for an event."""
    looked = [
        (part.start, part.end)
        for part in world.coverage
        if (not part.events or event in part.events)
        and (not part.keys or set(values) & part.keys)
        and not world.program.events[event].is_secret
    ]
    if looked and world.assume_no_other_change:
        looked.append((max(end for _, end in looked), FAR))
    looked += [
        (one.first, one.last + 1)
        for one in world.happenings.get(event, ())
        if one.weight is Weight.DENIED and one.values == values
    ]
    at = world.origin
    for start, end in sorted(looked):
        if start > at:
            yield at, start
        at = max(at, end)
    if at < FAR:
        yield at, FAR
