"""What rests on what: circles at one instant, and an order in which to evaluate.

Everything that is evaluated is a *node*: a fluent by its name, an event that a provision
brings about as `event:NAME`, an obligation as `duty:NAME`, a tally as `tally:NAME`. Where
a limit lies between the trigger of an obligation and its being overdue, that is a node of
its own, `late:NAME`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.rules.apart import is_apart
from vigens.rules.conditions import Edge, atoms_in
from vigens.rules.graph import components, ordered, shortest_circle
from vigens.rules.reads import (
    Nodes,
    duty_reads,
    fluent_reads,
    has_late_node,
    late_reads,
    provision_reads,
    tally_reads,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vigens.rules.fluents import Fluent
    from vigens.rules.program import Program
    from vigens.rules.reads import Reads

_KINDS = ("event", "duty", "late", "tally")


def depends_on(fluent: Fluent, *, through_time: bool) -> tuple[str, ...]:
    """List the fluents that a fluent's rules mention.

    Args:
        fluent: The fluent.
        through_time: Also what is read just before a change (`when`), not only what
            is read at the same instant (`holds while`, `begins`, `ends`).

    Source:
        Stratification of logic programs; design, section 4.6.
    """
    names = [atom.name for held in fluent.held for atom in atoms_in(held.condition)]
    for change in (*fluent.initiated, *fluent.terminated):
        if isinstance(change.event, Edge):
            names.append(change.event.atom.name)
        if through_time and change.when is not None:
            names.extend(atom.name for atom in atoms_in(change.when))
    return tuple(dict.fromkeys(names))


def rests_on(program: Program, *, through_time: bool) -> dict[str, tuple[str, ...]]:
    """List, for each node, the nodes that its evaluation reads.

    Time lies between what `when`, `unless`, the condition of a power and, upon an event,
    the role of who owes a duty read (the state just before) and what a provision with a
    delay reads; a timer (`lasts`) reads only its own state. Everything else is read at the same instant: conditions that
    something holds while, beginnings and ends, events that provisions bring about,
    `happens`, windows and durations that end now, tallies, and all that an obligation
    says, but that being overdue reads what triggers it a while before. An act is moved to the beginning of its day, so that a delay of less than 25
    hours before an act puts no time between.

    Args:
        program: Any program; names that it does not declare are left out.
        through_time: Also what is read with time between.

    Returns:
        Node to nodes, each once, in order of writing; the nodes in order of
        declaration: fluents, events, obligations, tallies.

    Source:
        Stratification of logic programs; design, section 4.6.
    """
    return _targets(_reads_of(program), through_time=through_time)


def rests_on_both_ways(
    program: Program,
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """List what each node reads at the same instant, and what it reads at all.

    Returns:
        What `rests_on` gives without what is read through time, and with it.

    Source:
        As `rests_on`; the program is gone through once.
    """
    reads = _reads_of(program)
    return _targets(reads, through_time=False), _targets(reads, through_time=True)


def _reads_of(program: Program) -> dict[str, list[Reads]]:
    """List whatever each node reads."""
    nodes = Nodes(program)
    reads: dict[str, Iterable[Reads]] = {
        name: fluent_reads(nodes, fluent) for name, fluent in program.fluents.items()
    }
    brought: dict[str, list[Reads]] = {}
    for provision in program.provisions.values():
        event = f"event:{provision.brings.name}"
        brought.setdefault(event, []).extend(provision_reads(nodes, provision))
    for event, own in brought.items():
        reads[event] = [*own, *nodes.power(event.removeprefix("event:"))]
    for name, duty in program.obligations.items():
        reads[f"duty:{name}"] = list(duty_reads(nodes, duty))
        if has_late_node(duty):
            reads[f"late:{name}"] = [*late_reads(nodes, duty), (f"duty:{name}", True)]
    for name, tally in program.tallies.items():
        reads[f"tally:{name}"] = tally_reads(nodes, tally)
    return {node: list(found) for node, found in reads.items()}


def _targets(
    reads: Mapping[str, Iterable[Reads]], *, through_time: bool
) -> dict[str, tuple[str, ...]]:
    """Keep the nodes that are read, each once."""
    kept = {
        node: dict.fromkeys(
            target for target, in_time in found if through_time or not in_time
        )
        for node, found in reads.items()
    }
    return {
        node: tuple(target for target in targets if target in kept)
        for node, targets in kept.items()
    }


def kind_of(node: str) -> tuple[str, str]:
    """Part the name of a node into its kind and the name of what is declared.

    Args:
        node: As `rests_on` names it.

    Returns:
        `event`, `duty`, `late` or `tally`, and the name; an empty kind for a fluent.

    Source:
        This module; names of fluents may hold a colon, but do not begin so.

    Example:
        >>> kind_of("duty:help"), kind_of("talks:open")
        (('duty', 'help'), ('', 'talks:open'))
    """
    kind, _, name = node.partition(":")
    return (kind, name) if kind in _KINDS and name else ("", node)


def find_cycles(program: Program) -> Iterator[tuple[str, ...]]:
    """Find nodes that rest on themselves with no time in between.

    Returns:
        One shortest circle for each knot of such nodes, as a path whose first node is
        also its last, beginning with the one that is declared first. Where one text
        waits for another, and no text for itself, there is no circle.

    Source:
        Design, section 4.6: a cycle without time is a finding with its path.
    """
    instant = rests_on(program, through_time=False)
    for knot in components(instant):
        circle = shortest_circle(knot, instant)
        if circle and not is_apart(program, knot):
            yield circle


def strata(
    program: Program,
    both: tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]
    | None = None,
) -> tuple[tuple[str, ...], ...]:
    """Group and order all nodes for evaluation.

    Args:
        program: A program without a circle at one instant (`find_cycles`); with one
            the order inside its stratum means nothing.
        both: What `rests_on_both_ways` says of it, where that is at hand.

    Returns:
        Strata: each node stands in exactly one. A stratum holds the nodes that rest on
        one another over all dependencies, through time included; a node that rests on
        no circle is a stratum of its own (and may still read itself through time: see
        `rests_on`). Whatever a stratum reads outside itself stands in an earlier one.
        Inside a stratum a node comes after every node that it reads at the same
        instant, otherwise in order of declaration.

    Source:
        Tarjan, Depth-first search and linear graph algorithms (1972); design, section
        4.6.
    """
    instant, whole = both or rests_on_both_ways(program)
    return tuple(ordered(knot, instant) for knot in components(whole))


def tangled(program: Program, groups: Sequence[tuple[str, ...]]) -> frozenset[int]:
    """Find the strata whose nodes rest on one another at one instant.

    Only the names do so, and not what is said of single texts: see `find_cycles`.

    Args:
        program: Without a circle at one instant.
        groups: Its strata.

    Returns:
        Their places.

    Source:
        Local stratification.
    """
    if not any(len(group) > 1 for group in groups):
        return frozenset()
    instant = rests_on(program, through_time=False)
    knots = {knot[0] for knot in components(instant) if len(knot) > 1}
    return frozenset(at for at, group in enumerate(groups) if knots & set(group))
