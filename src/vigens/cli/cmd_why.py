"""`vigens why CASE QUESTION`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from vigens.base import UsageError
from vigens.cli.options import add_case, add_json, add_lens, open_session
from vigens.cli.output import dump, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.desk import MatterView, Session


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_case(parser)
    parser.add_argument(
        "question",
        metavar="QUESTION",
        help="a state such as 'endorsed(paris, force, CZ)', an obligation, a step, a "
        "measure, or the id of an entry that is claimed",
    )
    parser.add_argument(
        "--depth", type=_depth, metavar="N", help="unfold no deeper than N steps"
    )
    add_json(parser)
    add_lens(parser)


#: Most answers that are unfolded at once; more would be read by nobody.
MOST_UNFOLDED = 60


def _refuse_crowd(session: Session, questions: Sequence[str]) -> None:
    """Stop before a question with `_` unfolds more than anybody would read."""
    total = sum(len(session.atoms(text)) for text in questions)
    if total > MOST_UNFOLDED:
        raise UsageError(
            f"this question stands for {total} answers; {MOST_UNFOLDED} are unfolded "
            "at most",
            "the question",
            "put a name in place of one _; `vigens status` sums them up",
        )


def run(args: argparse.Namespace) -> int:
    """Unfold every answer to a question."""
    from vigens.cli.forms import answer_form, claim_form, lens_form, why_form
    from vigens.cli.questions import read_question
    from vigens.cli.tree import Unfolding, say_matter
    from vigens.cli.wording import say_found, say_lens
    from vigens.desk import why

    session = open_session(args)
    questions, matters = _meant(session, args.question)
    program = session.case.program
    named = args.question.strip() in (*program.obligations, *program.steps)
    if named and not args.json:
        say_found(session, read_question(session, args.question), is_whole=True)
        say()
    _refuse_crowd(session, questions)
    found = [each for text in questions for each in why(session, text)]
    if args.json:
        dump(
            {
                "lens": lens_form(session.lens),
                "results": [
                    {
                        "sentence": each.sentence,
                        "answer": answer_form(session, each.answer),
                        "why": why_form(session, each.tree, args.depth),
                    }
                    for each in found
                ],
                "matters": [
                    {
                        "entry": matter.ref,
                        "kind": matter.kind,
                        "title": matter.title,
                        "weight": str(matter.weight) if matter.weight else None,
                        "reason": matter.reason,
                        "claims": [claim_form(session, each) for each in matter.claims],
                    }
                    for matter in matters
                ],
            }
        )
        return 0
    unfolding = Unfolding(session, args.depth)
    for each in found:
        unfolding.say(each)
        say()
    for matter in matters:
        say_matter(session, matter)
        say()
    say_lens(session.lens)
    return 0


def _meant(
    session: Session, text: str
) -> tuple[tuple[str, ...], tuple[MatterView, ...]]:
    """Find what a question is about: states to unfold, matters to list."""
    from vigens.cli.questions import as_atom
    from vigens.desk import read_counts, read_duty, read_matter
    from vigens.rules import Atom, atoms_in

    program = session.case.program
    name = text.strip()
    if name in program.measures:
        counts = read_counts(session, name).counts
        return (), tuple(read_matter(session, count.ref) for count in counts)
    if name in program.obligations:
        duty = read_duty(session, name)
        asked = dict.fromkeys(
            str(atom)
            for report in duty.instances
            for condition in (report.trigger_condition, report.while_condition)
            if condition is not None
            for atom in atoms_in(condition)
            if atom.is_ground
        )
        events = {
            trigger.event.name
            for trigger in duty.obligation.triggers
            if isinstance(trigger.event, Atom)
        }
        return tuple(asked), _occurrences(session, events)
    if name in program.steps:
        step = program.steps[name]
        return (), _occurrences(
            session, {atom.name for atom in (step.anchor, step.outcome) if atom}
        )
    is_id = len(name) >= 6 and set(name.lower()) <= set("0123456789abcdef")
    if is_id and name not in program.fluents:
        return (), (read_matter(session, name),)
    return (as_atom(session, text),), ()


def _occurrences(session: Session, events: set[str]) -> tuple[MatterView, ...]:
    """List what is recorded of some events."""
    from vigens.desk import read_matter

    return tuple(
        read_matter(session, entry.id)
        for entry in session.assembled.view.entries
        if entry.kind == "occurrence" and entry.payload.get("event") in events
    )


def _depth(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f'"{text[:20]}" is no number of steps')
    return int(text)
