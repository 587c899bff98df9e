"""Circles that are none once texts are told apart.

One treaty enters into force when another is in force: by their names alone, in_force and
enters.into.force rest on one another at one instant. Asked of each text by itself they do
not, unless a text waits for itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vigens.rules.conditions import Constant, Variable
from vigens.rules.graph import components, shortest_circle
from vigens.rules.reads import Nodes, fluent_reads, provision_reads
from vigens.rules.substitution import substitute, substitute_atom, substitute_occurs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vigens.rules.conditions import Atom, Condition, Occurs
    from vigens.rules.fluents import Change
    from vigens.rules.program import Program, Provision
    from vigens.rules.reads import Reads

_TEXT, _EVENT = "instrument", "event:"
#: More texts than that are not told apart.
MOST_TEXTS = 2000


def is_apart(program: Program, knot: Sequence[str]) -> bool:
    """Say whether nodes rest on themselves only as long as texts are not told apart.

    Args:
        program: Any.
        knot: Nodes that rest on one another at one instant, as `rests_on` names them.

    Source:
        Local stratification: a program is evaluated by its ground rules.
    """
    texts = tuple(program.instruments)
    told = {node for node in knot if _is_of_text(program, node)}
    if not told or len(texts) > MOST_TEXTS:
        return False
    nodes = _Apart(program, told)
    reads: dict[str, list[str]] = {}
    for node in knot:
        if node.startswith(_EVENT):
            _event(program, nodes, node, reads)
        elif node in program.fluents:
            _fluent(program, nodes, node, reads)
        else:
            return False
        if node in told:
            reads[node] = [_of(node, text) for text in texts]
    graph = {
        node: tuple(dict.fromkeys(t for t in targets if t in reads))
        for node, targets in reads.items()
    }
    return not any(shortest_circle(each, graph) for each in components(graph))


def _of(node: str, text: str) -> str:
    return f"{node} {text}"


def _is_of_text(program: Program, node: str) -> bool:
    name = node.removeprefix(_EVENT)
    declared = (program.events if name != node else program.fluents).get(name)
    return bool(declared and declared.params and declared.params[0].sort == _TEXT)


class _Apart(Nodes):
    """Names that tell of which text something is said, where one is named."""

    def __init__(self, program: Program, told: Iterable[str]) -> None:
        super().__init__(program)
        self._told = {node.removeprefix(_EVENT) for node in told}

    def named(self, atom: Atom) -> str:
        first = atom.terms[0] if atom.terms else None
        if atom.name in self._told and isinstance(first, Constant):
            return _of(atom.name, first.value)
        return atom.name


def _now(found: Iterable[Reads]) -> list[str]:
    return [target for target, in_time in found if not in_time]


def _fluent(
    program: Program, nodes: Nodes, name: str, reads: dict[str, list[str]]
) -> None:
    fluent = program.fluents[name]
    if not _is_of_text(program, name):
        reads[name] = _now(fluent_reads(nodes, fluent))
        return
    for text in program.instruments:
        binding = {fluent.params[0].name: text}
        of_text = replace(
            fluent,
            held=tuple(
                replace(held, condition=substitute(held.condition, binding))
                for held in fluent.held
            ),
            initiated=tuple(_change(each, binding) for each in fluent.initiated),
            terminated=tuple(_change(each, binding) for each in fluent.terminated),
        )
        reads[_of(name, text)] = _now(fluent_reads(nodes, of_text))


def _change(change: Change, binding: Mapping[str, str]) -> Change:
    return replace(change, event=substitute_occurs(change.event, binding))


def _event(
    program: Program, nodes: Nodes, node: str, reads: dict[str, list[str]]
) -> None:
    name = node.removeprefix(_EVENT)
    power = _now(nodes.power(name))
    is_told = _is_of_text(program, node)
    for one in [_of(node, t) for t in program.instruments] if is_told else [node]:
        reads[one] = list(power)
    for provision in program.provisions.values():
        if provision.brings.name != name:
            continue
        if not is_told:
            reads[node] += _now(provision_reads(nodes, provision))
            continue
        first = provision.brings.terms[0]
        named = (first.value,) if isinstance(first, Constant) else program.instruments
        for text in named:
            binding = {first.name: text} if isinstance(first, Variable) else {}
            found = provision_reads(nodes, _provision(provision, binding))
            reads.setdefault(_of(node, text), []).extend(_now(found))


def _provision(provision: Provision, binding: Mapping[str, str]) -> Provision:
    def filled(condition: Condition | None) -> Condition | None:
        return None if condition is None else substitute(condition, binding)

    upon: Occurs | None = provision.upon
    return replace(
        provision,
        brings=substitute_atom(provision.brings, binding),
        upon=None if upon is None else substitute_occurs(upon, binding),
        once=filled(provision.once),
        when=filled(provision.when),
        unless=filled(provision.unless),
    )
