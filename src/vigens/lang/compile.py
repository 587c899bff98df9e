"""Pages in, a rule program and findings out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from vigens.base import Finding, Severity, Span, has_errors
from vigens.lang.conditions import read_condition
from vigens.lang.cursor import Cursor, UnreadableError
from vigens.lang.duties import enter_duties, lower_obligation, lower_step
from vigens.lang.events import lower_event
from vigens.lang.fluents import lower_fluent
from vigens.lang.grammar import ACTOR_SORTS, WITH_PARAMETERS
from vigens.lang.lexer import read_lines
from vigens.lang.literate import Block, find_blocks, split_lines
from vigens.lang.lower import lower_actor, lower_instrument, lower_variant
from vigens.lang.names import Names, gather
from vigens.lang.parser import parse_block
from vigens.lang.patterns import read_event
from vigens.lang.provisions import lower_provision
from vigens.lang.tallies import lower_measure, lower_tally, lower_weights
from vigens.rules import ACTOR_TYPES, Atom, Program, Variable, find_cycles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vigens.lang.syntax import Declaration


@dataclass(frozen=True, slots=True)
class Page:
    """One agreement file: name as the reader knows it, and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """A program, what was wrong with its pages, and whether it may be used."""

    program: Program
    findings: tuple[Finding, ...]

    @property
    def is_usable(self) -> bool:
        """Say whether no finding is an error."""
        return not has_errors(self.findings)


def compile_pages(pages: Sequence[Page]) -> Compiled:
    """Compile agreement pages, the general law among them, into one program.

    Args:
        pages: Every page of the case and of the law; order matters only for lists.

    Returns:
        The program and every finding. With error findings the program holds what
        could be read, for showing; it gives no answers.
    """
    findings: list[Finding] = []
    declarations: list[Declaration] = []
    for page in pages:
        is_short = len(page.text) <= _LONGEST_KEPT
        found, told = _read_again(page) if is_short else _read(page)
        declarations.extend(found)
        findings.extend(told)
    names = gather(declarations)
    program = _lower(names, declarations, _digest(pages))
    findings.extend(names.findings)
    findings.extend(_cycles(program, declarations))
    return Compiled(program, tuple(sorted(findings, key=_order)))


def parse_question(
    text: str, program: Program, *, is_event: bool = False
) -> tuple[Atom | None, tuple[Finding, ...]]:
    """Read `endorsed(paris, force, CZ)`; `_` stands for any value.

    Args:
        text: One atom.
        program: Whose names are meant.
        is_event: Whether an event is asked for instead of a fluent.

    Returns:
        The atom (wildcards as variables named `_`), or `None`, and findings.
    """
    names = _names_of(program)
    block = Block("question", 1, (text,), "")
    lines, findings = read_lines(block)
    names.findings.extend(findings)
    whole = Span("question", 1, 1, max(1, len(text)), text)
    if not lines:
        mend = "write a name with arguments, as in ceasefire(general)"
        empty = Finding("P003", Severity.ERROR, "nothing is asked", (whole,), mend)
        return None, (*names.findings, empty)
    cursor = Cursor(lines[0].tokens, whole)
    scope = {"_": Variable("_", "_")}
    atom: Atom | None = None
    try:
        if is_event:
            atom, _ = read_event(cursor, names, {})
        else:
            read = read_condition(cursor, names, scope)
            atom = read if isinstance(read, Atom) else None
        cursor.need_end("ask one thing at a time")
    except UnreadableError as stop:
        names.findings.append(stop.finding)
    if names.findings:
        return None, tuple(names.findings)
    if atom is None:
        mend = "write one fluent with arguments; give a condition a name in a file"
        return None, (Finding("P003", Severity.ERROR, "not one atom", (whole,), mend),)
    return atom, ()


#: Pages of which what was read is kept, and the most characters of such a page.
_MOST_KEPT, _LONGEST_KEPT = 64, 50_000


def _read(page: Page) -> tuple[tuple[Declaration, ...], tuple[Finding, ...]]:
    """Read one page by itself; what its names stand for is looked up with all pages."""
    blocks, told = find_blocks(page.name, page.text)
    declarations: list[Declaration] = []
    if not blocks and not told:
        told.append(_no_block(page))
    for block in blocks:
        found, wrong = parse_block(block)
        declarations.extend(found)
        told.extend(wrong)
        if told.is_full:
            break
    return tuple(declarations), tuple(told)


#: Of several pages mostly one has changed: the general law stays, and so do its fellows.
_read_again = lru_cache(maxsize=_MOST_KEPT)(_read)


def _digest(pages: Sequence[Page]) -> str:
    digest = hashlib.sha256()
    for page in sorted(pages, key=lambda page: page.name):
        for part in (page.name, page.text):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "big"))
            digest.update(data)
    return digest.hexdigest()


def _lower(names: Names, declarations: list[Declaration], digest: str) -> Program:
    enter_duties(names, declarations)
    program = Program(digest, dict(names.sorts))
    seen: set[tuple[str, str]] = set()
    for declaration in declarations:
        keyword, name = declaration.keyword, declaration.name.text
        if (keyword, name) in seen or not _is_entered(names, keyword, name):
            continue
        seen.add((keyword, name))
        if keyword in _LOWER:
            table, lower = _LOWER[keyword]
            lowered = lower(names, declaration)
            if lowered is not None:
                getattr(program, table)[name] = lowered
        if names.findings.is_full:
            break
    return program


def _actor(_: Names, declaration: Declaration) -> object:
    return lower_actor(declaration)


#: Declaration to its table in the program, and what lowers it.
_LOWER: dict[str, tuple[str, Callable[[Names, Declaration], object]]] = {
    **dict.fromkeys(ACTOR_SORTS, ("actors", _actor)),
    **dict.fromkeys(("act", "event"), ("events", lower_event)),
    "fluent": ("fluents", lower_fluent),
    "instrument": ("instruments", lower_instrument),
    "measure": ("measures", lower_measure),
    "obligation": ("obligations", lower_obligation),
    "provision": ("provisions", lower_provision),
    "step": ("steps", lower_step),
    "tally": ("tallies", lower_tally),
    "variant": ("variants", lower_variant),
    "weights": ("weights", lower_weights),
}


def _is_entered(names: Names, keyword: str, name: str) -> bool:
    """Say whether a predicate kept its name; its second declaration did not."""
    return keyword not in WITH_PARAMETERS or names.kinds.get(name) == keyword


def _names_of(program: Program) -> Names:
    names = Names()
    names.sorts.update(program.sorts)
    _name_values(names, program)
    for fluent in program.fluents.values():
        names.predicates[fluent.name] = fluent.params
        names.kinds[fluent.name] = "fluent"
        if fluent.has_values:
            names.valued.add(fluent.name)
        if fluent.applies_to:
            names.applies[fluent.name] = fluent.applies_to
    for event in program.events.values():
        names.predicates[event.name] = event.params
        names.kinds[event.name] = "act" if event.is_act else "event"
        if event.applies_to:
            names.applies[event.name] = event.applies_to
    for tally in program.tallies.values():
        names.predicates[tally.name] = tally.params
        names.kinds[tally.name] = "tally"
    for duty in program.obligations.values():
        names.duties[duty.name] = duty.params
        names.kinds[duty.name] = "obligation"
    names.weights.update({each.name: each.sort for each in program.weights.values()})
    return names


def _name_values(names: Names, program: Program) -> None:
    for actor in program.actors.values():
        names.value_sorts.setdefault(actor.name, set()).add(actor.sort)
        if actor.sort == "party" and actor.type in ACTOR_TYPES:
            names.value_sorts[actor.name].add(actor.type)
        names.titles[actor.title] = actor.name
    for text in program.instruments.values():
        names.value_sorts.setdefault(text.name, set()).add("instrument")
        names.families[text.name] = text.family
        for part in text.components:
            names.value_sorts.setdefault(part.name, set()).add("component")
    for sort in program.sorts.values():
        for value in sort.values:
            names.value_sorts.setdefault(value, set()).add(sort.name)


def _cycles(program: Program, declarations: list[Declaration]) -> list[Finding]:
    places = _places(program, declarations)
    return [_circle(cycle, places) for cycle in islice(find_cycles(program), _MOST)]


def _places(program: Program, declarations: list[Declaration]) -> dict[str, Span]:
    """Give the place of everything that can stand in a circle."""
    prefixes = {"obligation": "duty:", "tally": "tally:", "fluent": ""}
    places: dict[str, Span] = {}
    for declaration in declarations:
        keyword, name = declaration.keyword, declaration.name.text
        if keyword in prefixes:
            places.setdefault(prefixes[keyword] + name, declaration.name.span)
        elif keyword == "provision" and name in program.provisions:
            event = program.provisions[name].brings.name
            places.setdefault(f"event:{event}", declaration.name.span)
    return places


#: So many circles are told; of a longer circle so many places are shown.
_MOST, _LONGEST_PATH = 100, 12


def _circle(cycle: tuple[str, ...], places: dict[str, Span]) -> Finding:
    cycle = tuple(_declared(name) for name in cycle)
    words = [name.removeprefix("event:").removeprefix("duty:") for name in cycle]
    words = [name.removeprefix("tally:") for name in words]
    shown = list(dict.fromkeys(cycle))[:_LONGEST_PATH]
    if len(words) > _LONGEST_PATH:
        words[_LONGEST_PATH - 1 : -1] = ["…"]
    path = " → ".join(words)
    mend = "let an event begin and end one of them, or put `when` or a delay between"
    if "in_force" in words and "enters.into.force" in words:
        mend = (
            "where one text waits for another to be in force, ask for "
            "entry_due(TREATY) in place of in_force(TREATY)"
        )
    return Finding(
        "C001",
        Severity.ERROR,
        f"these rest on one another at the same instant: {path}",
        tuple(places[name] for name in shown if name in places),
        mend,
    )


def _declared(node: str) -> str:
    """Name what is declared: that a duty is overdue stands for the duty."""
    name = node.removeprefix("late:")
    return node if name == node else f"duty:{name}"


def _no_block(page: Page) -> Finding:
    first = next((line for line in split_lines(page.text) if line.strip()), "")
    return Finding(
        "L001",
        Severity.WARNING,
        "this page has no rule block",
        (Span(page.name, 1, 1, max(1, len(first)), first),),
        "add a block that begins with ```vigens and ends with ```",
    )


def _order(finding: Finding) -> tuple[str, int, int, str]:
    span = finding.spans[0]
    return span.source, span.line, span.column, finding.code
